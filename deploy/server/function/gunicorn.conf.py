"""How gunicorn runs the inquiry function. A request mostly waits for the mail server, so threads are what counts."""

wsgi_app = "wsgi:app"
bind = "127.0.0.1:8765"
workers = 2
worker_class = "gthread"
threads = 64  # 2 × 64 letters under way at once: at 200 ms a letter, about 600 a second
backlog = 1024  # who comes in a rush waits here instead of being turned away
timeout = 90  # above INQUIRY_DEADLINE's most, 60 seconds
graceful_timeout = 65  # a restart lets every letter under way arrive
max_requests = 50_000  # a fresh process now and then
max_requests_jitter = 5_000
accesslog = None  # nothing about visitors is kept; the function writes its own line without personal data
errorlog = "-"
loglevel = "warning"
limit_request_line = 4094
limit_request_fields = 60
control_socket_disable = True  # nothing to steer from outside; older versions know no such thing and pass over it
