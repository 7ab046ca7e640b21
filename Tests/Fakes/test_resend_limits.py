"""Keys, rates, quotas and faults of the Resend stand-in, as Resend documents them."""

import json
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests
import resend
from fakes.resend.errors import ERRORS
from resend_fixtures import a_mail, fake, is_refused, post, raised, receiver  # noqa: F401

DAY = 24 * 3600


def test_the_same_key_and_body_send_once(fake):
    first = resend.Emails.send(a_mail(), {"idempotency_key": "welcome/1"})
    again = resend.Emails.send(a_mail(), {"idempotency_key": "welcome/1"})
    other = resend.Emails.send(a_mail(), {"idempotency_key": "welcome/2"})
    assert first["id"] == again["id"] != other["id"]
    assert len(fake.mails()) == 2
    assert fake.mails()[0].idempotency_key == "welcome/1"


def test_a_batch_has_its_own_keys(fake):
    single = resend.Emails.send(a_mail(), {"idempotency_key": "k"})
    first = resend.Batch.send([a_mail(), a_mail()], {"idempotency_key": "k"})
    again = resend.Batch.send([a_mail(), a_mail()], {"idempotency_key": "k"})
    assert first["data"] == again["data"]
    assert single["id"] not in [each["id"] for each in first["data"]]
    assert len(fake.mails()) == 3


def test_another_body_under_the_same_key_is_refused(fake):
    resend.Emails.send(a_mail(), {"idempotency_key": "k"})
    with raised("invalid_idempotent_request", 409):
        resend.Emails.send(a_mail(subject="Other"), {"idempotency_key": "k"})
    assert len(fake.mails()) == 1


def test_a_key_is_forgotten_after_a_day(fake):
    first = resend.Emails.send(a_mail(), {"idempotency_key": "k"})
    fake.clock.advance(DAY - 5)
    assert resend.Emails.send(a_mail(), {"idempotency_key": "k"})["id"] == first["id"]
    fake.clock.advance(10)
    assert resend.Emails.send(a_mail(subject="Other"), {"idempotency_key": "k"})["id"] != first["id"]


def test_a_key_whose_request_runs_is_refused(fake):
    fake.set(latency=0.4)
    with ThreadPoolExecutor(2) as threads:
        answers = list(threads.map(lambda _: post(fake, a_mail(), Idempotency_Key="k"), range(2)))
    accepted, refused = sorted(answers, key=lambda answer: answer.status_code)
    assert is_refused(refused, 409, "concurrent_idempotent_requests")
    again = post(fake, a_mail(), Idempotency_Key="k")
    assert accepted.json() == again.json() == {"id": fake.mails()[0].id}
    assert len(fake.mails()) == 1


def test_a_refused_mail_leaves_its_key_free(fake):
    with raised("missing_required_field", 422):
        resend.Emails.send(a_mail(subject=...), {"idempotency_key": "k"})
    assert resend.Emails.send(a_mail(), {"idempotency_key": "k"})["id"] == fake.mails()[0].id


@pytest.mark.parametrize("key", ["", "k" * 257])
def test_a_key_has_1_to_256_characters(fake, key):
    assert is_refused(post(fake, a_mail(), Idempotency_Key=key), 400, "invalid_idempotency_key")
    assert post(fake, a_mail(), Idempotency_Key="k" * 256).status_code == 200


def test_the_rate_is_told_and_enforced(fake):
    fake.limits.set(rate=3, window=0.4)
    answers = [post(fake, a_mail()) for _ in range(4)]
    assert [each.status_code for each in answers] == [200, 200, 200, 429]
    assert [each.headers["ratelimit-remaining"] for each in answers] == ["2", "1", "0", "0"]
    assert {each.headers["ratelimit-limit"] for each in answers} == {"3"}
    assert "retry-after" not in answers[2].headers
    assert is_refused(answers[3], 429, "rate_limit_exceeded")
    assert int(answers[3].headers["retry-after"]) >= 1 and int(answers[3].headers["ratelimit-reset"]) >= 1
    time.sleep(0.4)
    assert post(fake, a_mail()).status_code == 200
    assert len(fake.mails()) == 4


def test_quotas_are_told_and_enforced(fake):
    fake.clock.set(1795521600.0)  # 2026-11-24T12:00:00Z
    fake.limits.set(daily=2, monthly=3)
    answer = post(fake, a_mail(to=["ada@example.com", "bo@example.com"]))
    assert (answer.headers["x-resend-daily-quota"], answer.headers["x-resend-monthly-quota"]) == ("2", "2")
    with raised("daily_quota_exceeded", 429):
        resend.Emails.send(a_mail())
    fake.clock.advance(DAY / 2)
    resend.Emails.send(a_mail())
    with raised("monthly_quota_exceeded", 429) as caught:
        resend.Emails.send(a_mail())
    assert "retry-after" not in {name.lower() for name in caught.value.headers}
    fake.clock.advance(7 * DAY)
    resend.Emails.send(a_mail())
    assert len(fake.mails()) == 3


@pytest.mark.parametrize("name", ERRORS)
def test_every_error_can_be_injected(fake, name):
    fake.refuse(name, count=2)
    for _ in range(2):
        with raised(name, ERRORS[name][0]) as caught:
            resend.Emails.send(a_mail())
        assert isinstance(caught.value, resend.exceptions.RateLimitError) == (ERRORS[name][0] == 429)
    resend.Emails.send(a_mail())
    assert len(fake.mails()) == 1


def test_a_bare_status_has_the_usual_body(fake):
    for status, name in ((429, "rate_limit_exceeded"), (500, "application_error"), (400, "validation_error")):
        fake.fail(status=status)
        assert is_refused(post(fake, a_mail()), status, name)
    fake.fail(status=502, body="<html>Bad gateway</html>", headers={"Content-Type": "text/html"})
    with raised("application_error", 502):
        resend.Emails.send(a_mail())


@pytest.mark.parametrize("fault", [{"kind": "drop"}, {"kind": "timeout", "seconds": 0.2}, {"status": 500}])
@pytest.mark.parametrize("after", [False, True])
def test_a_repeat_with_the_same_key_after_a_fault_sends_one_mail(fake, fault, after):
    fake.fail(**fault, after=after)
    try:
        assert post(fake, a_mail(), Idempotency_Key="k").status_code == 500
    except requests.ConnectionError:
        pass
    assert len(fake.mails()) == after
    assert post(fake, a_mail(), Idempotency_Key="k").json()["id"] == fake.mails()[0].id
    assert len(fake.mails()) == 1
    assert [entry["status"] for entry in fake.journal.entries("POST", "/emails")][1] == 200


def test_faults_are_for_the_requests_that_they_name(fake):
    fake.fail(method="GET", path="/emails/", status=500, skip=1)
    id = resend.Emails.send(a_mail())["id"]
    resend.Emails.get(id)
    with raised("application_error", 500):
        resend.Emails.get(id)
    resend.Emails.get(id)


def test_while_down_connections_are_refused(fake):
    resend.Emails.send(a_mail(), {"idempotency_key": "k"})
    fake.go_down()
    with pytest.raises(requests.ConnectionError, match="refused"):
        post(fake, a_mail())
    fake.come_up()
    resend.Emails.send(a_mail(), {"idempotency_key": "k"})
    assert len(fake.mails()) == 1


def test_reset_forgets_all_but_the_files(fake):
    fake.clock.advance(DAY)
    fake.limits.set(rate=1, daily=1)
    fake.fail(count=5)
    post(fake, a_mail())
    fake.faults.clear()
    resend.Emails.send(a_mail(), {"idempotency_key": "k"})
    fake.reset()
    assert (fake.mails(), fake.journal.entries(), fake.faults.pending()) == ([], [], [])
    assert abs(fake.clock.ahead) < 1
    assert fake.limits.state() == {
        "rate": 1000, "window": 1.0, "daily": None, "monthly": None, "used": {"daily": 0, "monthly": 0}}
    resend.Emails.send(a_mail(subject="Other"), {"idempotency_key": "k"})
    assert len(list(fake.folder.path.iterdir())) == 2
    fake.reset(files=True)
    assert not list(fake.folder.path.iterdir())


def test_control_from_another_process(fake):
    def control(method: str, path: str, body=None, **headers) -> requests.Response:
        return requests.request(method, f"{fake.url}/_test/{path}", json=body, headers=headers, timeout=5)

    assert control("POST", "settings", {"automatic": False}).json()["settings"]["automatic"] is False
    assert control("POST", "limits", {"rate": 50, "daily": 10}).json()["limits"]["rate"] == 50
    assert control("POST", "clock", {"set": "2026-12-01T00:00:00Z"}).json()["now"].startswith("2026-12-01T00:00:00")
    fault = control("POST", "faults", {"error": "daily_quota_exceeded", "count": 1, "path": "/emails"}).json()
    assert json.dumps(fault["body"]) == json.dumps(control("GET", "faults").json()["items"][0]["body"])
    assert is_refused(post(fake, a_mail()), 429, "daily_quota_exceeded")
    id = post(fake, a_mail()).json()["id"]
    told, = control("GET", "mails?to=ada@example.com&template=login").json()["items"]
    assert (told["id"], told["last_event"], told["body"]) == (id, "queued", a_mail())
    event = control("POST", "events", {
        "email_id": id, "type": "email.clicked", "details": {"click": {"link": "https://example.com/x"}}}).json()
    assert event["body"]["data"]["click"] == {"link": "https://example.com/x"}
    assert control("POST", f"events/{event['id']}/replay").json()["id"] == event["id"]
    assert control("POST", "webhook/wait").json() == {"done": True}
    assert len(control("GET", f"webhook/log?id={event['id']}").json()["items"]) == 2
    assert [entry["status"] for entry in control("GET", "requests?method=POST").json()["items"]] == [429, 200]
    assert control("POST", "reset", {"files": True}).json()["mails"] == 0
    for path, body, status in (("faults", {"kind": "no"}, 400), ("limits", {"x": 1}, 400), ("nothing", {}, 404),
                               ("events", {"email_id": id}, 400), ("events/msg_1/replay", {}, 404),
                               ("clock", {"back": 1}, 400), ("webhook", {"secrets": ["x"]}, 400)):
        assert control("POST", path, body).status_code == status, path
    assert control("POST", "reset", {}, Origin="https://example.com").status_code == 403
    assert control("GET", "state", Host="example.com").status_code == 421
