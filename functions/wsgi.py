"""The inquiry function as a WSGI app: `gunicorn wsgi:app`, `waitress-serve wsgi:app`, Vercel."""

from inquiry.service import from_host
from inquiry.wsgi_app import app_of

app = app_of(from_host())
