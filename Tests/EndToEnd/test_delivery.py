"""Published files by the rules of HTTP (RFC 9110), and with headers that keep visitors safe."""

import gzip
import re

import pytest
from client import Client, expect
from visitor import encoded, visit

PATHS = ["/", "/about/", "/robots.txt", "/sitemap.xml", "/favicon.svg"]


@pytest.fixture(scope="module")
def slug(stack):
    client = Client(stack).log_in()
    expect(client.put("/api/profile", json={"name": "Ada", "bio": "Words and words. " * 100}), 200)
    site = client.new_site()
    client.new_page(site, "about", blocks=[{"kind": "text", "markdown": "Many words about me. " * 200}])
    client.publish(site)
    return site["slug"]


def tag(stack, slug, path="/", accept="identity"):
    return encoded(stack, slug, path, accept)[0].headers["ETag"]


@pytest.mark.parametrize("path", PATHS)
def test_each_file_has_a_strong_tag_and_is_asked_for_anew(stack, slug, path):
    answer = visit(stack, slug, path)
    assert answer.status_code == 200
    assert re.fullmatch(r'"[^"]{8,}"', answer.headers["ETag"])
    control = answer.headers["Cache-Control"]
    assert "max-age=0" in control and "must-revalidate" in control


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("form", ["{tag}", "W/{tag}", '"x", {tag}', "*"])
def test_what_the_browser_has_is_not_sent_again(stack, slug, path, form):
    known = tag(stack, slug, path)
    answer, body = encoded(stack, slug, path, "identity", **{"If-None-Match": form.replace("{tag}", known)})
    assert answer.status_code == 304 and body == b""
    assert answer.headers["ETag"] == known and "Content-Length" not in answer.headers
    assert "max-age=0" in answer.headers["Cache-Control"]


@pytest.mark.parametrize("field", ['"x"', "x", "", '"'])
def test_what_the_browser_has_not_is_sent(stack, slug, field):
    answer, body = encoded(stack, slug, "/", "identity", **{"If-None-Match": field})
    assert answer.status_code == 200 and body


@pytest.mark.parametrize("path", [*PATHS, "/missing", "/about"])
def test_head_is_get_without_the_body(stack, slug, path):
    get, head = visit(stack, slug, path), visit(stack, slug, path, "HEAD")
    assert head.status_code == get.status_code and head.content == b""
    differing = {name for name in get.headers if get.headers[name] != head.headers.get(name)} - {"Date", "X-Request-Id"}
    assert differing <= {"Content-Length", "Transfer-Encoding"}, differing
    if "Content-Length" in head.headers and "Content-Length" in get.headers:
        assert head.headers["Content-Length"] == get.headers["Content-Length"]


@pytest.mark.parametrize(("field", "first", "last"), [
    ("bytes=0-9", 0, 9), ("bytes=10-", 10, None), ("bytes=-10", -10, None), ("bytes=0-0", 0, 0),
    ("bytes=0-99999999", 0, None), ("bytes=-99999999", 0, None),
])
def test_a_part_is_sent_when_a_part_is_asked_for(stack, slug, field, first, last):
    whole = encoded(stack, slug, "/", "identity")[1]
    begin = first if first >= 0 else len(whole) + first
    end = len(whole) - 1 if last is None else last
    answer, body = encoded(stack, slug, "/", "identity", Range=field)
    assert answer.status_code == 206
    assert body == whole[begin:end + 1]
    assert answer.headers["Content-Range"] == f"bytes {begin}-{end}/{len(whole)}"
    assert answer.headers["Content-Length"] == str(len(body))


@pytest.mark.parametrize("field", ["bytes=99999999-", "bytes=-0"])
def test_a_part_that_does_not_exist_is_416(stack, slug, field):
    whole = encoded(stack, slug, "/", "identity")[1]
    answer, _ = encoded(stack, slug, "/", "identity", Range=field)
    assert answer.status_code == 416 and answer.headers["Content-Range"] == f"bytes */{len(whole)}"


@pytest.mark.parametrize("field", ["bytes", "bytes=", "bytes=a-b", "bytes=9-3", "lines=0-1", "bytes=1-2-3", "0-9",
                                   "bytes=-", "bytes=0-9;", "bytes=99999999999999999999999-"])
def test_a_range_that_is_none_is_ignored_or_refused(stack, slug, field):
    whole = encoded(stack, slug, "/", "identity")[1]
    answer, body = encoded(stack, slug, "/", "identity", Range=field)
    assert answer.status_code in (200, 416)
    assert answer.status_code == 416 or body == whole


def test_many_ranges_are_not_worth_more_than_the_whole(stack, slug):
    whole = encoded(stack, slug, "/", "identity")[1]
    field = "bytes=" + ",".join(f"{number}-{number}" for number in range(500))
    answer, body = encoded(stack, slug, "/", "identity", Range=field)
    assert answer.status_code in (200, 416) and len(body) <= len(whole) or answer.status_code == 206


def test_a_part_of_another_version_is_the_whole(stack, slug):
    answer, body = encoded(stack, slug, "/", "identity", **{"Range": "bytes=0-9", "If-Range": '"another"'})
    assert answer.status_code == 200 and len(body) > 10
    same = tag(stack, slug)
    assert encoded(stack, slug, "/", "identity", **{"Range": "bytes=0-9", "If-Range": same})[0].status_code == 206
    assert encoded(stack, slug, "/", "identity", **{"Range": "bytes=0-9", "If-Range": f"W/{same}"})[0].status_code == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND"])
@pytest.mark.parametrize("path", ["/", "/missing"])
def test_other_methods_are_not_for_visitors(stack, slug, method, path):
    answer = visit(stack, slug, path, method, data=b"x" if method in ("POST", "PUT", "PATCH") else None)
    assert answer.status_code == 405
    assert {name.strip() for name in answer.headers["Allow"].split(",")} == {"GET", "HEAD"}


@pytest.mark.parametrize(("accept", "coding"), [
    ("br, gzip", "br"), ("gzip", "gzip"), ("gzip;q=1.0, br;q=0", "gzip"), ("identity", None), (None, None), ("", None),
    ("gzip;q=0", None), ("br;q=0, gzip;q=0", None), ("deflate", None), ("x-unknown", None), ("GZIP", "gzip"),
    ("gzip, deflate, br, zstd", "br"), (";;,q=", None), ("gzip;q=0.0", None),
])
def test_the_encoding_is_one_that_the_browser_takes(stack, slug, accept, coding):
    answer, body = encoded(stack, slug, "/", accept)
    assert answer.status_code == 200
    got = answer.headers.get("Content-Encoding")
    assert got == coding or (coding == "br" and got == "zstd" and "zstd" in accept)
    assert "accept-encoding" in answer.headers["Vary"].lower()
    plain = encoded(stack, slug, "/", "identity")[1]
    if got == "gzip":
        assert gzip.decompress(body) == plain
    if got:
        assert len(body) < len(plain)
    else:
        assert body == plain
    assert answer.headers["Content-Length"] == str(len(body))


def test_each_encoding_has_a_tag_of_its_own_that_is_known_again(stack, slug):
    tags = {accept: tag(stack, slug, "/", accept) for accept in ("identity", "gzip", "br")}
    assert len(set(tags.values())) == 3, tags
    for accept, known in tags.items():
        answer, _ = encoded(stack, slug, "/", accept, **{"If-None-Match": known})
        assert answer.status_code == 304 and answer.headers["ETag"] == known


def test_a_page_fits_in_the_first_packets(stack, slug):
    assert len(encoded(stack, slug, "/", "br")[1]) < 14_000


@pytest.mark.parametrize("path", [*PATHS, "/missing", "/about"])
def test_every_answer_is_safe_to_open(stack, slug, path):
    answer = visit(stack, slug, path)
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "Set-Cookie" not in answer.headers
    assert "Referrer-Policy" in answer.headers
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "unsafe" not in policy and "frame-ancestors" in policy
    assert "script-src" not in policy or "script-src 'none'" in policy
    if not answer.is_redirect:
        assert "base-uri 'none'" in policy and "form-action" in policy
    assert not re.search(r"\d", answer.headers.get("Server", ""))


def test_the_policy_allows_exactly_the_style_sheet_of_the_page(stack, slug):
    import base64
    import hashlib

    from markup import Document

    answer = visit(stack, slug)
    sheets = Document(answer.content.decode()).styles
    for sheet in sheets:
        digest = base64.b64encode(hashlib.sha256(sheet.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in answer.headers["Content-Security-Policy"]


def test_a_query_changes_nothing(stack, slug):
    plain = visit(stack, slug).content
    for query in ("?", "?utm_source=qr", "?a=1&b=%00%ff", "?../../etc/passwd"):
        answer = visit(stack, slug, "/" + query)
        assert answer.status_code == 200 and answer.content == plain


def test_https_gives_the_same(stack, slug):
    assert visit(stack, slug, tls=True).content == visit(stack, slug).content


def test_cookies_and_logins_mean_nothing_here(stack, slug):
    answer = visit(stack, slug, headers={"Cookie": "session=x; a=b", "Authorization": "Bearer x"})
    assert answer.status_code == 200 and "Set-Cookie" not in answer.headers
