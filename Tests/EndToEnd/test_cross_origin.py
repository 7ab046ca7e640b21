"""What changes something must come from the app's own pages."""

import pytest
import requests
from client import Client, expect

UNSAFE = [("POST", "/api/sites"), ("PUT", "/api/profile"), ("PATCH", "/api/session"), ("DELETE", "/api/session"),
          ("POST", "/api/auth/start"), ("POST", "/api/auth/confirm"), ("DELETE", "/api/sessions")]
APP = "the app's"


def send(client, method, path, fetch_site, origin, **options):
    headers = {"Sec-Fetch-Site": fetch_site, "Origin": client.base if origin == APP else origin}
    absent = tuple(name for name, value in headers.items() if value is None)
    present = {name: value.format(port=client.stack.http_port) for name, value in headers.items() if value is not None}
    return client.request(method, path, headers=present, drop=absent, **options)


FOREIGN = [
    (None, None),
    (None, "null"),
    (None, ""),
    (None, "https://evil.example"),
    (None, "http://app.localhost"),
    (None, "http://app.localhost:1"),
    (None, "http://app.localhost:{port}.evil.example"),
    (None, "http://app.localhost:{port}@evil.example"),
    (None, "http://evil.app.localhost:{port}"),
    (None, "http://evilapp.localhost:{port}"),
    (None, "http://customer.sites.localhost:{port}"),
    (None, "http://sites.localhost:{port}"),
    (None, "ftp://app.localhost:{port}"),
    (None, "http://app.localhost:{port}/"),
    (None, "http://app.localhost:{port} http://evil.example"),
    ("cross-site", "https://evil.example"),
    ("cross-site", None),
    ("cross-site", "null"),
    ("same-site", "http://customer.sites.localhost:{port}"),
    ("same-site", None),
    ("none", None),
    ("nonsense", None),
    ("", None),
]


@pytest.mark.parametrize(("fetch_site", "origin"), FOREIGN, ids=str)
def test_requests_from_elsewhere_are_refused_and_do_nothing(reader, fetch_site, origin):
    before = expect(reader.get("/api/session"), 200)["user"]["locale"]
    other = "de" if before == "en" else "en"
    answer = send(reader, "PATCH", "/api/session", fetch_site, origin, json={"locale": other})
    expect(answer, 403, "cross_origin")
    assert expect(reader.get("/api/session"), 200)["user"]["locale"] == before


@pytest.mark.parametrize(("method", "path"), UNSAFE, ids=str)
@pytest.mark.parametrize(("fetch_site", "origin"), [(None, None), ("cross-site", "https://evil.example")], ids=str)
def test_every_method_that_changes_something_is_guarded(reader, method, path, fetch_site, origin):
    answer = send(reader, method, path, fetch_site, origin, json=None if method == "DELETE" else {})
    expect(answer, 403, "cross_origin")
    expect(reader.get("/api/session"), 200)


@pytest.mark.parametrize(("fetch_site", "origin"), [
    ("same-origin", APP), ("same-origin", None), (None, APP),
], ids=str)
def test_the_app_itself_is_let_in(reader, fetch_site, origin):
    answer = send(reader, "PATCH", "/api/session", fetch_site, origin, json={"locale": "en"})
    expect(answer, 200)


def test_the_app_over_https_is_let_in(stack):
    client = Client(stack, tls=True).log_in()
    expect(send(client, "PATCH", "/api/session", None, APP, json={"locale": "en"}), 200)


@pytest.mark.parametrize(("fetch_site", "origin"), [(None, None), ("cross-site", None), ("none", None)], ids=str)
def test_reading_is_not_guarded_because_nobody_elsewhere_can_see_the_answer(reader, fetch_site, origin):
    answer = send(reader, "GET", "/api/session", fetch_site, origin)
    expect(answer, 200)


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://customer.sites.localhost"])
def test_no_other_origin_is_allowed_to_read(stack, reader, origin):
    answer = reader.get("/api/session", headers={"Origin": origin, "Sec-Fetch-Site": "cross-site"})
    assert not [name for name in answer.headers if name.lower().startswith("access-control-")]
    preflight = requests.options(stack.app_url + "/api/session", timeout=20, headers={
        "Origin": origin, "Access-Control-Request-Method": "PATCH", "Access-Control-Request-Headers": "content-type"})
    assert not [name for name in preflight.headers if name.lower().startswith("access-control-")]


@pytest.mark.parametrize("override", ["X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"])
def test_a_get_stays_a_get(reader, override):
    expect(reader.get("/api/session", headers={override: "DELETE"}), 200)
    expect(reader.get("/api/session"), 200)
