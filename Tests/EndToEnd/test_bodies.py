"""Bodies that are not what they should be: each has its answer, and none reaches further than the parser."""

import json

import pytest
from client import expect, expect_fields

PATH = "/api/customer"
LIMIT = 65_536


def send(client, body: bytes, content_type: str | None = "application/json"):
    headers = {"Content-Type": content_type} if content_type is not None else {}
    drop = () if content_type is not None else ("Content-Type",)
    return client.request("PATCH", PATH, data=body, headers=headers, drop=drop)


@pytest.fixture
def unchanged(reader):
    """The customer is the same after the test."""
    before = expect(reader.get(PATH), 200)
    yield
    assert expect(reader.get(PATH), 200) == before


MALFORMED = {
    "empty": b"",
    "only space": b"  \n",
    "truncated object": b'{"name": "x"',
    "truncated string": b'{"name": "x',
    "truncated escape": b'{"name": "\\u12"}',
    "trailing comma": b'{"name": "x",}',
    "two documents": b'{"name": "x"}{"name": "y"}',
    "trailing text": b'{"name": "x"} x',
    "comment": b'{"name": "x" /* why */}',
    "single quotes": b"{'name': 'x'}",
    "bare key": b"{name: 1}",
    "NaN": b'{"name": NaN}',
    "Infinity": b'{"name": Infinity}',
    "minus Infinity": b'{"name": -Infinity}',
    "undefined": b'{"name": undefined}',
    "True": b'{"name": True}',
    "leading zero": b'{"name": 01}',
    "leading plus": b'{"name": +1}',
    "hexadecimal": b'{"name": 0x1}',
    "point without digits": b'{"name": 1.}',
    "point first": b'{"name": .5}',
    "exponent without digits": b'{"name": 1e}',
    "number beyond all measure": b'{"name": 1e999999}',
    "duplicate name": b'{"name": "x", "name": "y"}',
    "duplicate name by escape": b'{"name": "x", "n\\u0061me": "y"}',
    "duplicate name inside": b'{"name": {"a": 1, "a": 2}}',
    "unknown escape": b'{"name": "\\x41"}',
    "line break in string": b'{"name": "a\nb"}',
    "tab in string": b'{"name": "a\tb"}',
    "NUL in string": b'{"name": "a\x00b"}',
    "escaped NUL": b'{"name": "a\\u0000b"}',
    "lone high surrogate": b'{"name": "\\ud800"}',
    "lone low surrogate": b'{"name": "\\udc00"}',
    "reversed surrogates": b'{"name": "\\udc00\\ud800"}',
    "high surrogate and a letter": b'{"name": "\\ud800\\u0041"}',
    "surrogate as bytes": b'{"name": "\xed\xa0\x80"}',
    "invalid UTF-8": b'{"name": "\xff"}',
    "truncated UTF-8": b'{"name": "\xe2\x82"}',
    "overlong UTF-8": b'{"name": "\xc0\xaf"}',
    "beyond Unicode": b'{"name": "\xf4\x90\x80\x80"}',
    "Latin-1": '{"name": "Müller"}'.encode("latin-1"),
    "UTF-16": '{"name": "x"}'.encode("utf-16"),
    "byte order mark": b'\xef\xbb\xbf{"name": "x"}',
    "10,000 arrays": b'{"name": ' + b"[" * 10_000 + b"]" * 10_000 + b"}",
    "10,000 open arrays": b"[" * 10_000,
    "10,000 objects": b'{"a":' * 10_000 + b"1" + b"}" * 10_000,
    "form": b"name=x&kind=private",
    "XML": b"<name>x</name>",
}


@pytest.mark.usefixtures("unchanged")
@pytest.mark.parametrize("body", MALFORMED.values(), ids=MALFORMED.keys())
def test_what_is_no_json_is_malformed(reader, body):
    expect(send(reader, body), 400, "malformed_json")


REFUSED = {
    "array": (b"[]", ("", "wrong_type")),
    "string": (b'"name"', ("", "wrong_type")),
    "number": (b"1", ("", "wrong_type")),
    "null": (b"null", ("", "wrong_type")),
    "unknown field": (b'{"nam": "x"}', ("/nam", "unknown_field")),
    "field of another case": (b'{"Name": "x"}', ("/Name", "unknown_field")),
    "read-only field": (b'{"version": 7}', ("/version", "unknown_field")),
    "prototype": (b'{"__proto__": {"name": "x"}}', ("/__proto__", "unknown_field")),
    "field with a slash": (b'{"a/b~c": 1}', ("/a~1b~0c", "unknown_field")),
    "empty field": (b'{"": 1}', ("/", "unknown_field")),
    "number for text": (b'{"name": 1}', ("/name", "wrong_type")),
    "huge number for text": (b'{"name": 123456789012345678901234567890}', ("/name", "wrong_type")),
    "truth for text": (b'{"name": true}', ("/name", "wrong_type")),
    "array for text": (b'{"name": ["x"]}', ("/name", "wrong_type")),
    "object for text": (b'{"name": {"$ne": ""}}', ("/name", "wrong_type")),
    "null for text": (b'{"name": null}', ("/name", "wrong_type")),
    "text of none of the choices": (b'{"kind": "charity"}', ("/kind", "invalid")),
    "too long": (b'{"name": "' + b"x" * 101 + b'"}', ("/name", "too_long")),
    "too long in letters of two bytes": (f'{{"name": "{"ü" * 101}"}}'.encode(), ("/name", "too_long")),
}


@pytest.mark.usefixtures("unchanged")
@pytest.mark.parametrize(("body", "field"), REFUSED.values(), ids=REFUSED.keys())
def test_json_of_the_wrong_shape_is_invalid_and_the_field_named(reader, body, field):
    expect_fields(send(reader, body), field)


@pytest.mark.usefixtures("unchanged")
def test_all_wrong_fields_are_told_at_once(reader):
    body = json.dumps({"name": 1, "kind": "x", "colour": "red"}).encode()
    expect_fields(send(reader, body), ("/name", "wrong_type"), ("/kind", "invalid"), ("/colour", "unknown_field"))


@pytest.mark.usefixtures("unchanged")
def test_one_wrong_field_keeps_the_right_ones_from_being_written(reader):
    expect_fields(send(reader, b'{"name": "New name", "kind": "x"}'), ("/kind", "invalid"))


@pytest.mark.parametrize("name", [
    "Ümläut ß", "日本語", "👩‍👩‍👧‍👦", "العربية", "é", "\u202eright to left", "a\\b", '"quoted"', "</script>", "%s %n",
    "'; DROP TABLE customers;--", "${7*7}", "line\nbreak", "a\u2028b", "x" * 100, "ü" * 100, "𝕏" * 100,
])
def test_text_comes_back_as_it_was_sent(ada, name):
    answer = ada.patch(PATH, json={"name": name})
    if "\n" in name or "\u202e" in name or "\u2028" in name:
        if answer.status_code == 422:
            return expect_fields(answer, ("/name", "invalid"))
    assert expect(answer, 200)["name"] == name
    assert expect(ada.get(PATH), 200)["name"] == name


def test_escapes_mean_the_character(ada):
    answer = send(ada, b'{"name": "\\u00fc \\ud83d\\ude00 \\/ \\" \\\\"}')
    assert expect(answer, 200)["name"] == 'ü 😀 / " \\'


def test_bodies_up_to_the_limit_are_read_and_larger_ones_are_not(ada):
    body = b'{"name": "Just fits"}'
    assert expect(send(ada, body + b" " * (LIMIT - len(body))), 200)["name"] == "Just fits"
    expect(send(ada, body + b" " * (LIMIT + 1 - len(body))), 413, "body_too_large")
    expect(send(ada, b"{" * 1_000_000), 413, "body_too_large")
    expect(send(ada, b"{" * 2_000_000), 413, "body_too_large")


def test_the_limit_holds_for_chunked_bodies(ada):
    def chunks():
        yield b'{"name": "Chunked"}'
        for _ in range(80):
            yield b" " * 1024

    expect(ada.request("PATCH", PATH, data=chunks(), headers={"Content-Type": "application/json"}), 413,
           "body_too_large")
    small = ada.request("PATCH", PATH, data=iter([b'{"name": ', b'"Chunked"}']),
                        headers={"Content-Type": "application/json"})
    assert expect(small, 200)["name"] == "Chunked"


def test_pages_may_be_longer(ada, site):
    blocks = [{"kind": "text", "markdown": "x" * 9_000}] * 20
    page = ada.new_page(site, blocks=blocks)
    assert page["blocks"] == blocks


@pytest.mark.usefixtures("unchanged")
@pytest.mark.parametrize("content_type", [
    None, "", "text/plain", "text/json", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x",
    "application/jsonp", "application/json-patch+json", "application/problem+json", "application", "*/*", "json",
    "application/xml", "text/plain; application/json", "application/json, text/plain", "text/html;application/json",
])
def test_only_json_is_taken(reader, content_type):
    expect(send(reader, b'{"name": "x"}', content_type), 415, "unsupported_media_type")


@pytest.mark.parametrize("content_type", [
    "application/json", "application/json; charset=utf-8", "application/json;charset=UTF-8", "Application/JSON",
    'application/json; charset="utf-8"', "application/json ; charset=utf-8",
])
def test_json_is_taken_however_it_is_named(ada, content_type):
    expect(send(ada, b'{"name": "x"}', content_type), 200)


def test_headers_that_are_too_large_are_refused(reader):
    answer = reader.get("/api/session", headers={"X-Long": "x" * 9_000})
    expect(answer, 431, "headers_too_large")
    answer = reader.get("/api/session", headers={f"X-Long-{number}": "x" * 7_000 for number in range(8)})
    expect(answer, 431, "headers_too_large")
    expect(reader.get("/api/session"), 200)


def test_a_get_with_a_body_is_answered_without_reading_it(reader):
    expect(reader.request("GET", "/api/session", data=b"x" * 10_000), 200)
