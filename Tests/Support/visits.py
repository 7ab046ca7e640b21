"""Visitors of published sites as the edge's log sees them, and a way to have the log counted now."""

import json
import os
import time
from datetime import datetime, timedelta, timezone
from pathlib import Path

from stack import Stack, wait_until

AGENTS = {
    "phone": "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
             "Version/18.1 Mobile/15E148 Safari/604.1",
    "android": "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 "
               "Mobile Safari/537.36",
    "tablet": "Mozilla/5.0 (Linux; Android 14; SM-X710) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 "
              "Safari/537.36",
    "desktop": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
    "windows": "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 "
               "Safari/537.36",
    "other": "Mozilla/5.0 (PlayStation; PlayStation 5/10.00) AppleWebKit/605.1.15 (KHTML, like Gecko)",
}
BOTS = [
    "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)", "curl/8.10.1", "",
    "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)", "WhatsApp/2.24.20.89 A",
    "python-requests/2.32.3",
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 HeadlessChrome/140.0.0.0 Safari/537.36",
    "Twitterbot/1.0", "Mozilla/5.0 (compatible; AhrefsBot/7.0; +http://ahrefs.com/robot/)", "Go-http-client/1.1",
]


def today(offset: int = 0) -> str:
    return (datetime.now(timezone.utc) + timedelta(days=offset)).date().isoformat()


def folder(stack: Stack) -> Path:
    return stack.home / "log" / "sites"


def files(stack: Stack) -> list[Path]:
    return sorted(folder(stack).glob("*.log"))


def rotate(stack: Stack) -> None:
    """Hands over what nginx has logged; it holds a line for up to a second."""
    log = stack.home / "log" / "access-sites.log"
    time.sleep(1.2)
    stack.service("nginx", "rotate")
    wait_until(log.exists, 10, "nginx's new log")


def read_now(stack: Stack) -> None:
    """Runs the job that reads finished files now rather than within a minute; the files must have settled."""
    ids = stack.sql("INSERT INTO jobs.jobs (kind) VALUES ('customer.statistics') RETURNING id")
    deadline = time.monotonic() + 120
    while stack.sql(f"SELECT state FROM jobs.jobs WHERE id = {ids[0][0]}") != [["completed"]]:
        assert time.monotonic() < deadline, "the log was not read in time"
        time.sleep(0.2)  # each look starts a process


def count_all(stack: Stack) -> None:
    """Until everything that was handed over is counted and gone."""
    deadline = time.monotonic() + 90
    while files(stack):
        assert time.monotonic() < deadline, f"still there: {files(stack)}"
        settle = min(time.time() - path.stat().st_ctime for path in files(stack))
        time.sleep(max(0.0, 6 - settle))
        read_now(stack)


def count_visits(stack: Stack) -> None:
    rotate(stack)
    count_all(stack)


def line(host: str, **more) -> dict:
    """A line of the log."""
    return {
        "time": datetime.now(timezone.utc).isoformat(timespec="seconds"), "request_id": "0", "host": host,
        "method": "GET", "uri": "/", "status": 200, "bytes": 100, "seconds": 0.001, "upstream_seconds": "0.001",
        "cache": "", "scheme": "https", "address": "192.0.2.1", "referer": "", "agent": AGENTS["desktop"],
        "purpose": "", **more,
    }


def lay(stack: Stack, name: str, lines: list) -> None:
    """Puts a finished file into the folder; lines may be bytes."""
    text = b"".join(entry if isinstance(entry, bytes) else json.dumps(entry).encode() + b"\n" for entry in lines)
    hidden = folder(stack) / f".{name}"
    hidden.write_bytes(text)
    os.rename(hidden, folder(stack) / f"{name}.log")
