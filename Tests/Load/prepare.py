"""Makes the customer that the benchmark asks for: three sites, of which one has ten links, one a page of 10 KB, and
one is there to be published, and a site with a picture of 1 MB. Writes what the cases need to know to SETUP, and the
bytes of page and picture to FILES/page.html and FILES/blob.bin.

Usage: prepare.py HTTP_PORT MAIL_FOLDER FILES SETUP VOLUME
"""

import json
import random
import sys
import time
from pathlib import Path

from api import Api, fetch

sys.path.append(str(Path(__file__).resolve().parents[1] / "Support"))

from volume_site import File, VolumeSite  # noqa: E402

PAGE_BYTES = 10_240
WORDS = "the quick brown fox jumps over the lazy dog and the five boxing wizards jump quickly ".split()


def text(length: int) -> str:
    """Words in paragraphs, that many bytes."""
    words = " ".join(WORDS * (length // 60 + 2))[:length]
    return "\n\n".join(words[start:start + 400] for start in range(0, length, 402)).ljust(length, "x")[:length]


def make_site(api: Api, slug: str, links: int) -> dict:
    site = api.call("POST", "/sites", {"slug": slug, "title": f"Bench {slug}", "locale": "en"})
    for number in range(1, links + 1):
        api.call("POST", f"/sites/{site['id']}/links",
                 {"title": f"Link number {number}", "url": f"https://example.com/some/path/{number}"})
    return site


def publish(api: Api, site: dict) -> None:
    api.call("POST", f"/sites/{site['id']}/publish", {})


def make_page(api: Api, site: dict, port: int, host: str) -> bytes:
    """A published page of PAGE_BYTES; its frame is measured first, then the text is cut to fit."""
    page = api.call("POST", f"/sites/{site['id']}/pages", {"slug": "long", "title": "A long page", "blocks": []})
    length = 4000
    for _ in range(6):
        blocks = [{"kind": "text", "markdown": text(length)}]
        api.call("PATCH", f"/sites/{site['id']}/pages/{page['id']}", {"blocks": blocks})
        publish(api, site)
        time.sleep(0.2)
        body = fetch(port, host, "/long/")
        if abs(len(body) - PAGE_BYTES) <= 64:
            break
        length += PAGE_BYTES - len(body)
    return body


def make_picture(volume: Path, files: Path) -> VolumeSite:
    """Written to the volume by hand: what the API takes is made smaller."""
    content = random.Random(1).randbytes(1 << 20)
    (files / "blob.bin").write_bytes(content)
    picture = File(content, "image/jpeg", cache="immutable")
    return VolumeSite(volume, "bench-blob.sites.localhost", {"/media/blob.jpg": picture}, not_found=None).write()


def main() -> None:
    port, mail, files, setup = int(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]), Path(sys.argv[4])
    api = Api(port, mail)
    api.login("bench@example.com")
    api.call("PATCH", "/customer", {"name": "Bench"})
    api.call("PUT", "/profile", {"name": "Bench", "headline": "Measured", "bio": "A profile.", "email": "",
                                 "phone": "", "website": "",
                                 "address": {"street": "", "postal_code": "", "city": "", "country": ""},
                                 "social": []})
    listed = make_site(api, "bench-links", 10)
    paged = make_site(api, "bench-page", 3)
    published = make_site(api, "bench-publish", 20)
    for name in ("about", "offers"):
        api.call("POST", f"/sites/{published['id']}/pages",
                 {"slug": name, "title": name.title(), "blocks": [{"kind": "text", "markdown": text(1500)}]})
    host = "bench-page.sites.localhost"
    body = make_page(api, paged, port, host)
    files.mkdir(parents=True, exist_ok=True)
    (files / "page.html").write_bytes(body)
    picture = make_picture(Path(sys.argv[5]), files)
    setup.write_text(json.dumps({
        "cookie": api.session, "site": listed["id"], "publish_site": published["id"],
        "publish_host": "bench-publish.sites.localhost", "blob_host": picture.host, "blob_path": "/media/blob.jpg",
        "page_host": host,
        "page_path": "/long/", "page_bytes": len(body), "http_port": port, "mail": str(mail),
    }))


if __name__ == "__main__":
    main()
