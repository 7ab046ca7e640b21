"""Fixtures for all tests in Python."""

import os
import sys
import uuid
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent / "Support"))

from stack import Stack  # noqa: E402


@pytest.fixture(scope="session")
def stack():
    """One whole SmartPages for all tests that leave it running."""
    with Stack() as running:
        yield running


@pytest.fixture(scope="module")
def own_stack():
    """A SmartPages for one file: for tests that stop, kill or fill parts of it."""
    with Stack() as running:
        yield running


@pytest.fixture
def email():
    """An address that nobody has used before."""
    return f"test-{uuid.uuid4().hex[:12]}@example.com"


@pytest.fixture(scope="session")
def browser():
    """Debian's Chromium. As root it has no sandbox of its own."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        running = playwright.chromium.launch(
            executable_path="/usr/bin/chromium",
            args=["--no-sandbox"] if os.geteuid() == 0 else [],
        )
        yield running
        running.close()


@pytest.fixture
def page(browser):
    """A new browser profile with one page. Errors on the page fail the test."""
    context = browser.new_context(ignore_https_errors=False)
    opened = context.new_page()
    errors = []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    yield opened
    context.close()
    assert not errors, errors


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    """A failed test shows what the parts had logged last."""
    outcome = yield
    report = outcome.get_result()
    if report.when == "call" and report.failed:
        for fixture in item.funcargs.values():
            if isinstance(fixture, Stack):
                for name in ("core", "domain", "nginx", "supervisor"):
                    tail = "\n".join(fixture.log(name).splitlines()[-15:])
                    report.sections.append((f"log of {name}", tail))


def pytest_terminal_summary(terminalreporter):
    """What went wrong with tests that were tried again: a fault that comes and goes is one too."""
    tried_again = terminalreporter.stats.get("rerun", [])
    if tried_again:
        terminalreporter.section("first tries")
    for report in tried_again:
        terminalreporter.line(f"{report.nodeid}\n{report.longreprtext[-4000:]}\n")
