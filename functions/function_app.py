"""The inquiry function on Azure Functions (Python v2 model), at `/api/inquiry`."""

import azure.functions as azure
from inquiry import body
from inquiry.exchange import Request
from inquiry.service import from_host

service = from_host()
app = azure.FunctionApp(http_auth_level=azure.AuthLevel.ANONYMOUS)


# Azure's own WSGI bridge turns every 5xx into an exception, and ours are honest answers: hence a native response.
@app.route(route="inquiry")
def inquiry(req: azure.HttpRequest) -> azure.HttpResponse:
    """Return the reply to one request."""
    headers = {name.lower(): value for name, value in req.headers.items()}
    content, trouble = body.whole(req.get_body())
    reply = service(Request(req.method, headers, content, trouble))
    return azure.HttpResponse(
        b"" if req.method == "HEAD" else reply.body, status_code=reply.status, headers=dict(reply.headers)
    )
