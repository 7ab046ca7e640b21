"""The Resend stand-in's pages and program: what a person sees on one machine."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import html5lib
import pytest
import requests
import resend
from axe_playwright_python.sync_playwright import Axe
from fakes.resend.pages import PAGE_LENGTH
from resend_fixtures import KEY, a_mail, fake, receiver  # noqa: F401

SUPPORT = Path(__file__).resolve().parents[1] / "Support"
HOSTILE = "\"'><script>document.title='taken'</script><img src=x onerror=alert(1)>&amp;"


def test_the_newest_mail_stands_first_and_pages_follow(fake):
    for number in range(PAGE_LENGTH + 1):
        resend.Emails.send(a_mail(subject=f"Mail {number}"))
    first = requests.get(fake.url, timeout=5).text
    assert "Resend stand-in" in first
    assert first.index(f"Mail {PAGE_LENGTH}<") < first.index(f"Mail {PAGE_LENGTH - 1}<")
    assert "Mail 0<" not in first
    assert "Mail 0<" in requests.get(f"{fake.url}/?from={PAGE_LENGTH}", timeout=5).text
    assert "No mails to this address" in requests.get(f"{fake.url}/?to=bo%40example.com", timeout=5).text


def test_what_mails_bring_is_escaped(fake):
    id = resend.Emails.send(a_mail(
        subject=HOSTILE, text=f"{HOSTILE} https://example.com/?a=1&b=\" x", headers={"X-A": HOSTILE},
        from_=f"{HOSTILE.replace('<', '(').replace('>', ')')} <a@example.com>"))["id"]
    for path in ("/", f"/mails/{id}", "/?to=%22%3E%3Cscript%3E"):
        answer = requests.get(fake.url + path, timeout=5)
        tree = html5lib.HTMLParser(strict=False, namespaceHTMLElements=False).parse(answer.text)
        assert not list(tree.iter("script")) and not list(tree.iter("img")), path
        assert "script-src" not in answer.headers["Content-Security-Policy"]
        assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
    policy = requests.get(f"{fake.url}/mails/{id}/html", timeout=5).headers["Content-Security-Policy"]
    assert "sandbox allow-popups" in policy and "allow-scripts" not in policy and "default-src 'none'" in policy


def test_unknown_pages(fake):
    assert requests.get(f"{fake.url}/mails/1", timeout=5).status_code == 404
    assert requests.post(fake.url, timeout=5).status_code == 405


def test_a_person_reads_mails_without_barriers(fake, page):
    resend.Emails.send(a_mail(html=f"<p>Hello</p><a href='https://example.com/'>Link</a>{HOSTILE}"))
    resend.Emails.send(a_mail(to="bounced@resend.dev", subject="A" * 300))
    page.set_viewport_size({"width": 360, "height": 740})
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        page.goto(fake.url)
        assert page.title() == "Mails · Resend stand-in"
        assert barriers(page) == []
        page.get_by_role("link", name="Your code: 123456").click()
        frame = page.frame_locator("iframe")
        assert frame.get_by_role("link", name="Link").is_visible()
        assert page.frames[1].url.endswith("/html") and page.title() != "taken"
        assert barriers(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def barriers(page) -> list:
    # The frame holds what somebody else wrote, and scripts, axe's too, do not run in it.
    found = Axe().run(page, options={"iframes": False}).response["violations"]
    return [(each["id"], each["nodes"][0]["html"]) for each in found]


@pytest.fixture
def program(tmp_path):
    """The stand-in as scripts start it."""
    process = subprocess.Popen(
        [sys.executable, "-m", "fakes.resend", "--port", "0", "--folder", str(tmp_path / "mail"), "--key", KEY,
         "--domain", "smartpages.example", "--rate", "7"],
        env={**os.environ, "PYTHONPATH": str(SUPPORT)}, stdout=subprocess.PIPE, text=True)
    yield process
    process.kill()
    process.wait()


def test_the_program_serves_and_ends(program, monkeypatch, tmp_path):
    url = program.stdout.readline().split()[-1]
    monkeypatch.setattr(resend, "api_key", KEY)
    monkeypatch.setattr(resend, "api_url", url)
    sent = resend.Emails.send(a_mail())
    assert sent["http_headers"]["ratelimit-limit"] == "7"
    file, = (tmp_path / "mail").iterdir()
    assert sent["id"] in file.name
    requests.post(f"{url}/_test/down", json={"seconds": 0.2}, timeout=5)
    program.send_signal(signal.SIGTERM)
    assert program.wait(5) == 0


def test_the_program_says_what_is_wrong():
    for arguments in (["--port", "0"], ["--port", "0", "--key", "re_x", "--webhook-url", "http://192.0.2.1/"],
                      ["--port", "0", "--key", "re_x", "--webhook-secret", "whsec_*"]):
        ended = subprocess.run(
            [sys.executable, "-m", "fakes.resend", *arguments], capture_output=True, text=True, timeout=10,
            env={**os.environ, "PYTHONPATH": str(SUPPORT)})
        assert ended.returncode != 0 and ended.stderr.strip()
