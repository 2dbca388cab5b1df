"""Which hosts there are on this system; what is here is never skipped."""

import sys

collect_ignore = [
    # awslambdaric is made for Linux alone, and gunicorn for Unix: neither can be installed elsewhere.
    *(() if sys.platform == "linux" else ("test_lambda.py",)),
    *(() if sys.platform != "win32" else ("test_burst.py",)),
]
