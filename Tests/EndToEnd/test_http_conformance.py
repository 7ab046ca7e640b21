"""How published files are served, case by case (RFC 9110), in each way in which an installation may run: without
nginx's cache, with it, and with Core, PostgreSQL and Redis stopped. Conditions and ranges are held against what nginx
says of the same content as a file of its own."""

import os
import random
import re
import socket
import subprocess
from dataclasses import dataclass
from email.utils import formatdate
from pathlib import Path

import pytest
from raw_http import Answer, ask
from stack import free_ports, wait_until
from volume_site import MODIFIED, POLICY, File, VolumeSite

HOST = "conform.sites.localhost"
SMALL, LARGE = "/about/", "/media/large.jpg"
TEXT = b"<!doctype html><title>Here</title>" + b"<p>Words and words. " * 300
PICTURE = random.Random(5).randbytes(1_000_000)


def page(name: str) -> File:
    return File(f"<!doctype html><title>{name}</title>".encode() * 20, forms=("br", "gzip"))


FILES = {
    "/": page("home"), SMALL: File(TEXT, forms=("br", "gzip")), "/about/team/": page("team"),
    "/404.html": page("nothing here"), "/fr/": page("accueil"), "/fr/404.html": page("rien ici"),
    "/robots.txt": File(b"User-agent: *\n", "text/plain; charset=utf-8"),
    "/caf\u00e9/": page("caf\u00e9"), "/a b/": page("space"), "/100%/": page("percent"),
    "/plus+;=,@:!$&'()*~/": page("marks"),
    "/\u4f60\u597d/": page("hello"), "/Upper/": page("upper"),
    "/gzip-only.css": File(b"a{}" * 500, "text/css", forms=("gzip",)),
    "/empty.txt": File(b"", "text/plain"), "/fonts/a.woff2": File(b"font" * 100, "font/woff2", cache="immutable"),
    LARGE: File(PICTURE, "image/jpeg", cache="immutable", modified=MODIFIED + 60),
    "/large.html": File(b"<p>long</p>" * 20_000, forms=("br", "gzip")),
}
REDIRECTS = {
    "/old": (301, "/about/"), "/for-now": (302, "/about/?from=now#part"), "/kept": (307, "/about/"),
    "/away": (308, "https://example.org/there?a=1"), "/caf\u00e9-old": (301, "/caf%C3%A9/"),
    "/about/team/old": (308, "/"),
}
STATES = ["off", "cache", "alone"]


@dataclass
class Edge:
    """A running stack with the site, and nginx with the same contents as files."""
    stack: object
    site: VolumeSite
    reference: int
    state: str

    def ask(self, target="/", **options) -> Answer:
        return ask(self.stack.http_port, options.pop("host", HOST), target, **options)

    def plain(self, target: str, **options) -> Answer:
        return ask(self.reference, "reference", target, **options)


@pytest.fixture(scope="module")
def reference(tmp_path_factory):
    """nginx alone: the small page and the large picture as files, with the same times."""
    folder = tmp_path_factory.mktemp("reference")
    port, = free_ports(1)
    for path in (SMALL, LARGE):
        target = Path(f"{folder}/root{path.rstrip('/')}")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(FILES[path].content)
        os.utime(target, (FILES[path].modified, FILES[path].modified))
    owner = "user root;" if os.geteuid() == 0 else ""
    temporary = " ".join(f"{kind}_temp_path {folder}/{kind};" for kind in
                         ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    (folder / "nginx.conf").write_text(
        f"{owner} worker_processes 1; pid {folder}/pid; error_log {folder}/log; events {{}}\n"
        f"http {{ access_log off; {temporary} default_type text/plain;\n"
        f"server {{ listen 127.0.0.1:{port}; root {folder}/root; rewrite ^/about/$ /about; }} }}\n")
    process = subprocess.Popen(["nginx", "-p", folder, "-e", folder / "log", "-c", folder / "nginx.conf",
                                "-g", "daemon off; master_process off;"])

    def answers():
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", port)) == 0

    wait_until(answers, what="nginx alone")
    yield port
    process.terminate()
    process.wait(30)


@pytest.fixture(scope="module")
def site(own_stack):
    return VolumeSite(own_stack.bucket, HOST, FILES, REDIRECTS).write()


@pytest.fixture(scope="module", params=STATES)
def edge(request, own_stack, site, reference):
    own_stack.stop_service("nginx")
    own_stack.environment["SMARTPAGES_SITES_CACHE"] = "on" if request.param == "cache" else "off"
    own_stack.start_service("nginx")
    if request.param == "alone":
        for name in ("core", "postgres", "redis"):
            own_stack.stop_service(name)
    edge = Edge(own_stack, site, reference, request.param)
    wait_until(lambda: edge.ask().status == 200, 60, "the site")
    return edge


# --- Conditions and ranges, held against nginx. {tag} and {modified} are each server's own.

DATES = {"modified": 0, "earlier": -1, "later": 1, "long_ago": -10**9}
COMPARED = [
    {}, {"If-None-Match": "{tag}"}, {"If-None-Match": "W/{tag}"}, {"If-None-Match": '"x", {tag}'},
    {"If-None-Match": '"x",{tag},"y"'}, {"If-None-Match": "*"}, {"If-None-Match": '"x"'}, {"If-None-Match": 'W/"x"'},
    {"If-None-Match": '"x", W/"y"'}, {"If-None-Match": ""},
    {"If-Modified-Since": "{modified}"}, {"If-Modified-Since": "{earlier}"}, {"If-Modified-Since": "{long_ago}"},
    {"If-Modified-Since": "never"}, {"If-Modified-Since": "{modified_850}"},
    {"If-Modified-Since": "{modified_asctime}"},
    {"If-Modified-Since": "{modified}", "If-None-Match": '"x"'},
    {"If-Modified-Since": "{modified}", "If-None-Match": "{tag}"},
    {"If-Match": "{tag}"}, {"If-Match": "*"}, {"If-Match": '"x"'}, {"If-Match": '"x", {tag}'}, {"If-Match": "W/{tag}"},
    {"If-Match": 'W/"x"'}, {"If-Match": "{tag}", "If-None-Match": "{tag}"},
    {"If-Match": '"x"', "If-None-Match": "{tag}"},
    {"If-Match": "{tag}", "If-None-Match": '"x"'},
    {"If-Unmodified-Since": "{modified}"}, {"If-Unmodified-Since": "{later}"}, {"If-Unmodified-Since": "{earlier}"},
    {"If-Unmodified-Since": "{long_ago}"}, {"If-Unmodified-Since": "{modified}", "If-None-Match": "{tag}"},
    {"If-Unmodified-Since": "{earlier}", "If-None-Match": "{tag}"},
    {"Range": "bytes=0-9"}, {"Range": "bytes=10-"}, {"Range": "bytes=-10"}, {"Range": "bytes=0-0"},
    {"Range": "bytes=1-1"},
    {"Range": "bytes=0-"}, {"Range": "bytes=0-999999999"}, {"Range": "bytes=-999999999"}, {"Range": "bytes=-1"},
    {"Range": "bytes=999999999-"}, {"Range": "bytes=999999999-9999999999"}, {"Range": "bytes=-0"},
    {"Range": "bytes=99999999999999999999999-"}, {"Range": "Bytes=0-9"}, {"Range": "bytes= 5-9"},
    {"Range": "bytes=5-9 "},
    {"Range": "bytes=007-009"}, {"Range": "lines=0-9"}, {"Range": "0-9"}, {"Range": "bytes"}, {"Range": ""},
    {"Range": "bytes=5-9", "If-Range": "{tag}"}, {"Range": "bytes=5-9", "If-Range": '"x"'},
    {"Range": "bytes=5-9", "If-Range": "W/{tag}"}, {"Range": "bytes=5-9", "If-Range": "{modified}"},
    {"Range": "bytes=5-9", "If-Range": "{earlier}"}, {"Range": "bytes=5-9", "If-Range": "{later}"},
    {"Range": "bytes=5-9", "If-Range": "junk"}, {"If-Range": "{tag}"}, {"Range": "bytes=999999999-", "If-Range": '"x"'},
    {"Range": "bytes=999999999-", "If-Range": "{tag}"},
    {"Range": "bytes=5-9", "If-None-Match": "{tag}"}, {"Range": "bytes=5-9", "If-None-Match": '"x"'},
    {"Range": "bytes=5-9", "If-Match": "{tag}"}, {"Range": "bytes=5-9", "If-Match": '"x"'},
    {"Range": "bytes=5-9", "If-Modified-Since": "{modified}"},
    {"Range": "bytes=5-9", "If-Unmodified-Since": "{earlier}"},
    {"Range": "bytes=5-9", "If-Unmodified-Since": "{modified}"},
]


def filled(fields: dict[str, str], tag: str, modified: int) -> dict[str, str]:
    values = {name: formatdate(modified + seconds, usegmt=True) for name, seconds in DATES.items()}
    day, number, month, year, clock, _ = values["modified"].replace(",", "").split()
    weekday = {"Sun": "Sunday", "Mon": "Monday", "Tue": "Tuesday", "Wed": "Wednesday", "Thu": "Thursday",
               "Fri": "Friday",
               "Sat": "Saturday"}[day]
    values |= {"modified_850": f"{weekday}, {number}-{month}-{year[2:]} {clock} GMT",
               "modified_asctime": f"{day} {month} {number.lstrip('0'):>2} {clock} {year}"}
    return {name: value.format(tag=tag, **values) for name, value in fields.items()}


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("path", [SMALL, LARGE])
@pytest.mark.parametrize("fields", COMPARED, ids=str)
def test_conditions_and_ranges_are_answered_as_nginx_answers_them(edge, method, path, fields):
    if method == "HEAD" and "Range" in fields:
        pytest.skip("nginx takes a range for HEAD too, which section 14.2 forbids; see below")
    modified = FILES[path].modified
    ours, its = (call(path, method=method, headers=filled(fields, call(path)["ETag"], modified))
                 for call in (edge.ask, edge.plain))
    assert ours.status == its.status
    if its.status in (200, 206):
        assert ours.body == its.body
        assert ours["Content-Length"] == its["Content-Length"]
        assert ours["Accept-Ranges"] == "bytes" or its.status == 206
    if its.status in (200, 206, 304):
        assert ours["Last-Modified"] == its["Last-Modified"] == formatdate(modified, usegmt=True)
        assert re.fullmatch(r'"[0-9a-f]{32}"', ours["ETag"])
        assert "max-age" in ours["Cache-Control"] and ours["Content-Security-Policy"] == POLICY
    if its.status in (206, 416):
        assert ours["Content-Range"] == its["Content-Range"]
    if its.status == 304:
        assert ours.body == b"" and ours["Content-Length"] is None


# Which nginx answers otherwise than RFC 9110 has it, or the RFC leaves a choice.
@pytest.mark.parametrize("path", [SMALL, LARGE])
@pytest.mark.parametrize(("fields", "statuses"), [
    ({"If-None-Match": "{tag}", "If-Modified-Since": "{earlier}"}, {304}),
    ({"If-None-Match": "*", "If-Modified-Since": "{long_ago}"}, {304}),
    ({"If-Match": "{tag}", "If-Unmodified-Since": "{earlier}"}, {200}),
    ({"If-Unmodified-Since": "never"}, {200}),
    ({"If-Unmodified-Since": "0"}, {200}),
    ({"If-Modified-Since": "{later}"}, {200, 304}),
    ({"Range": "bytes=9-3"}, {200, 416}), ({"Range": "bytes=a-b"}, {200, 416}), ({"Range": "bytes=-"}, {200, 416}),
    ({"Range": "bytes=1-2-3"}, {200, 416}), ({"Range": "bytes=0-9;"}, {200, 416}), ({"Range": "bytes="}, {200, 416}),
    ({"Range": "bytes=0x1-9"}, {200, 416}), ({"Range": "bytes=+1-9"}, {200, 416}), ({"Range": "bytes=,"}, {200, 416}),
    ({"Range": "bytes=0-1,"}, {200, 206, 416}), ({"Range": "bytes=\u0661-9"}, {200, 416}),
], ids=str)
def test_where_nginx_differs_from_the_standard_we_do_not(edge, path, fields, statuses):
    answer = edge.ask(path, headers=filled(fields, edge.ask(path)["ETag"], FILES[path].modified))
    if edge.state == "cache" and path == SMALL:
        statuses = statuses | {200, 412}  # nginx itself answers; a whole page is never wrong
    assert answer.status in statuses
    if answer.status == 200:
        assert answer.body == FILES[path].content


@pytest.mark.parametrize("path", [SMALL, LARGE])
@pytest.mark.parametrize("field", ["bytes=0-9", "bytes=999999999-", "bytes=0-1,3-4"])
def test_a_range_is_for_get_alone(edge, path, field):
    if edge.state == "cache" and path == SMALL:
        pytest.skip("nginx answers from its cache")
    answer = edge.ask(path, method="HEAD", headers={"Range": field})
    assert answer.status == 200 and answer["Content-Length"] == str(len(FILES[path].content)) and answer.body == b""


MANY = ["bytes=0-1,3-4", "bytes=0-0,-1", "bytes=0-9,5-14", "bytes=10-19,0-9", "bytes=0-9,999999999-", "bytes=-1,-2",
        "bytes=0-1, 3-4", "bytes=" + ",".join(f"{number}-{number}" for number in range(300)), "bytes=0-,0-,0-,0-,0-"]


@pytest.mark.parametrize("path", [SMALL, LARGE])
@pytest.mark.parametrize("field", MANY, ids=lambda field: field[:24])
def test_several_ranges_give_the_whole_or_exactly_these(edge, path, field):
    content = FILES[path].content
    answer = edge.ask(path, headers={"Range": field})
    assert answer.status in (200, 206)
    if answer.status == 200:
        assert answer.body == content
    elif "multipart" not in answer["Content-Type"]:
        first, last = map(int, re.fullmatch(rf"bytes (\d+)-(\d+)/{len(content)}", answer["Content-Range"]).groups())
        assert answer.body == content[first:last + 1]
    else:
        boundary = re.fullmatch(r"multipart/byteranges; boundary=(\S+)", answer["Content-Type"]).group(1)
        # White space around a boundary is not of the content, which ends where the range says.
        parts = answer.body.split(f"\r\n--{boundary}".encode())
        assert parts[0] == b"" and parts[-1] == b"--\r\n"
        for part in parts[1:-1]:
            head, _, body = part.partition(b"\r\n\r\n")
            first, last = map(int, re.search(rb"Content-Range: bytes (\d+)-(\d+)/\d+", head).groups())
            assert body == content[first:last + 1]
        assert len(answer.body) < len(content) + 100_000, "many ranges are not worth more than the whole"


# --- Encodings

ACCEPTED = [
    (None, None), ("", None), ("identity", None), ("gzip", "gzip"), ("br", "br"), ("br, gzip", "br"),
    ("gzip, br", "br"),
    ("gzip, deflate, br, zstd", "br"), ("GZIP", "gzip"), ("Br", "br"), ("x-gzip", "gzip"), ("*", "br"), ("*;q=0", None),
    ("gzip;q=0", None), ("br;q=0", None), ("br;q=0, gzip", "gzip"), ("gzip;q=0, br", "br"), ("br;q=0, *", "gzip"),
    ("br;q=0,gzip;q=0,*", None), ("gzip;q=1, br;q=0.5", "gzip"), ("gzip;q=0.5, br;q=0.501", "br"),
    ("gzip;q=0.5, br;q=0.5", "br"), ("identity;q=1, gzip;q=0.5", None), ("identity;q=0.5, gzip;q=0.5", "gzip"),
    ("identity;q=0, gzip;q=0.1", "gzip"), ("identity;q=0", None), ("gzip;q=0.001", "gzip"), ("gzip;q=0.000", None),
    ("gzip;q=1.000", "gzip"), ("gzip;q=1.001", None), ("gzip;q=2", None), ("gzip;q=-1", None), ("gzip;q=abc", None),
    ("gzip;q=", None), ("gzip ; q=0.8", "gzip"), ("gzip\t;\tq=0.8", "gzip"), (" gzip ", "gzip"),
    ("gzip;level=9", "gzip"),
    ("gzip;Q=0", None), ("deflate", None), ("zstd", None), ("compress, exotic", None), (";;,q=", None),
    (",,,gzip", "gzip"),
    ("gzipped", None), ("not-gzip", None), ("br,br;q=0", None), ("a" * 4000, None), ("x," * 40 + "gzip", None),
]


@pytest.mark.parametrize(("accept", "coding"), ACCEPTED, ids=lambda value: str(value)[:30])
@pytest.mark.parametrize("path", [SMALL, "/large.html"])
def test_the_encoding_is_the_one_that_is_liked_best(edge, path, accept, coding):
    answer = edge.ask(path, headers={} if accept is None else {"Accept-Encoding": accept})
    assert answer.status == 200
    assert answer["Content-Encoding"] == coding
    assert answer.body == FILES[path].form(coding)
    assert answer["Vary"] == "Accept-Encoding"
    suffix = {None: "", "br": "-br", "gzip": "-gz"}[coding]
    assert answer["ETag"] == f'"{FILES[path].name[:32]}{suffix}"'


@pytest.mark.parametrize("path", ["/gzip-only.css", "/robots.txt", "/empty.txt", LARGE])
@pytest.mark.parametrize("accept", ["br, gzip", "br", "*"])
def test_a_form_that_is_not_there_is_not_sent(edge, path, accept):
    answer = edge.ask(path, headers={"Accept-Encoding": accept})
    coding = "gzip" if path == "/gzip-only.css" and accept != "br" else None
    assert answer.status == 200 and answer["Content-Encoding"] == coding and answer.body == FILES[path].form(coding)


@pytest.mark.parametrize("path", [SMALL, "/large.html"])
@pytest.mark.parametrize("coding", ["br", "gzip"])
def test_tags_and_ranges_are_of_the_encoded_form(edge, path, coding):
    accept = {"Accept-Encoding": coding}
    tag, body = edge.ask(path, headers=accept)["ETag"], FILES[path].form(coding)
    assert edge.ask(path, headers=accept | {"If-None-Match": tag}).status == 304
    assert edge.ask(path, headers={"If-None-Match": tag}).status == 200
    part = edge.ask(path, headers=accept | {"Range": "bytes=2-5", "If-Range": tag})
    assert (part.status, part.body, part["Content-Encoding"]) == (206, body[2:6], coding)
    assert part["Content-Range"] == f"bytes 2-5/{len(body)}"


# --- Methods

@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND", "MKCOL", "LOCK", "REPORT",
                                    "PURGE", "BREW", "get", "Head", "X" * 30])
@pytest.mark.parametrize("path", ["/", LARGE, "/missing", "/old"])
def test_nobody_but_get_and_head_is_served(edge, method, path):
    answer = edge.ask(path, method=method, body=b"x" if method in ("POST", "PUT", "PATCH") else b"")
    if answer.status in (400, 501) and method in ("get", "Head", "X" * 30):
        return  # nginx takes capitals only
    assert answer.status == 405 and answer["Allow"] == "GET, HEAD"


@pytest.mark.parametrize("method", ["TRACE", "CONNECT"])
def test_nginx_ends_what_is_not_for_servers_of_pages(edge, method):
    assert edge.ask("/", method=method).status in (400, 405, 501)


@pytest.mark.parametrize("path", [*(path for path in FILES if path.isascii() and " " not in path and "%" not in path),
                                  "/missing", "/about", "/old", "/away"])
def test_head_is_get_without_the_body(edge, path):
    get, head = edge.ask(path), edge.ask(path, method="HEAD")
    assert head.status == get.status and head.body == b""
    leave = {"date", "x-request-id"}
    assert {name: value for name, value in head.fields.items() if name not in leave} \
        == {name: value for name, value in get.fields.items() if name not in leave}


# --- Paths: what is asked for, the status, and the file that is sent, or where it leads.

AT = 308
PATHS = [
    ("/", 200, "/"), ("", 400, None), ("/about/", 200, "/about/"), ("/about/?x=1", 200, "/about/"),
    ("/about/?", 200, "/about/"),
    ("/about/??&&==", 200, "/about/"), ("/?/../../etc/passwd", 200, "/"), ("/?%00", 200, "/"), ("/?%zz", 200, "/"),
    ("/about", AT, "/about/"), ("/about?x=1&y=%20", AT, "/about/?x=1&y=%20"), ("/about.html", AT, "/about/"),
    ("/about.htm", AT, "/about/"), ("/about.HTML", AT, "/about/"), ("/about/index.html", AT, "/about/"),
    ("/about/index.htm?q", AT, "/about/?q"), ("/index.html", AT, "/"), ("/INDEX.HTML", AT, "/"),
    ("/index.htm", AT, "/"),
    ("/About/", AT, "/about/"), ("/ABOUT", AT, "/about/"), ("/about/Team", AT, "/about/team/"),
    ("/about/team.html", AT, "/about/team/"), ("/robots.txt/", AT, "/robots.txt"), ("/Robots.TXT", AT, "/robots.txt"),
    ("/Upper/", 200, "/Upper/"), ("/Upper", AT, "/Upper/"), ("/upper/", 404, None), ("/fr", AT, "/fr/"),
    ("/fr/index.html", AT, "/fr/"), ("/%66r/", 200, "/fr/"), ("/about%2e", 404, None), ("/about%2Ehtml", AT, "/about/"),
    ("/%61%62%6F%75%74/", 200, "/about/"), ("/%61bout", AT, "/about/"), ("/about%2F", 404, None),
    ("/about%2f", 404, None),
    ("/%2Fabout/", 404, None), ("/%2f", 404, None), ("/about%2Fteam/", 404, None),
    ("/about/%74eam/", 200, "/about/team/"),
    ("/caf%C3%A9/", 200, "/caf\u00e9/"), ("/caf%c3%a9/", 200, "/caf\u00e9/"), ("/caf\u00e9/", 200, "/caf\u00e9/"),
    ("/caf%C3%A9", AT, "/caf%C3%A9/"), ("/caf\u00e9", AT, "/caf%C3%A9/"), ("/cafe%CC%81/", 200, "/caf\u00e9/"),
    ("/caf%E9/", 404, None),
    ("/caf%C3/", 404, None), ("/caf%A9%C3/", 404, None), ("/%E4%BD%A0%E5%A5%BD/", 200, "/\u4f60\u597d/"),
    ("/%E4%BD%A0%E5%A5%BD", AT, "/%E4%BD%A0%E5%A5%BD/"), ("/a%20b/", 200, "/a b/"), ("/a+b/", 404, None),
    ("/a%20b", AT, "/a%20b/"), ("/a%20b.html", AT, "/a%20b/"), ("/100%25/", 200, "/100%/"), ("/100%25", AT, "/100%25/"),
    ("/100%/", 400, None), ("/100%2525/", 404, None), ("/plus+;=,@:!$&'()*~/", 200, "/plus+;=,@:!$&'()*~/"),
    ("/plus%2B%3B%3D%2C%40%3A%21%24%26%27%28%29%2A%7E/", 200, "/plus+;=,@:!$&'()*~/"),
    ("/plus+;=,@:!$&'()*~", AT, "/plus+;=,@:!$&'()*~/"),
    ("/about//", 404, None), ("//about/", 404, None), ("//", 404, None), ("///", 404, None),
    ("/about//team/", 404, None),
    ("/./", 404, None), ("/about/.", 404, None), ("/about/./", 404, None), ("/about/..", 404, None),
    ("/about/../", 404, None),
    ("/./about/", 404, None), ("/about/../about/", 404, None), ("/%2e/about/", 404, None), ("/%2e%2e/", 400, None),
    ("/about/%2E%2E/", 404, None), ("/about/.%2e/", 404, None), ("/.%00./", 400, None), ("/%2e%2e%2f", 400, None),
    ("/..%2f", 400, None), ("/..%5c", 404, None), ("/..;/", 404, None), ("/...", 404, None),
    ("/%c0%ae%c0%ae/", 404, None),
    ("/%e0%80%af", 404, None), ("/%ed%a0%80", 404, None), ("/%f4%90%80%80", 404, None), ("/%ff", 404, None),
    ("/%", 400, None), ("/%4", 400, None), ("/%zz", 400, None), ("/%u0061bout/", 400, None), ("/%00", 400, None),
    ("/about/%00", 400, None), ("/about%00.html", 400, None), ("/%0a", 404, None), ("/%0d%0aX:y", 404, None),
    ("/%7f", 404, None), ("/\\about", 404, None), ("/%5Cabout", 404, None), ("/about\\", 404, None),
    ("/~about/", 404, None),
    ("/about;x/", 404, None), ("/about,/", 404, None), ("/*", 404, None), ("/|", 404, None), ("/<x>", 404, None),
    ('/"', 404, None), ("/{}", 404, None), ("/^", 404, None), ("/`", 404, None), ("/[x]", 404, None),
    ("/404.html", 404, None), ("/404", 404, None), ("/404/", 404, None), ("/fr/404.html", 404, "/fr/404.html"),
    ("/fr/404", 404, "/fr/404.html"), ("/missing", 404, None), ("/missing/", 404, None), ("/fr/x", 404, "/fr/404.html"),
    ("/fr/x/y/z.html", 404, "/fr/404.html"), ("/fr/x/", 404, "/fr/404.html"), ("/FR/x", 404, None), ("/frx", 404, None),
    ("/about.html/", 404, None), ("/about.html.html", 404, None), ("/index.html/", 404, None), ("/.html", 404, None),
    ("/about/.html", 404, None), ("/index", 404, None), ("/about.php", 404, None), ("/empty.txt", 200, "/empty.txt"),
    ("/old", 301, "/about/"), ("/old/", 301, "/about/"), ("/old?x=1", 301, "/about/?x=1"), ("/%6fld", 301, "/about/"),
    ("/for-now?x=1", 302, "/about/?from=now&x=1#part"), ("/for-now", 302, "/about/?from=now#part"),
    ("/kept", 307, "/about/"),
    ("/away", 308, "https://example.org/there?a=1"), ("/away?x=1", 308, "https://example.org/there?a=1"),
    ("/caf%C3%A9-old", 301, "/caf%C3%A9/"), ("/about/team/old", 308, "/"), ("/old/x", 404, None), ("/OLD", 404, None),
    ("/" + "a" * 2047, 404, None), ("/" + "a" * 2048, 404, None), ("/" + "a" * 7000, 404, None),
    ("/" + "a" * 9000, 414, None),
    ("/" + "a/" * 1000, 404, None), ("/" + "%61" * 2000, 404, None), ("/fr/" + "x/" * 900, 404, "/fr/404.html"),
    ("http://conform.sites.localhost/about/", 200, "/about/"), ("http://conform.sites.localhost", 200, "/"),
    ("http://conform.sites.localhost?x", 200, "/"), ("http://nobody.sites.localhost/", 404, "none"),
    ("about/", 400, None), ("*", 400, None), ("/ about/", 400, None), ("/about/ x", 400, None), ("/\x00", 400, None),
    ("/\x01", 400, None), ("/\x7f", 400, None), ("/about/#x", 404, None), ("/#", 404, None), ("#", 400, None),
    ("?", 400, None),
]


@pytest.mark.parametrize(("target", "status", "what"), PATHS, ids=lambda value: str(value)[:40])
def test_each_path_has_one_answer(edge, target, status, what):
    answer = edge.ask(target)
    assert answer.status == status, answer.body[:200]
    if status == 200:
        assert answer.body == FILES[what].content and answer["Content-Type"] == FILES[what].media_type
        assert answer["ETag"] and "max-age" in answer["Cache-Control"]
    elif 300 <= status < 400:
        assert answer["Location"] == what
    elif status == 404 and what != "none":
        assert answer.body == FILES[what or "/404.html"].content
        assert answer["ETag"] is None and answer["Cache-Control"] == "max-age=0, must-revalidate"
    if status not in (400, 414):
        assert answer["X-Content-Type-Options"] == "nosniff" and answer["Set-Cookie"] is None


@pytest.mark.parametrize("path", sorted(FILES))
def test_no_address_leads_in_a_circle(edge, path):
    for spelling in (path, path.rstrip("/"), path + "/", path + ".html", path + "index.html", path.upper(),
                     path + "?x"):
        target, seen = spelling.encode() or b"/", []
        while (answer := edge.ask(target.replace(b" ", b"%20"))).status == 308:
            seen.append(target)
            target = answer["Location"].encode()
            assert target not in seen and len(seen) < 3
        assert answer.status in (200, 400, 404)


@pytest.mark.parametrize("path", [path for path in FILES if path.isascii() and "%" not in path and " " not in path])
def test_each_file_says_how_long_it_may_be_kept(edge, path):
    if path.endswith("404.html"):
        return
    immutable = FILES[path].cache == "immutable"
    control = edge.ask(path)["Cache-Control"]
    assert control == ("public, max-age=31536000, immutable" if immutable else
                       "public, max-age=0, must-revalidate, s-maxage=1, stale-while-revalidate=2")
    assert edge.ask(path)["X-Accel-Expires"] is None


# --- Hosts

HOSTS = [
    ("conform.sites.localhost", {200}), ("CONFORM.Sites.LocalHost", {200}), ("conform.sites.localhost:80", {200}),
    ("conform.sites.localhost:99999", {200, 400}), ("conform.sites.localhost:", {200, 400}),
    ("conform.sites.localhost.", {200, 400, 404, 421}), ("nobody.sites.localhost", {404}), ("sites.localhost", {404}),
    ("x.conform.sites.localhost", {404}), ("example.org", {421}), ("127.0.0.1", {421}), ("[::1]", {400, 421}),
    ("localhost", {421}), ("xn--mller-kva.example", {421}), ("conform.sites.localhost.example.org", {421}),
    (None, {400}),
    ("", {400, 404, 421}), ("..", {400, 404, 421}), ("a..b", {400, 421}), ("-x.sites.localhost", {400, 404}),
    ("x_y.sites.localhost", {400, 404}), ("conform%2esites.localhost", {400, 421}),
    ("conform/sites.localhost", {400, 421}),
    ("conform .sites.localhost", {400}), (b"conform\x00.sites.localhost", {400}), (b"\xff.sites.localhost", {400, 404}),
    ("m\u00fcller.sites.localhost", {400, 404}), ("a" * 64 + ".sites.localhost", {400, 404}),
    ("a." * 130 + "sites.localhost", {400, 404}), ("a" * 7000, {400, 421}), ("x@conform.sites.localhost", {400, 404}),
    ("conform.sites.localhost, example.org", {400, 421}), ("../conform.sites.localhost", {400, 404}),
    ("hosts/00/conform.sites.localhost", {400, 404, 421}), ("$host", {400, 421}), ("*.sites.localhost", {400, 404}),
]


@pytest.mark.parametrize(("host", "statuses"), HOSTS, ids=lambda value: repr(value)[:40])
def test_each_host_has_its_own_site_or_none(edge, host, statuses):
    answer = edge.ask("/", host=host)
    assert answer.status in statuses
    assert (answer.body == FILES["/"].content) == (answer.status == 200)


@pytest.mark.skipif(not socket.has_ipv6 or not Path("/proc/net/if_inet6").exists(), reason="this machine has no IPv6")
@pytest.mark.parametrize("path", ["/", LARGE, "/missing", "/about"])
def test_the_same_is_said_over_ipv6(edge, path):
    four, six = edge.ask(path), edge.ask(path, address="::1")
    assert (four.status, four.body, four["ETag"]) == (six.status, six.body, six["ETag"])


# --- States of a host

@pytest.mark.parametrize(("state", "status", "control"), [
    ("suspended", 404, "no-cache"), ("gone", 410, "no-cache"), ("moved", 308, "max-age=0"),
    ("preview", 200, "private, no-store"),
])
@pytest.mark.parametrize("path", ["/", LARGE, "/missing", "/old"])
def test_a_state_is_said_of_every_path_at_once(edge, site, state, status, control, path):
    host = "states.sites.localhost"
    site.say(host)
    wait_until(lambda: edge.ask("/", host=host).status == 200, what="the host")
    canonical = HOST if state == "moved" else host
    site.say(host, state, canonical)
    # nginx's cache, where it is used, shows what it has for a moment.
    seconds = 4 if edge.state == "cache" else 1
    wait_until(lambda: edge.ask("/", host=host)["Cache-Control"] == control, seconds, state)
    answer = edge.ask(path, host=host)
    if state == "preview":
        assert answer.status == {"/": 200, LARGE: 200, "/missing": 404, "/old": 301}[path]
        assert answer["X-Robots-Tag"] == "noindex, nofollow, noarchive" and answer["Referrer-Policy"] == "no-referrer"
    else:
        assert answer.status == status
    assert answer["Cache-Control"] == control
    if state == "moved":
        assert answer["Location"] == f"http://{HOST}:{edge.stack.http_port}{path}"


def test_an_end_is_kept_to_the_second_and_what_is_removed_is_not_served(edge, site):
    host = "ending.sites.localhost"
    site.say(host, "preview", expires=4_000_000_000)
    assert edge.ask("/", host=host).status == 200
    site.say(host, "preview", expires=1_700_000_000)
    wait_until(lambda: edge.ask("/", host=host).status == 410, 4, "the end")
    site.silence(host)
    wait_until(lambda: edge.ask("/", host=host).status == 404, 4, "the removal")


@pytest.mark.parametrize("path", ["/", LARGE, "/missing", "/about", "/old"])
def test_only_hosts_that_say_so_keep_browsers_to_https(edge, site, path):
    host = "safe.sites.localhost"
    for hsts in (True, False):
        site.say(host, hsts=hsts)
        expected = "max-age=31536000" if hsts else None
        wait_until(lambda: tls(edge, host, path)["Strict-Transport-Security"] == expected, 4, f"HSTS {hsts}")
        assert edge.ask(path, host=host)["Strict-Transport-Security"] is None, "it is for HTTPS alone"


def tls(edge, host: str, path: str) -> Answer:
    from raw_http import parse

    with socket.create_connection(("127.0.0.1", edge.stack.https_port), timeout=30) as plain:
        with edge.stack.tls_context().wrap_socket(plain, server_hostname=host) as connection:
            connection.sendall(f"GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())
            whole = b""
            while part := connection.recv(1 << 20):
                whole += part
    return parse(whole)
