"""Calling a WSGI application without a server, so that only our own work is measured."""

import io
from collections.abc import Callable, Iterable
from typing import Any

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def ask(application: Application, path: str) -> bytes:
    """One GET; the body. Anything but 200 is a mistake of the benchmark."""
    address, _mark, query = path.partition("?")
    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": address,
        "QUERY_STRING": query,
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "8000",
        "HTTP_HOST": "127.0.0.1:8000",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": io.StringIO(),
    }
    answered: list[str] = []
    response = application(environ, lambda status, _headers, _error=None: answered.append(status))
    body = b"".join(response)
    response.close()  # type: ignore[attr-defined]
    if not answered[0].startswith("200"):
        raise RuntimeError(f"{path}: {answered[0]}")
    return body
