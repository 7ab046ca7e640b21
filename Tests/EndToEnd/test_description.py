"""The description and the server say the same, in both directions."""

import json

import pytest
from client import Client, expect, lay_domain
from description import WRITTEN, Description
from letters import lay_message

OPERATIONS = Description.written().operations()
PATHS = sorted({operation.path for operation in OPERATIONS})
IDS = {name: "0199a6c2-7d1e-7a40-8c55-3f0e9b1d2a60"
       for name in ("site", "page", "link", "short_link", "session", "user", "invitation", "image", "trash", "message",
                    "form", "export", "domain")} | {
           "number": 1, "file": "320", "kind": "page", "qr_file": "0199a6c2-7d1e-7a40-8c55-3f0e9b1d2a60.svg"}


@pytest.fixture(scope="module")
def ids(reader):
    """Things that exist and belong to the reader."""
    site = reader.new_site()
    return {
        "site": site["id"],
        "page": reader.new_page(site)["id"],
        "link": reader.new_link(site)["id"],
        "number": reader.publish(site)["number"],
        "short_link": reader.new_short_link(site)["id"],
        "kind": "vcard",
        "qr_file": f"{site['id']}.png",
        "image": reader.new_image()["id"],
        "file": "320",
        "session": reader.identity["session"]["id"],
        "user": reader.user,
        "invitation": IDS["invitation"],
        "trash": IDS["trash"],
        "message": lay_message(reader, site),
        "form": IDS["form"],
        "export": reader.new_export()["id"],
        "domain": lay_domain(reader, site),
    }


def test_the_served_document_is_the_written_one(anonymous):
    assert expect(anonymous.get("/api/openapi.json"), 200) == json.loads(WRITTEN.read_text())


def test_every_operation_has_an_example_body_or_none():
    for operation in OPERATIONS:
        takes_json = "application/json" in operation.spec.get("requestBody", {}).get("content", {})
        assert (operation.example is not None) == takes_json, str(operation)


@pytest.mark.parametrize("operation", [o for o in OPERATIONS if o.access not in ("public", "signature")], ids=str)
@pytest.mark.parametrize("cookie", [None, "", "nonsense", "A" * 43, "é€\x7f", "x" * 4000, "'; DROP TABLE--"], ids=repr)
def test_without_a_session_nothing_but_401(stack, operation, cookie):
    anonymous = Client(stack)
    headers = {} if cookie is None else {"Cookie": f"session={cookie}".encode()}
    answer = anonymous.request(operation.method, operation.url(IDS), json=operation.example, headers=headers)
    expect(answer, 401, "unauthenticated")


@pytest.mark.parametrize("operation", [o for o in OPERATIONS if o.access == "public"], ids=str)
def test_public_operations_need_no_session(anonymous, operation):
    answer = anonymous.request(operation.method, operation.url(IDS), json=operation.example)
    if answer.status_code == 401:
        expect(answer, 401, "login_invalid")


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "PATCH", "DELETE", "PROPFIND"])
def test_methods_that_are_not_described_are_405_with_those_that_are(reader, ids, path, method):
    described = {operation.method for operation in OPERATIONS if operation.path == path}
    if method in described:
        return
    url = next(operation for operation in OPERATIONS if operation.path == path).url(ids)
    answer = reader.request(method, url)
    expect(answer, 405, "method_not_allowed")
    allowed = {name.strip() for name in answer.headers["Allow"].split(",")}
    assert allowed - {"HEAD", "OPTIONS"} == described


@pytest.mark.parametrize("operation", OPERATIONS, ids=str)
def test_unknown_query_parameters_are_refused(stack, reader, ids, operation):
    # If it were carried out all the same, the reader would be logged out.
    client = Client(stack).log_in() if operation.operation_id.startswith("end") else reader
    answer = client.request(operation.method, operation.url(ids) + "?utm_source=x", json=operation.example)
    expect(answer, 422, "unknown_parameter")


@pytest.mark.parametrize("path", [
    "/api/", "/api/nothing", "/api/session/", "/api/Session", "/api/sites/x/y", "/api/session.json", "/api/session;x",
    "/api/sites/", "/api//session", "/api/./session", "/api/session%2f", "/api/session%00", "/api/%ff", "/api/auth",
    "/api/customer/legal", "/api/customer/legal/terms",
])
def test_addresses_that_do_not_exist_are_404(reader, path):
    # As typed: an HTTP library would tidy the path up.
    import http.client

    connection = http.client.HTTPConnection("127.0.0.1", reader.stack.http_port, timeout=20)
    connection.request("GET", path, headers={"Host": "app.localhost", "Cookie": f"session={reader.cookie('session')}"})
    answer = connection.getresponse()
    body = answer.read()
    if path in ("/api//session", "/api/./session"):
        # nginx may see the same address in these.
        assert answer.status in (200, 404)
        return
    if path == "/api/session%00":
        assert answer.status == 400  # nginx refuses it before it knows which host is meant
        return
    assert answer.status == 404, body
    assert answer.headers["Content-Type"].startswith("application/problem+json"), body


@pytest.mark.parametrize("id", [
    "0", "1", "-1", "null", "undefined", "0199a6c2-7d1e-7a40-8c55-3f0e9b1d2a60", "0199a6c27d1e7a408c553f0e9b1d2a60",
    "%7B0199a6c2-7d1e-7a40-8c55-3f0e9b1d2a60%7D", "c0a8a6c2-7d1e-4a40-8c55-3f0e9b1d2a60", "1%20OR%201=1",
    "'%3B%20DROP%20TABLE%20sites--", "%ff%fe", "..", "x" * 3000, "%F0%9F%92%A9",
])
def test_what_is_no_id_of_ours_is_not_found(reader, ids, id):
    for path in (f"/api/sites/{id}", f"/api/sites/{id}/pages", f"/api/sites/{ids['site']}/links/{id}",
                 f"/api/sites/{ids['site']}/pages/{id}"):
        if id == "..":
            continue
        expect(reader.get(path), 404)


@pytest.mark.parametrize("number", ["0", "-1", "999", "1.0", "99999999999999999999", "x", "1e0"])
def test_versions_that_do_not_exist_are_not_found(reader, ids, number):
    expect(reader.post(f"/api/sites/{ids['site']}/versions/{number}/restore"), 404, "not_found")


def test_answers_name_the_request_and_are_not_kept(anonymous):
    first, second = anonymous.get("/api/health/live"), anonymous.get("/api/health/live")
    assert first.headers["X-Request-Id"] != second.headers["X-Request-Id"]


@pytest.mark.parametrize(("header", "language"), [
    ("de", "de"), ("de-AT,en;q=0.5", "de"), ("en-GB", "en"), ("fr", "en"), ("fr,de;q=0.3,en;q=0.2", "de"), ("", "en"),
    ("en;q=0.1,de;q=0.9", "de"), (";;q=,,", "en"), ("x" * 3000, "en"),
])
def test_problems_are_told_in_the_language_asked_for(anonymous, header, language):
    answer = anonymous.get("/api/session", headers={"Accept-Language": header})
    expect(answer, 401)
    assert answer.headers["Content-Language"] == language


def test_problems_are_told_in_the_language_of_the_person(ada):
    expect(ada.patch("/api/session", json={"locale": "de"}), 200)
    answer = ada.post("/api/sites", json={}, headers={"Accept-Language": "en"})
    problem = expect(answer, 422, "invalid_body")
    assert answer.headers["Content-Language"] == "de"
    assert "ungültig" in problem["title"].lower()
