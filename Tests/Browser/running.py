"""A SmartPages that somebody else started, seen as the browser tests see a stack."""

import time
from urllib.parse import urlsplit

import requests


class RunningStack:
    def __init__(self, app_url: str, mails_url: str):
        self.app_url = app_url.rstrip("/")
        self.mails_url = mails_url

    def sites_url(self, slug: str) -> str:
        address = urlsplit(self.app_url)
        return f"{address.scheme}://{slug}.sites.localhost:{address.port}"

    def mails(self, to: str | None = None) -> list[dict]:
        mails = requests.get(self.mails_url, timeout=10).json()
        return [mail for mail in mails if to is None or to in mail["to"]]

    def wait_for_mail(self, to: str, template: str | None = None, after: int = 0, seconds: float = 15) -> dict:
        deadline = time.monotonic() + seconds
        while True:
            found = [mail for mail in self.mails(to) if template in (None, *(tag["value"] for tag in mail["tags"]))]
            if len(found) > after:
                return found[0]
            assert time.monotonic() < deadline, f"no mail to {to} within {seconds} s"
            time.sleep(0.05)
