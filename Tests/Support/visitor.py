"""Someone who looks at a published site, as a browser does or byte by byte."""

import socket
import threading
from http.cookiejar import DefaultCookiePolicy

import requests

# Each thread keeps its connections.
_sessions = threading.local()


def _session() -> requests.Session:
    if not hasattr(_sessions, "session"):
        _sessions.session = requests.Session()
        _sessions.session.trust_env = False
        # A visitor comes without cookies, whatever was answered before.
        _sessions.session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
    return _sessions.session


def visit(stack, slug: str, path: str = "/", method: str = "GET", tls: bool = False, **options) -> requests.Response:
    """Asks for a published page, without following redirects."""
    headers = options.pop("headers", None) or {}
    if tls:
        options["verify"] = stack.authority
    return _session().request(method, stack.sites_url(slug, tls) + path, headers=headers, timeout=20,
                              allow_redirects=False, **options)


def page(stack, slug: str, path: str = "/") -> str:
    """The HTML of a page that must be there."""
    answer = visit(stack, slug, path)
    assert answer.status_code == 200, f"{path}: {answer.status_code} {answer.text[:300]}"
    assert answer.headers["Content-Type"].lower() == "text/html; charset=utf-8"
    return answer.content.decode()


def encoded(stack, slug: str, path: str, accept: str | None, **headers) -> tuple[requests.Response, bytes]:
    """An answer and its body as it came over the wire."""
    if accept is not None:
        headers["Accept-Encoding"] = accept
    with requests.Session() as session:
        session.trust_env = False
        session.headers.clear()
        request = requests.Request("GET", stack.sites_url(slug) + path, headers=headers).prepare()
        if accept is None:
            request.headers.pop("Accept-Encoding", None)
        answer = session.send(request, stream=True, timeout=20, allow_redirects=False)
        return answer, answer.raw.read(decode_content=False)


def ask(stack, host: bytes | None, target: bytes = b"/", method: bytes = b"GET") -> tuple[int, bytes]:
    """Sends a request exactly as given, which no HTTP library would; gives status and body."""
    head = method + b" " + target + b" HTTP/1.1\r\n"
    if host is not None:
        head += b"Host: " + host + b"\r\n"
    with socket.create_connection(("127.0.0.1", stack.http_port), timeout=20) as connection:
        connection.sendall(head + b"Connection: close\r\n\r\n")
        answer = b""
        while part := connection.recv(65_536):
            answer += part
    assert answer.startswith(b"HTTP/1.1 "), answer[:100]
    start, _, body = answer.partition(b"\r\n\r\n")
    return int(start.split()[1]), body
