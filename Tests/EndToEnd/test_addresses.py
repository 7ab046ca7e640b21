"""Hosts and paths that nobody means well with: a site's files are all that can be reached."""

import pytest
from client import Client
from visitor import ask, visit

SECRETS = [b"root:", b"BEGIN ", b'"blob"', b"smartpages-manifest", b"PGDATA", b"tmpfs"]


@pytest.fixture(scope="module")
def site(stack):
    client = Client(stack).log_in()
    made = client.new_site(title="Marker of the site")
    client.new_page(made, "about")
    client.publish(made)
    return made


@pytest.fixture(scope="module")
def host(site, stack):
    return f"{site['slug']}.sites.localhost:{stack.http_port}".encode()


@pytest.mark.parametrize("language", ["de", "en"])
def test_an_unknown_site_has_a_friendly_404(stack, language):
    answer = visit(stack, "nobody-has-this", headers={"Accept-Language": language})
    assert answer.status_code == 404
    assert answer.headers["Content-Type"].lower() == "text/html; charset=utf-8"
    assert "<title>" in answer.text and "</html>" in answer.text and len(answer.text) < 10_000
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert "nobody-has-this" not in answer.text or "<script" not in answer.text
    assert "max-age" not in answer.headers.get("Cache-Control", "") or "no-store" in answer.headers["Cache-Control"] \
        or "max-age=0" in answer.headers["Cache-Control"], "a site published a minute later must be seen"


def test_an_unknown_site_is_404_for_every_path_and_head_too(stack):
    for path in ("/", "/robots.txt", "/about/", "/favicon.ico"):
        assert visit(stack, "nobody-has-this", path).status_code == 404
        assert visit(stack, "nobody-has-this", path, "HEAD").status_code == 404


# What stands behind the colon names no other host, whatever it is.
SAME = ["{SLUG}.sites.localhost", "{slug}.SITES.localhost", "{slug}.sites.localhost:80", "{slug}.sites.localhost.",
        "{slug}.sites.localhost:99999999", "{slug}.sites.localhost:-1", "{slug}.sites.localhost:x"]


@pytest.mark.parametrize("form", SAME)
def test_spellings_of_the_same_host_are_the_same_site_or_refused(stack, site, form):
    status, body = ask(stack, form.format(slug=site["slug"], SLUG=site["slug"].upper()).encode())
    assert status in (200, 301, 308, 400, 404, 421)
    assert (b"Marker of the site" in body) == (status == 200)


def test_capitals_in_the_host_mean_nothing(stack, site):
    assert ask(stack, f"{site['slug'].upper()}.Sites.LocalHost".encode())[0] == 200


OTHERS = [
    b"", b".", b"..", b"sites.localhost", b"www.sites.localhost", b"localhost", b"127.0.0.1", b"[::1]", b"[::",
    b"example.com",
    b"a..b", b".sites.localhost", b"..sites.localhost", b"../etc.sites.localhost", b"{slug}", b"{slug}.sites",
    b"{slug}.sites.localhost.example.com", b"x.{slug}.sites.localhost", b"{slug}%2esites.localhost",
    b"{slug}/.sites.localhost", b"{slug}\\.sites.localhost", b"{slug} .sites.localhost", b"{slug}\x00.sites.localhost",
    b"{slug}_.sites.localhost", b"-{slug}.sites.localhost", b"{slug}.sites.localhost@example.com",
    b"example.com@{slug}.sites.localhost", b"{slug}.sites.localhost,example.com", b"\xff\xfe.sites.localhost",
    "müller.sites.localhost".encode(), b"xn--mller-kva.sites.localhost", b"xn--.sites.localhost", b"*.sites.localhost",
    b"a" * 63 + b".sites.localhost", b"a" * 64 + b".sites.localhost", b"a." * 130 + b"sites.localhost",
    b"a" * 5000, b"<script>.sites.localhost", b"'; drop table--.sites.localhost", b"$slug.sites.localhost",
    b"hosts.sites.localhost", b"blob.sites.localhost", b"current.sites.localhost", b"app.localhost.sites.localhost",
    b"0x7f000001", b"2130706433", b"{slug}.sites.localhost\t", b"\t", b"{slug}.sites.localhost.localhost",
]


@pytest.mark.parametrize("form", OTHERS, ids=lambda form: repr(form)[:50])
def test_other_hosts_show_no_site_and_break_nothing(stack, site, form):
    status, body = ask(stack, form.replace(b"{slug}", site["slug"].encode()))
    if form == b"{slug}.sites.localhost\t":
        assert status in (200, 400)  # white space after a field is not part of it
        return
    assert status in (400, 404, 414, 421, 431, 494), body[:300]
    assert b"Marker of the site" not in body
    assert b"<script>." not in body, "the host is put into the answer as markup"


@pytest.mark.parametrize("head", [None, b"a.sites.localhost\r\nHost: b.sites.localhost"], ids=["no host", "two hosts"])
def test_a_request_has_one_host(stack, head):
    assert ask(stack, head)[0] == 400


def test_the_address_wins_over_the_host_in_an_absolute_request(stack, site, host):
    status, body = ask(stack, b"nobody.sites.localhost", b"http://" + host + b"/")
    assert status in (200, 400) and (status != 200 or b"Marker of the site" in body)


TRAVERSALS = [
    "/../../../../etc/passwd", "/..", "/../", "/./../x", "/about/../../x", "/%2e%2e/%2e%2e/etc/passwd", "/%2E%2E/",
    "/..%2f..%2f..%2fetc%2fpasswd", "/%2e%2e%2f", "/..%5c..%5cetc", "/..\\..\\etc\\passwd", "/%252e%252e%252f",
    "/%c0%ae%c0%ae/%c0%ae%c0%ae/etc/passwd", "/%c0%af", "/%e0%80%ae", "/%u002e%u002e/", "/....//....//etc/passwd",
    "/..;/", "/about/..;/..;/", "/.;/x", "//etc/passwd", "///etc/passwd", "/etc/passwd", "//example.com/",
    "/\\example.com",
    "/%2f%2fexample.com", "/%00", "/%00/about/", "/about/%00", "/about/index.html%00", "/robots.txt%00.html",
    "/robots.txt/", "/robots.txt/x", "/robots.txt%20", "/robots.txt.", "/ROBOTS.TXT", "/About/", "/about//", "/about/.",
    "/.git/config", "/.env", "/.well-known/", "/.", "/.hidden", "/~root/", "/%7e", "/current", "/sites/", "/hosts/",
    "/deploys/", "/blob/", "/certs/", "/manifest", "/index.html", "/index.php", "/wp-login.php", "/_blob/", "/_blob/x",
    "/_blob/%2e%2e/", "/_blob/../hosts/", "/_blob/ab/cd/" + "0" * 64, "/proc/self/environ", "/dev/null", "/%",
    "/%z", "/%zz", "/%1", "/%ff", "/%ff%fe", "/%f0%9f%92", "/%ed%a0%80", "/\u00fc", "/about/\u00fc",
    "/%0d%0aSet-Cookie:x",
    "/%0a", "/a%0d%0ab", "/%3cscript%3e", "/<script>", "/\"onload=", "/'", "/" + "a" * 2000, "/" + "a/" * 500,
    "/" + "%2e" * 500, "/about;x=y/", "/about/%20", "/ about/", "/*", "/?/../../etc/passwd", "/x?y=%00", "/#/../x",
    "/404.html/..", "/sitemap.xml%2f..%2f",
]


@pytest.mark.parametrize("path", TRAVERSALS, ids=lambda path: path[:40])
def test_no_path_leads_out_of_the_site(stack, host, path):
    status, body = ask(stack, host, path.encode().replace(b" ", b"%20"))
    assert status in (200, 301, 302, 308, 400, 404, 414), (status, body[:200])
    for secret in SECRETS:
        assert secret not in body
    if status == 200:
        pages = [ask(stack, host, known)[1] for known in (b"/", b"/about/", b"/robots.txt", b"/404.html")]
        assert body in pages, "a file that is none of the site's"


@pytest.mark.parametrize("path", ["//example.com", "//example.com/", "//example.com/about", "/\\example.com", "/%5cexample.com",
                                  "//about", "/about%0d%0aX:y", "///about"])
def test_no_redirect_leads_elsewhere(stack, site, host, path):
    import http.client

    connection = http.client.HTTPConnection("127.0.0.1", stack.http_port, timeout=20)
    connection.putrequest("GET", path, skip_host=True)
    connection.putheader("Host", host.decode())
    connection.endheaders()
    answer = connection.getresponse()
    place = answer.headers.get("Location")
    if place is not None:
        assert place.startswith((f"http://{site['slug']}.sites.localhost", "/")) and not place.startswith(("//", "/\\"))
    assert "X" not in answer.headers
    connection.close()


def test_the_bucket_is_not_served_by_the_app_host_either(stack):
    for path in ("/blob/", "/hosts/", "/sites/../bucket", "/_blob/x"):
        status, body = ask(stack, f"app.localhost:{stack.http_port}".encode(), path.encode())
        assert status in (200, 400, 404) and b"sha256" not in body
