"""Fixtures of the browser tests. SMARTPAGES_BROWSER_URL may name a dashboard that runs already, whose mails are at
SMARTPAGES_BROWSER_MAILS as JSON, newest first; otherwise the tests start a stack of their own."""

import os
import re

import pytest
from dashboard import Dashboard

if os.environ.get("SMARTPAGES_BROWSER_URL"):

    @pytest.fixture(scope="session")
    def stack():
        from running import RunningStack

        return RunningStack(os.environ["SMARTPAGES_BROWSER_URL"], os.environ["SMARTPAGES_BROWSER_MAILS"])


# The browser reports any answer of 400 and above; the tests provoke some on purpose.
EXPECTED = re.compile(r"Failed to load resource: (the server responded with a status of (401|402|403|404|409|412|415|422|503)"
                      r"|net::ERR_INTERNET_DISCONNECTED)")


@pytest.fixture
def visit(browser, stack):
    """visit(locale, …) opens the dashboard in a browser profile of its own. A script error, a complaint of the content
    security policy, or a request to anybody else fails the test."""
    contexts, complaints = [], []

    def open_dashboard(locale="en", width=1280, context=None) -> Dashboard:
        if context is None:
            context = browser.new_context(
                locale={"de": "de-DE", "en": "en-GB"}[locale],
                viewport={"width": width, "height": 900},
                reduced_motion="reduce",
            )
            context.set_default_timeout(10_000)
            context.on("request", lambda request: note_foreign(request.url))
            contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(f"error: {error}"))
        page.on("console", note_console)
        return Dashboard(page, stack, locale)

    # The checkout of the payment provider is a page of its own, and the only one to which the dashboard leads away.
    provider = getattr(getattr(stack, "stripe", None), "url", None)

    def note_foreign(url):
        if provider is not None and url.startswith(f"{provider}/"):
            return
        host = re.match(r"https?://([^/:]+)", url)
        if not url.startswith("data:") and (host is None or not host[1].endswith(".localhost")):
            complaints.append(f"request: {url}")

    def note_console(message):
        if message.type in ("error", "warning") and not EXPECTED.match(message.text):
            complaints.append(f"console: {message.text}")

    yield open_dashboard
    for context in contexts:
        context.close()
    assert not complaints, "\n".join(complaints)
