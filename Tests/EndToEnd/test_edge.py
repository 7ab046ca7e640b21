"""What nginx does before Core and Domain: who answers which host, limits, headers, errors in the API's form."""

import contextlib
import json
import re
import socket
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def get(url, **options):
    return requests.get(url, timeout=20, allow_redirects=False, **options)


def raw(stack, request: bytes) -> bytes:
    """Sends bytes as they are and reads until the server closes."""
    with socket.create_connection(("127.0.0.1", stack.http_port), timeout=20) as connection:
        connection.sendall(request)
        answer = b""
        while part := connection.recv(65536):
            answer += part
    return answer


@pytest.mark.parametrize("path", ["/", "/login", "/missing.js", "/api/health/live", "/api/no-such-thing", "/.git/config"])
def test_every_answer_of_the_app_host_has_the_security_headers_once(stack, path):
    answer = requests.get(stack.app_url + path, timeout=20, stream=True)
    policy = answer.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'") and "unsafe" not in policy and "frame-ancestors 'none'" in policy
    names = [name.lower() for name, _ in answer.raw.headers.items()]
    for name, value in HEADERS.items():
        assert answer.headers[name] == value
        assert names.count(name.lower()) == 1, name
    assert names.count("content-security-policy") == 1
    assert "Permissions-Policy" in answer.headers
    assert not re.search(r"\d", answer.headers.get("Server", "")), "the version is nobody's business"


def test_https_works_with_the_private_authority_and_http2_is_offered(stack):
    answer = get(stack.app_url_tls + "/api/health/live", verify=stack.authority)
    assert answer.status_code == 200
    context = stack.tls_context()
    context.set_alpn_protocols(["h2", "http/1.1"])
    for name in ("app.localhost", "any.sites.localhost", "sites.localhost"):
        with socket.create_connection(("127.0.0.1", stack.https_port), timeout=10) as connection:
            with context.wrap_socket(connection, server_hostname=name) as encrypted:
                assert encrypted.selected_alpn_protocol() == "h2"


def test_one_keeps_http_for_oneself_so_no_strict_transport_security(stack):
    # Browsers apply it to all ports of a name: it would lock out the plain address of the same machine.
    assert "Strict-Transport-Security" not in get(stack.app_url_tls + "/", verify=stack.authority).headers


def test_dashboard_files_are_asked_for_anew_but_not_sent_anew(stack):
    first = get(stack.app_url + "/")
    assert first.status_code == 200 and first.headers["Cache-Control"] == "no-cache"
    assert first.headers["Content-Type"].lower() == "text/html; charset=utf-8"
    again = get(stack.app_url + "/", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304


def test_dashboard_addresses_give_the_start_page_and_missing_files_are_missing(stack):
    start = get(stack.app_url + "/").content
    for path in ("/login", "/login/confirm", "/sites/018f/pages/2", "/billing", "/plans"):
        assert get(stack.app_url + path).content == start
    for path in ("/no/such.js", "/no.css", "/.env"):
        assert get(stack.app_url + path).status_code == 404


def test_body_above_the_limit_is_refused_as_a_problem(stack):
    answer = requests.post(stack.app_url + "/api/auth/start", data=b"x" * 1_100_000, timeout=20)
    assert_problem(answer, 413, "body_too_large")


def test_long_header_is_refused_as_a_problem(stack):
    answer = get(stack.app_url + "/api/health/live", headers={"X-Long": "x" * 9000})
    assert_problem(answer, 431, "headers_too_large")


WEBHOOKS = ["/api/webhooks/stripe", "/api/webhooks/resend"]


@pytest.mark.parametrize("path", WEBHOOKS)
def test_webhooks_are_posted(stack, path):
    for method in ("GET", "PUT", "DELETE", "OPTIONS", "PATCH"):
        answer = requests.request(method, stack.app_url + path, timeout=20)
        assert_problem(answer, 405, "method_not_allowed")
        assert answer.headers["Allow"] == "POST"


def test_dashboard_files_are_only_read(stack):
    answer = requests.post(stack.app_url + "/js/app.js", timeout=20)
    assert_problem(answer, 405, "method_not_allowed")
    assert answer.headers["Allow"] == "GET, HEAD"


@pytest.mark.parametrize("path", WEBHOOKS)
def test_webhook_without_signature_is_refused_by_core(stack, path):
    answer = requests.post(stack.app_url + path, data=b"{}", timeout=20)
    assert answer.status_code == 400 and answer.json()["code"] == "signature_invalid"


@pytest.mark.parametrize("path", WEBHOOKS)
@pytest.mark.parametrize("name", ["Stripe-Signature", "svix-signature", "Anything"])
def test_webhook_with_a_header_of_a_megabyte_is_refused_without_harm(stack, path, name):
    head = f"POST {path} HTTP/1.1\r\nHost: app.localhost\r\nContent-Length: 2\r\n{name}: ".encode()
    with socket.create_connection(("127.0.0.1", stack.http_port), timeout=20) as connection:
        try:
            connection.sendall(head + b"v" * 1_000_000 + b"\r\n\r\n{}")
        except OSError:
            pass  # nginx had heard enough
        answer = connection.recv(65536)
    assert answer.startswith(b"HTTP/1.1 400 ") and b"signature_invalid" in answer
    assert stack.is_ready()


@pytest.mark.parametrize("path", WEBHOOKS)
def test_webhook_above_a_mebibyte_is_refused_as_a_problem(stack, path):
    assert_problem(requests.post(stack.app_url + path, data=b"x" * (2**20 + 1), timeout=20), 413, "body_too_large")
    answer = requests.post(stack.app_url + path, data=b"x" * 2**20, timeout=20)
    assert answer.status_code == 400 and answer.json()["code"] == "signature_invalid"


def test_slow_senders_of_webhooks_hold_nobody(stack):
    head = b"POST /api/webhooks/stripe HTTP/1.1\r\nHost: app.localhost\r\nContent-Length: 100000\r\n\r\n{"
    with contextlib.ExitStack() as senders:
        for _ in range(200):
            connection = socket.create_connection(("127.0.0.1", stack.http_port), timeout=20)
            senders.enter_context(connection).sendall(head)
        begin = time.monotonic()
        assert requests.post(stack.app_url + "/api/webhooks/stripe", data=b"{}", timeout=20).status_code == 400
        assert stack.is_ready()
        assert time.monotonic() - begin < 1


def test_a_burst_of_webhooks_from_one_address_passes(stack):
    with ThreadPoolExecutor(32) as pool, requests.Session() as session:
        session.mount("http://", requests.adapters.HTTPAdapter(pool_maxsize=32))
        url = stack.app_url + "/api/webhooks/stripe"
        assert set(pool.map(lambda _: session.post(url, data=b"{}", timeout=20).status_code, range(1500))) == {400}


def assert_problem(answer, status, code):
    assert answer.status_code == status
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.headers["Cache-Control"] == "no-store"
    problem = answer.json()
    assert problem["status"] == status and problem["code"] == code
    assert problem["request_id"] == answer.headers["X-Request-Id"]
    for name, value in HEADERS.items():
        assert answer.headers[name] == value


@pytest.mark.parametrize(
    "head",
    [
        b"GET /api/health/live HTTP/1.1\r\n\r\n",
        b"GET /api/health/live HTTP/1.1\r\nHost: app.localhost\r\nHost: app.localhost\r\n\r\n",
        b"GET /api/health/live HTTP/1.1\r\nHost: app.local host\r\n\r\n",
        b"GET /api/health/live HTTP/1.1\r\nHost: ../app\r\n\r\n",
        b"POST /api/auth/start HTTP/1.1\r\nHost: app.localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nxx",
        b"POST /api/auth/start HTTP/1.1\r\nHost: app.localhost\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\nx",
        b"GET /" + b"x" * 9000 + b" HTTP/1.1\r\nHost: app.localhost\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01",
    ],
)
def test_malformed_requests_end_at_nginx(stack, head):
    answer = raw(stack, head)
    assert re.match(rb"HTTP/1\.1 (400|414) ", answer), answer[:200]


def test_other_hosts_never_reach_the_app(stack):
    for host in ("nobody.sites.localhost", "example.com", "127.0.0.1"):
        answer = get(f"http://127.0.0.1:{stack.http_port}/api/health/live", headers={"Host": host})
        assert answer.status_code in (404, 421), host
        assert "Set-Cookie" not in answer.headers


def test_metrics_are_not_public(stack):
    for path in ("/metrics", "/metrics/core", "/api/metrics"):
        for url in (stack.app_url, stack.sites_url("any")):
            answer = get(url + path, headers={"Smartpages-Listener": "internal"})
            assert "http_server_request_duration_seconds" not in answer.text
    assert "http_server_request_duration_seconds" in stack.metrics("core")


def test_stored_contents_cannot_be_asked_for_by_name(stack):
    content = stack.bucket / "blob" / "ab" / "cd" / ("abcd" + "0" * 60)
    content.parent.mkdir(parents=True, exist_ok=True)
    content.write_bytes(b"secret of another site")
    for path in (f"/_blob/ab/cd/{content.name}", f"/blob/ab/cd/{content.name}", f"/_blob/..%2fblob/ab/cd/{content.name}"):
        answer = get(stack.sites_url("any") + path)
        assert answer.status_code == 404 and b"secret" not in answer.content


def test_the_access_log_is_json_and_keeps_no_query_of_the_app(stack):
    marker = "very-secret-value"
    request_id = get(stack.app_url + f"/api/health/live?token={marker}", headers={
        "Referer": f"{stack.app_url}/login?token={marker}", "User-Agent": 'a "quoted" agent'}).headers.get("X-Request-Id")
    from stack import wait_until

    wait_until(lambda: 'a \\"quoted\\" agent' in stack.log("access-app"), what="the log line")
    lines = [json.loads(line) for line in stack.log("access-app").splitlines()]
    assert marker not in stack.log("access-app")
    line = next(line for line in reversed(lines) if line["agent"] == 'a "quoted" agent')
    assert line["path"] == "/api/health/live" and line["host"] == "app.localhost" and line["method"] == "GET"
    if request_id:
        assert line["request_id"] == request_id
