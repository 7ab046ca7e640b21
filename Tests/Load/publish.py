"""Times the publishing of a site with 20 links and 3 pages, through nginx, changed before each time, and how long it
takes until a visitor sees it.

Usage: publish.py SETUP RESULT [COUNT]
"""

import json
import statistics
import sys
import time
from pathlib import Path

from api import Api, fetch

TRIES = 10


def seen(api: Api, setup: dict, port: int, number: int) -> float:
    """How many seconds after the answer to publishing a visitor sees it, who has just looked."""
    site, title = setup["publish_site"], f"Seen {port} {number}"
    fetch(port, setup["publish_host"], "/")
    api.call("PATCH", f"/sites/{site}", {"title": title})
    api.call("POST", f"/sites/{site}/publish", {})
    start = time.perf_counter()
    while title.encode() not in fetch(port, setup["publish_host"], "/"):
        if time.perf_counter() - start > 30:
            raise SystemExit("bench: what was published is not seen")
    return time.perf_counter() - start


def main() -> None:
    setup = json.loads(Path(sys.argv[1]).read_text())
    count = int(sys.argv[3]) if len(sys.argv) > 3 else 30
    api = Api(setup["http_port"], Path(setup["mail"]))
    api.cookies = dict([setup["cookie"].split("=", 1)])
    site = setup["publish_site"]
    milliseconds = []
    for number in range(count + 3):
        api.call("PATCH", f"/sites/{site}", {"title": f"Published {number} times"})
        start = time.perf_counter()
        api.call("POST", f"/sites/{site}/publish", {})
        milliseconds.append((time.perf_counter() - start) * 1000)
    milliseconds = milliseconds[3:]  # the first ones open files and plans
    visible, cached = ([seen(api, setup, setup[port], number) for number in range(TRIES)]
                       for port in ("http_port", "cached_port"))
    Path(sys.argv[2]).write_text(json.dumps({
        "count": count, "median": statistics.median(milliseconds), "min": min(milliseconds), "max": max(milliseconds),
        "visible": max(visible), "visible_cached": max(cached),
    }))


main()
