"""The cases of scripts/bench, and what each is held to."""

from dataclasses import dataclass


@dataclass
class Case:
    """One request, asked again and again."""
    name: str
    what: str
    port: str  # the setup's key
    path: str
    host: str
    cookie: bool = False
    script: str = "case.lua"
    more: tuple[str, ...] = ()  # further arguments of the script
    scheme: str = "http"


CASES = [
    Case("noop", "FastCGI target, constant answer of 220 bytes", "peers_port", "/noop", "peers.localhost"),
    Case("textbook", "libfcgi's handbook loop, 32 threads", "peers_port", "/textbook", "peers.localhost"),
    Case("hummingbird", "Hummingbird 2, constant answer", "peers_port", "/hummingbird", "peers.localhost"),
    Case("live", "GET /api/health/live", "http_port", "/api/health/live", "app.localhost"),
    Case("session", "GET /api/session", "http_port", "/api/session", "app.localhost", cookie=True),
    Case("php-session", "PHP-FPM: the same", "peers_port", "/php/session.php", "peers.localhost", cookie=True),
    Case("links", "GET a list of ten links", "http_port", "/api/sites/{site}/links", "app.localhost", cookie=True),
    Case("php-links", "PHP-FPM: the same", "peers_port", "/php/links.php", "peers.localhost", cookie=True),
    Case("webhook", "POST /api/webhooks/stripe: verified and stored", "http_port", "/api/webhooks/stripe",
         "app.localhost", script="webhook.lua", more=("{event}", "{customers}", "{stripe_secret}")),
    Case("noop-page", "FastCGI target, constant answer as long as the page", "peers_port", "/noop", "pages.localhost"),
    Case("page", "a published page of 10 KB from Domain", "http_port", "{page_path}", "{page_host}"),
    Case("page-tls", "the same over TLS with kept connections", "tls_port", "{page_path}", "{page_host}",
         scheme="https"),
    Case("page-cached", "the same behind the bounded cache", "cached_port", "{page_path}", "{page_host}"),
    Case("nginx-file", "nginx serving the page as a file", "peers_port", "/page.html", "pages.localhost"),
    Case("blob", "a picture of 1 MB, named by Domain and sent by nginx", "http_port", "{blob_path}", "{blob_host}"),
    Case("nginx-blob", "nginx serving the picture as a file", "peers_port", "/blob.bin", "pages.localhost"),
    Case("handshake", "full TLS handshakes, certificate found by the name", "named_port", "/", "pages.localhost",
         more=("Connection: close",), scheme="https"),
    Case("handshake-one", "full TLS handshakes, one certificate for all", "tls_port", "/hello", "pages.localhost",
         more=("Connection: close",), scheme="https"),
]

# A page of each of a hundred sites, while there are more and more of them.
HOSTS = Case("hosts", "pages of 100 sites in turn", "http_port", "/~own", "sites.localhost", script="hosts.lua",
             more=("100",))

# Case, the case it is held against, and the least ratio of their requests a second.
RATIOS = [
    ("noop", "textbook", 1.8),
    ("noop", "hummingbird", 1.3),
    ("live", "noop", 0.85),
    ("session", "noop", 0.60),
    ("session", "php-session", 2.4),
    ("links", "noop", 0.28),
    ("links", "php-links", 3.0),
    ("webhook", "noop", 0.15),
    ("page", "noop-page", 0.80),
    ("page-cached", "nginx-file", 0.80),
    ("blob", "nginx-blob", 0.85),
    ("handshake", "handshake-one", 0.50),
]

# What a write keeps of its speed behind the guard: standing and entitlements before it, limits inside it.
GUARD_RATIO = 0.95
PUBLISH_MEDIAN_MS = 50
# How long after publishing a visitor sees it at the latest, in seconds: from Domain, and behind the bounded cache.
VISIBLE_SECONDS = 1
VISIBLE_CACHED_SECONDS = 3
# A site of 500 pages, in milliseconds.
LARGE_FIRST_MS = 2000
LARGE_AGAIN_MS = 150
# How far publishing and delivery may fall behind what they do with 100 sites on the volume.
MANY_SITES_RATIO = 0.90
# What a sweep may take beside what Core has anyway: its filter of 32 MB, and buffers.
SWEEP_MEGABYTES = 64
CORE_MEGABYTES = 64
DOMAIN_MEGABYTES = 32
# Resident memory may differ by this much over the long run and still count as flat: the allocator's slack.
FLAT_MEGABYTES = 2.0
