"""Visitors write while parts are away: what was thanked for is kept and mailed once, and nothing typed is lost."""

import random
import threading
import time
import uuid

import pytest
import requests
from client import Mailbox
from core_process import CoreProcess
from letters import Shop, Writer, is_page

ROUNDS = 8
LATEST_KILL_SECONDS = 0.120

pytestmark = pytest.mark.usefixtures("mended")


@pytest.fixture(scope="module")
def shop(own_stack):
    return Shop(own_stack)


def text() -> str:
    return f"Message {uuid.uuid4().hex} of somebody who writes only once"


def test_without_redis_messages_are_taken_and_still_limited(own_stack, shop, quickly):
    writer = Writer(own_stack)
    with own_stack.without("redis"):
        answers = [quickly(lambda: writer.write(shop.form, text()), 3) for _ in range(21)]
    assert [answer.status_code for answer in answers] == [200] * 20 + [429]
    assert "Grace Hopper" in is_page(answers[-1], 429)


def test_without_postgresql_the_page_keeps_what_was_typed(own_stack, shop, quickly):
    typed = text()
    with own_stack.without("postgres"):
        answer = quickly(lambda: Writer(own_stack, language="de").write(shop.form, typed))
        html = is_page(answer, 503)
    assert typed in html and 'value="grace@example.com"' in html and "<form" in html and "nicht geklappt" in html
    assert int(answer.headers["Retry-After"]) >= 1
    own_stack.wait_ready()
    is_page(Writer(own_stack).write(shop.form, typed), 200)


def test_while_core_is_away_nginx_answers_with_a_page(own_stack, shop):
    with own_stack.without("core"):
        html = is_page(Writer(own_stack).write(shop.form, text()), 503)
    assert "Not sent" in html and "Nicht gesendet" in html


def test_core_killed_after_or_while_taking_a_message_mails_it_once(own_stack):
    shop = Shop(own_stack)
    thanked: list[str] = []

    def write(typed: str) -> None:
        try:
            if Writer(own_stack).write(shop.form, typed).status_code == 200:
                thanked.append(typed)
        except requests.RequestException:
            pass

    with CoreProcess(own_stack) as core:
        core.wait_live()
        for number in range(ROUNDS):
            thread = threading.Thread(target=write, args=[text()])
            thread.start()
            if number % 2:
                thread.join(30)
            else:
                time.sleep(random.uniform(0, LATEST_KILL_SECONDS))
            core.kill()
            thread.join(30)
            core.start()
            core.wait_live()
    # What a killed process had in hand is taken up again when its lease is over.
    own_stack.pass_time(600)
    own_stack.settled(60)
    kept = [message["text"] for message in shop.messages()]
    assert set(thanked) <= set(kept) and len(thanked) >= ROUNDS // 2
    mails = Mailbox.of(own_stack).to(shop.client.email, "message")
    assert sorted(typed for mail in mails for typed in kept if typed in mail["text"]) == sorted(kept)
    # A mail that was under way when its process ended is sent again under the same id, which the provider knows.
    ids = {mail["headers"]["X-Entity-Ref-ID"] for mail in mails}
    assert len(ids) == len(kept)
