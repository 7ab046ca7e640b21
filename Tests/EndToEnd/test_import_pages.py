"""Contents come along from pages and files of elsewhere: seen first, then chosen, and nothing is overwritten."""

import http.server
import json
import threading
import time

import pytest
from client import Client, at_once, expect, expect_fields, new_slug
from hostile import corpus
from markup import Document
from stack import Stack
from test_link_check import NOTATIONS
from visitor import page, visit

PUBLIC = "127.77.0.1"
# One host is asked once a second, so what is many goes to many.
CROWD = [f"127.77.1.{number}" for number in range(1, 21)]
PREVIEW, IMPORT = "/api/import/preview", "/api/import"


class Elsewhere:
    """A web server of somebody else's: answers by path, and notes who asked."""

    def __init__(self, address=PUBLIC):
        self.asked, self.answers, self.released = [], {}, threading.Event()
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                outer.asked.append((self.path, dict(self.headers)))
                status, content, headers = outer.answers.get(self.path, (404, b"", {}))
                self.send_response(status)
                for name, value in {"Content-Type": "text/html; charset=utf-8", **headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                try:
                    if content is None:  # never ends
                        while not outer.released.wait(0.2):
                            self.wfile.write(b" ")
                    else:
                        self.wfile.write(content)
                except OSError:
                    pass

            def log_message(self, *arguments):
                pass

        self.server = http.server.ThreadingHTTPServer((address, 0), Handler)
        self.server.daemon_threads = True
        self.url = f"http://{address}:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def put(self, path, content, status=200, **headers):
        self.answers[path] = (status, content, {name.replace("_", "-"): value for name, value in headers.items()})
        return self.url + path

    def close(self):
        self.released.set()
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture(scope="module")
def stack():
    with Stack(FETCH_ALSO=", ".join([PUBLIC, *CROWD])) as running:
        yield running


@pytest.fixture
def web():
    server = Elsewhere()
    yield server
    server.close()


@pytest.fixture
def private():
    """On all addresses of this machine, so that whatever leads to it is noticed."""
    server = Elsewhere("0.0.0.0")
    yield server
    server.close()


def preview(client, content, kind="text/html"):
    content = content.encode() if isinstance(content, str) else content
    return expect(client.post(PREVIEW, raw=content, headers={"Content-Type": kind}), 200)


def look_at(client, url):
    return expect(client.post(PREVIEW, json={"url": url}), 200)


def pairs(found):
    return [(link["title"], link["url"]) for link in found["links"]]


def profile(found):
    return {entry["field"]: (entry["value"], entry["state"]) for entry in found["profile"]}


def left_out(found):
    return {entry["what"]: entry["count"] for entry in found["left_out"]}


def choice(found):
    """The links that can be imported, as the import takes them."""
    return [{name: link[name] for name in ("title", "url", "group")}
            for link in found["links"] if link["state"] == "new"]


def urls(client, site):
    return [link["url"] for link in client.all_items(f"/api/sites/{site['id']}/links", 100)]


def run(client, status=201, code=None, key=None, **order):
    return expect(client.post(IMPORT, json=order, key=key), status, code)


def linktree(**more) -> bytes:
    account = {"username": "ada", "pageTitle": "Ada's café", "description": "Coffee & cake ☕", "id": 1}
    links = [{"id": 1, "title": "Shop", "url": "https://shop.example.com/?a=1&b=2", "type": "CLASSIC"},
             {"id": 2, "title": "More", "url": None, "type": "HEADER"},
             {"id": 3, "title": "Bad", "url": "javascript:alert(1)"},
             {"id": 4, "title": "Mail", "url": "mailto:ada@example.com"}]
    social = [{"type": "INSTAGRAM", "url": "https://instagram.com/ada"}]
    data = {"props": {"pageProps": {"account": account, "links": links, "socialLinks": social, **more}}}
    script = f"<script id=\"__NEXT_DATA__\" type=\"application/json\">{json.dumps(data)}</script>"
    return ("<!doctype html><html><head><title>x</title></head><body><a href='https://linktr.ee/join'>Join</a>"
            f"{script}</body></html>").encode()


# --- What is found

def test_a_linktree_is_read_and_its_links_go_to_a_new_site(stack, ada, web):
    found = look_at(ada, web.put("/ada", linktree()))
    assert found["source"] == "linktree"
    assert profile(found) == {"name": ("Ada's café", "new"), "bio": ("Coffee & cake ☕", "new")}
    assert pairs(found) == [
        ("Shop", "https://shop.example.com/?a=1&b=2"), ("Bad", "javascript:alert(1)"),
        ("Mail", "mailto:ada@example.com"), ("Instagram", "https://instagram.com/ada")]
    assert [(link["state"], link["group"]) for link in found["links"]] == [
        ("new", None), ("invalid", "More"), ("new", "More"), ("new", None)]
    assert found["links"][1]["reason"]
    [(_, headers)] = web.asked
    assert headers["User-Agent"].startswith("SmartPages-Import/1.0") and not {"Cookie", "Referer"} & set(headers)
    good = choice(found)
    made = run(ada, new_site={"title": "Ada's café"}, profile={"name": "Ada's café"}, links=good)
    [site] = made["sites"]
    assert site["new"] and site["links"] == 3 and made["profile"] == ["name"] and site["slug"].startswith("ada-s-caf")
    assert urls(ada, site) == [link["url"] for link in good]
    ada.publish(site)
    assert "Shop" in page(stack, site["slug"])


def test_any_page_and_where_its_links_lead(ada, web):
    url = web.put("/me", b"""<!doctype html><html><head><title>Not this</title>
      <meta property="og:title" content="Ada &amp; Co"><meta name="description" content="We&#10;bake"></head><body>
      <nav><a href="#top">Top</a><a href="javascript:void(0)">No</a></nav>
      <h1>Hi</h1><a href="/shop">The <b>shop</b></a><a href="//cdn.example.com/x">Other</a>
      <a href="https://example.com/pic"><img alt="A picture" src="x.png"></a><a href="https://example.com/bare"></a>
      <a href="https://example.com/pic">Again</a><script>document.write('<a href="https://evil.example">x</a>')</script>
      """)
    found = look_at(ada, url)
    assert found["source"] == "page" and profile(found)["name"] == ("Ada & Co", "new")
    assert profile(found)["bio"] == ("We bake", "new")
    assert pairs(found) == [
        ("The shop", f"{web.url}/shop"), ("Other", "http://cdn.example.com/x"),
        ("A picture", "https://example.com/pic"), ("example.com", "https://example.com/bare"),
        ("Again", "https://example.com/pic")]
    assert [link["state"] for link in found["links"]] == ["new"] * 4 + ["twice"]
    assert left_out(found)["no_address"] == 2


def test_bookmarks_keep_their_folders(ada):
    found = preview(ada, """<!DOCTYPE NETSCAPE-Bookmark-file-1>
      <META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=UTF-8"><TITLE>Bookmarks</TITLE><H1>Bookmarks</H1>
      <DL><p><DT><H3 ADD_DATE="1">Läden</H3><DL><p><DT><A HREF="https://a.example/" ADD_DATE="1">A</A>
      <DT><A HREF="https://b.example/">B</A></DL><p><DT><A HREF="https://c.example/">C</A></DL>""")
    assert found["source"] == "bookmarks" and found["profile"] == []
    assert [(link["title"], link["group"]) for link in found["links"]] == [("A", "Läden"), ("B", "Läden"), ("C", None)]


TABLES = {
    "commas": b"title,url\r\nA,https://a.example/\r\n\"B, \"\"quoted\"\"\r\nline\",https://b.example/\r\n",
    "semicolons and a mark": "\ufeffTitel;Adresse;Gruppe\nÄ;https://a.example/;Läden\n;https://b.example/;\n".encode(),
    "Latin-1": "Titel;URL\nÄ;https://a.example/\n".encode("latin-1"),
    "no names, tabs": b"A\thttps://a.example/\nB\thttps://b.example/\n",
    "addresses alone": b"https://a.example/\nhttps://b.example/\n\n",
}
ROWS = {
    "commas": [("A", "https://a.example/"), ('B, "quoted" line', "https://b.example/")],
    "semicolons and a mark": [("Ä", "https://a.example/"), ("b.example", "https://b.example/")],
    "Latin-1": [("Ä", "https://a.example/")],
    "no names, tabs": [("A", "https://a.example/"), ("B", "https://b.example/")],
    "addresses alone": [("a.example", "https://a.example/"), ("b.example", "https://b.example/")],
}


@pytest.mark.parametrize("name", TABLES)
def test_tables(ada, name):
    found = preview(ada, TABLES[name], "text/csv; charset=utf-8")
    assert found["source"] == "table" and pairs(found) == ROWS[name]


def test_a_table_without_addresses_is_refused(ada):
    for content in (b"", b"a,b\nc,d\n", b"\xff\xfe\x00", b"\x00" * 1000):
        expect(ada.post(PREVIEW, raw=content, headers={"Content-Type": "text/csv"}), 422, "import_broken")


def test_json_in_our_own_form(ada):
    found = expect(ada.post(PREVIEW, json={
        "profile": {"name": "Ada", "website": "javascript:alert(1)", "email": "ada@example.com"},
        "links": [{"url": "https://a.example/"}, {"title": "B", "url": "nowhere", "group": "G"}]}), 200)
    assert profile(found) == {"name": ("Ada", "new"), "website": ("javascript:alert(1)", "invalid"),
                              "email": ("ada@example.com", "new")}
    assert [link["state"] for link in found["links"]] == ["new", "invalid"]
    expect_fields(ada.post(PREVIEW, json={"links": [{"url": 1}], "pages": []}),
                  ("/links/0/url", "wrong_type"), ("/pages", "unknown_field"))


def test_what_is_there_is_told_and_stays(ada, site):
    expect(ada.put("/api/profile", json={"name": "Ada", "bio": "Mine"}), 200)
    link = ada.new_link(site, "Mine", url="https://a.example/")
    body = {"profile": {"name": "Other", "headline": "New"},
            "links": [{"title": "A", "url": "https://a.example/"}, {"title": "B", "url": "https://b.example/"}]}
    found = expect(ada.post(PREVIEW, json=body), 200)
    assert profile(found) == {"name": ("Other", "kept"), "headline": ("New", "new")}
    assert [entry["sites"] for entry in found["links"]] == [[site["id"]], []]
    for known in (1, 2):
        made = run(ada, site=site["id"], **body)
        assert made["known_links"] == known and made["profile"] == (["headline"] if known == 1 else [])
    mine = expect(ada.get("/api/profile"), 200)
    assert (mine["name"], mine["headline"], mine["bio"]) == ("Ada", "New", "Mine")
    assert urls(ada, site) == ["https://a.example/", "https://b.example/"]
    assert expect(ada.get(f"/api/sites/{site['id']}/links/{link['id']}"), 200) == link


# --- What an import obeys

def test_an_order_is_read_as_strictly_as_any_body(ada, site):
    link = {"title": "A", "url": "https://a.example/"}
    expect_fields(ada.post(IMPORT, json={"links": [link]}), ("/site", "required"))
    expect_fields(ada.post(IMPORT, json={"site": site["id"], "new_site": {"title": "x"}}), ("/new_site", "not_allowed"))
    expect_fields(ada.post(IMPORT, json={
        "site": site["id"], "links": [{"title": "", "url": "javascript:alert(1)", "html": "x"}],
        "profile": {"name": "Ada", "email": "none", "html": "x"}}),
        ("/links/0/title", "required"), ("/links/0/url", "invalid_url"), ("/links/0/html", "unknown_field"),
        ("/profile/email", "invalid"), ("/profile/html", "unknown_field"))
    for slug in ("www", "preview-x", "A", "-ab"):
        expect_fields(ada.post(IMPORT, json={"new_site": {"title": "x", "slug": slug}}),
                      ("/new_site/slug", "invalid_slug"))
    expect(ada.post(IMPORT, raw=b"<a href=x>", headers={"Content-Type": "text/html"}), 415, "import_unknown")
    assert urls(ada, site) == []


def test_a_taken_address_gets_a_free_variant(ada, bob):
    slug = new_slug()
    bob.new_site(slug=slug)
    [site] = run(ada, new_site={"title": "x", "slug": slug}, links=[])["sites"]
    assert site["slug"] == f"{slug}-2"
    assert expect(ada.get(f"/api/sites/{site['id']}"), 200)["title"] == "x"


def test_the_limits_hold_for_the_whole(ada, site):
    room = next(each for each in look_room(ada)["sites"] if each["id"] == site["id"])["links"]
    many = [{"title": "x", "url": f"https://e.example/{number}"} for number in range(room + 1)]
    problem = run(ada, 402, "limit_reached", site=site["id"], profile={"name": "x"}, links=many)
    assert problem["entitlement"] == "links"
    assert urls(ada, site) == [] and expect(ada.get("/api/profile"), 200)["name"] == "", "all or nothing"
    run(ada, site=site["id"], links=many[:-1])
    assert urls(ada, site) == [link["url"] for link in many[:-1]]
    assert len({link["code"] for link in ada.all_items(f"/api/sites/{site['id']}/links", 100)}) == room


def look_room(client):
    return expect(client.post(PREVIEW, json={"links": []}), 200)["room"]


def test_two_imports_at_once_at_the_limit(ada, site):
    room = next(each for each in look_room(ada)["sites"] if each["id"] == site["id"])["links"]
    clients = [ada.clone() for _ in range(4)]
    bodies = [{"site": site["id"], "links": [
        {"title": "x", "url": f"https://e.example/{index}/{number}"} for number in range(room // 2 + 1)]}
        for index in range(4)]
    answers = at_once(4, lambda index: clients[index].post(IMPORT, json=bodies[index]).status_code)
    assert sorted(answers) == [201, 402, 402, 402]
    assert len(urls(ada, site)) == room // 2 + 1
    left = look_room(ada)["new_sites"]
    answers = at_once(4, lambda index: clients[index].post(IMPORT, json={"new_site": {"title": "n"}}).status_code)
    assert sorted(answers) == [201] * left + [402] * (4 - left)


def test_a_key_makes_one_import_of_many(ada, site):
    body = {"new_site": {"title": "Once"}, "links": [{"title": "A", "url": "https://a.example/"}]}
    before = look_room(ada)["new_sites"]
    assert before > 0
    clients = [ada.clone() for _ in range(5)]
    answers = at_once(5, lambda index: run(clients[index], key="import-1", **body))
    assert all(answer == answers[0] for answer in answers)
    assert look_room(ada)["new_sites"] == before - 1
    run(ada, 422, "idempotency_key_reused", key="import-1", site=site["id"])


def test_only_who_may_write_imports(ada, bob, anonymous, site):
    expect(anonymous.post(PREVIEW, json={"links": []}), 401)
    expect(bob.post(IMPORT, json={"site": site["id"], "links": []}), 404)
    expect(bob.post(IMPORT, json={"site": site["id"], "links": [{"title": "x", "url": "https://a.example/"}]}), 404)
    assert urls(ada, site) == []


# --- What is hostile

def test_no_private_address_is_asked(ada, private):
    port = private.url.rsplit(":", 1)[1]
    for host in NOTATIONS:
        answer = ada.post(PREVIEW, json={"url": f"http://{host}:{port}/"})
        problem = expect(answer, 422)
        assert problem["code"] in ("invalid_body", "import_unreachable")
    for url in ("file:///etc/passwd", "ftp://127.0.0.1/", "mailto:a@example.com", "tel:1", "//127.0.0.1/", "", 1, None):
        expect(ada.post(PREVIEW, json={"url": url}), 422, "invalid_body")
    assert private.asked == []


def test_no_redirect_leads_to_a_private_address(ada, private):
    port = private.url.rsplit(":", 1)[1]
    servers = [Elsewhere(address) for address in CROWD]
    try:
        for position, host in enumerate(NOTATIONS):
            server = servers[position % len(servers)]
            place = f"http://{host}:{port}/".encode().decode("latin-1")
            url = server.put(f"/{position}", b"", status=302, Location=place)
            expect(ada.post(PREVIEW, json={"url": url}), 422, "import_unreachable")
        asked = sum(len(server.asked) for server in servers)
    finally:
        for server in servers:
            server.close()
    assert asked == len(NOTATIONS) and private.asked == []


def test_pages_that_are_none(ada, web):
    web.put("/gone", b"x", status=404)
    web.put("/login", b"<title>x</title>", status=401)
    web.put("/picture", b"\x89PNG", Content_Type="image/png")
    web.put("/empty", b"")
    web.put("/round", b"", status=302, Location="/round")
    web.put("/large", b"<a href='https://a.example'>x</a>" * 80_000)
    for path in web.answers:
        expect(ada.post(PREVIEW, json={"url": web.url + path}), 422, "import_unreachable")


def test_a_page_that_never_ends_costs_some_seconds(ada, web):
    web.put("/slow", None)
    start = time.monotonic()
    expect(ada.post(PREVIEW, json={"url": f"{web.url}/slow"}), 422, "import_unreachable")
    assert time.monotonic() - start < 19


HARD = {
    "deep": b"<b>" * 290_000 + b"</i>" * 290_000,
    "attributes": b"<a " + b" ".join(b"%x=1" % number for number in range(200_000)) + b">x</a>",
    "tables": b"<table><tr><td>" * 60_000,
    "entities": b"<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"" + b"&a;" * 1000 + b"\">]><a href=x>"
                + b"&b;" * 9000,
    "outside": b"<!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><title>&a;</title>",
    "zeros": b"\0" * 2_000_000,
    "noise": bytes(range(256)) * 8000,
    "open": b"<a href=\"" * 200_000,
}


@pytest.mark.parametrize("name", HARD)
def test_pages_that_are_hard_to_read_are_read_or_refused_in_time(ada, name):
    start = time.monotonic()
    answer = ada.post(PREVIEW, raw=HARD[name], headers={"Content-Type": "text/html"})
    assert answer.status_code in (200, 422), answer.text[:500]
    assert time.monotonic() - start < 15
    assert b"root:" not in answer.content
    expect(ada.get("/api/session"), 200)


def test_many_fetches_from_one_host_hold_nobody_up(ada, web):
    web.put("/page", b"<a href='https://a.example/'>A</a>")
    clients = [ada.clone() for _ in range(12)]
    answers = at_once(12, lambda index: clients[index].post(PREVIEW, json={"url": f"{web.url}/page"}).status_code)
    assert set(answers) <= {200, 503} and 200 in answers and 503 in answers
    expect(ada.get("/api/session"), 200)


def test_what_no_text_holds_does_not_come_along(ada, site):
    found = preview(ada, b"title,url\nA\x00B\x1b[31m,https://a.example/\n\x00,https://b.example/\n", "text/csv")
    assert pairs(found) == [("A B [31m", "https://a.example/"), ("b.example", "https://b.example/")]
    found = preview(ada, b"<a href='https://a.example/'>A\0B</a><a href='https://b.example/\0x'>C</a>")
    assert found["links"][0]["title"] == "A B"
    run(ada, site=site["id"], links=choice(found))


def test_ten_thousand_links_are_cut_with_a_word(ada):
    many = "".join(f"<a href='https://e.example/{number}'>{number}</a>" for number in range(10_000))
    found = preview(ada, many)
    assert len(found["links"]) == 1000 and left_out(found) == {"too_many": 9000}
    [entry] = found["left_out"]
    assert entry["text"]


def test_what_is_too_large_is_told_with_the_limit(ada):
    for kind in ("text/html", "text/csv", "application/json"):
        problem = expect(ada.post(PREVIEW, raw=b" " * (2 * 1024 * 1024 + 1), headers={"Content-Type": kind}), 413,
                         "import_too_large")
        assert problem["limit"] == 2 * 1024 * 1024
    for kind in ("text/plain", "image/png", "application/octet-stream", "multipart/form-data; boundary=x", "text/x"):
        expect(ada.post(PREVIEW, raw=b"x", headers={"Content-Type": kind}), 415, "import_unknown")


def test_wrong_kinds(ada):
    picture = b"\x89PNG\r\n\x1a\n" + b"x" * 1000
    for kind, codes in (("application/zip", {"import_broken"}), ("text/csv", {"import_broken"}),
                        ("application/json", {"malformed_json"})):
        answer = ada.post(PREVIEW, raw=picture, headers={"Content-Type": kind})
        assert answer.json()["code"] in codes, kind
    for body in ([], "x", 1, {"url": "https://a.example/", "links": []}):
        expect(ada.post(PREVIEW, json=body), 422, "invalid_body")


def test_hostile_texts_are_published_as_texts(stack):
    ada = Client(stack).log_in()
    stack.subscribe(ada, "agency")
    texts = corpus()
    html = "".join(f"<a href='https://e.example/{number}'>{escape(text)}</a>"
                   f"<a href=\"{escape(text)}\">x{number}</a>" for number, text in enumerate(texts[:490]))
    head = f"<title>{escape(texts[0])}</title><meta name=description content=\"{escape(texts[1])}\">"
    found = preview(ada, head + html)
    good = choice(found)
    assert len(good) >= 450
    made = run(ada, new_site={"title": "Hostile"}, links=good,
               profile={entry["field"]: entry["value"] for entry in found["profile"] if entry["state"] == "new"})
    [site] = made["sites"]
    assert site["links"] == len(good)
    ada.publish(site)
    answer = visit(stack, site["slug"])
    assert answer.status_code == 200
    document = Document(answer.content.decode())
    assert document.dangers() == [] and document.scripts == []
    assert len(document.links) >= len(good)


def escape(text):
    return text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;").replace("'", "&#39;")
