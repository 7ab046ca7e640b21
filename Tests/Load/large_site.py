"""Times the publishing of a site of 500 pages: the first time, and again after a change of one page.

Usage: large_site.py SETUP RESULT [COUNT]
"""

import json
import statistics
import sys
import time
import uuid
from pathlib import Path

from api import Api
from many_sites import query
from prepare import text

PAGES = 500


def fill(database: str, site: str) -> None:
    """Pages by the hundred at once: the API would take each by itself, and the trial's plan has fewer."""
    blocks = [{"kind": "heading", "text": "Welcome", "level": 2}, {"kind": "text", "markdown": text(1500)},
              {"kind": "links"}]
    written = json.dumps(blocks).replace("'", "''")
    rows = ", ".join(f"('{uuid.uuid4()}', '{site}', 'page-{number}', 'Page number {number}', '{written}', {number + 10})"
                     for number in range(PAGES - 3))
    query(database, f"INSERT INTO customer.pages (id, site_id, slug, title, blocks, position) VALUES {rows}")


def main() -> None:
    setup = json.loads(Path(sys.argv[1]).read_text())
    count = int(sys.argv[3]) if len(sys.argv) > 3 else 20
    api = Api(setup["http_port"], Path(setup["mail"]))
    api.cookies = dict([setup["cookie"].split("=", 1)])
    site = setup["publish_site"]
    fill(setup["database"], site)
    pages = api.call("GET", f"/sites/{site}/pages")["items"]
    page = next(page for page in pages if page["slug"] == "about")

    def publish() -> float:
        start = time.perf_counter()
        api.call("POST", f"/sites/{site}/publish", {})
        return (time.perf_counter() - start) * 1000

    first = publish()
    again = []
    for number in range(count):
        blocks = [{"kind": "text", "markdown": f"Changed {number} times"}]
        api.call("PATCH", f"/sites/{site}/pages/{page['id']}", {"blocks": blocks})
        again.append(publish())
    result = {"pages": PAGES, "first": first, "median": statistics.median(again), "max": max(again)}
    print(f"  {PAGES} pages: first {first:.0f} ms, after a small change {result['median']:.0f} ms", flush=True)
    Path(sys.argv[2]).write_text(json.dumps(result))


main()
