"""How often one place sends (memory of this process). Nothing that names a place is kept: a salted digest, for one
window."""

import hashlib
import secrets
import threading
from collections import Counter
from collections.abc import Callable

WINDOW = 600  # seconds
PER_PLACE = 6  # inquiries a window; a family asking about several puppies stays below
IN_ALL = 60


class Rate:
    """Counts inquiries in a window; with each new window the salt changes and everything before is forgotten."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._forget(float("-inf"))

    def __call__(self, place: str) -> bool:
        """Count one inquiry from `place` (a network address or ""); return whether there are too many now."""
        with self._lock:
            now = self._clock()
            if now >= self._until:
                self._forget(now + WINDOW)
            key = hashlib.blake2s(place.encode("utf-8", "replace"), key=self._salt, digest_size=8).digest()
            self._counts[key] += 1
            return self._counts[key] > PER_PLACE or self._counts.total() > IN_ALL

    def _forget(self, until: float) -> None:
        self._until, self._salt = until, secrets.token_bytes(32)
        self._counts: Counter[bytes] = Counter()
