"""One process of the function that meets every fault, watched from inside: what it opens, connects to and writes.

Started by test_leaks.py with a list of (port, form) as JSON on standard input; answers on standard output go through
`print` of the function alone, the report goes to the file named first on the command line.
"""

import io
import json
import os
import sys
from pathlib import Path

touched: list[str] = []


def watch(event: str, details: tuple[object, ...]) -> None:
    if event == "open":
        path, mode, flags = details
        written = isinstance(mode, str) and set(mode) & set("wax+")
        if written or (isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)):
            touched.append(f"open {path!r}")
    elif event == "socket.connect":
        touched.append(f"connect {details[1]!r}")
    elif event == "socket.getaddrinfo":
        touched.append(f"resolve {details[0]}")
    elif event in (
        "os.putenv",
        "os.system",
        "subprocess.Popen",
        "os.rename",
        "os.mkdir",
        "socket.sendto",
        "syslog.syslog",
    ):
        touched.append(f"{event} {details!r}")


def main() -> None:
    visits = json.load(sys.stdin)
    sys.dont_write_bytecode = True
    sys.addaudithook(watch)
    from inquiry.service import Service
    from inquiry.settings import from_environment
    from inquiry.wsgi_app import app_of

    for visit in visits:
        app = app_of(Service(from_environment({**os.environ, "INQUIRY_SMTP": visit["smtp"]})))
        body = visit["body"].encode("latin-1")
        environ = {"REQUEST_METHOD": "POST", "CONTENT_TYPE": visit["type"], "CONTENT_LENGTH": str(len(body)),
                   "wsgi.input": io.BytesIO(body), "HTTP_REFERER": visit["referer"]}  # fmt: skip
        app(environ, lambda _status, _headers, _error=None: len)
    sys.stdout.flush()
    report = json.dumps({"touched": touched, "environ": dict(os.environ)})
    Path(sys.argv[1]).write_text(report, encoding="utf-8")


if __name__ == "__main__":
    main()
