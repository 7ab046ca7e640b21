"""The Resend stand-in speaks with the official client as Resend does."""

import json
import re
import stat
from typing import Any, get_type_hints

import pytest
import resend
from fakes.resend import ResendFake
from resend_fixtures import KEY, SENDING_KEY, a_mail, fake, is_refused, post, raised, receiver  # noqa: F401


def test_a_sent_mail_can_be_retrieved(fake):
    sent = resend.Emails.send(a_mail(cc="bo@example.com", reply_to=["help@example.com"]))
    mail = resend.Emails.get(sent["id"])
    assert mail["object"] == "email"
    assert mail["to"] == ["ada@example.com"]
    assert mail["cc"] == ["bo@example.com"]
    assert mail["bcc"] == []
    assert mail["reply_to"] == ["help@example.com"]
    assert mail["from"] == "SmartPages <hello@smartpages.example>"
    assert mail["last_event"] == "delivered"
    assert mail["tags"] == [{"name": "template", "value": "login"}]
    assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6}\+00", mail["created_at"])
    assert set(get_type_hints(resend.Email)) <= set(mail)


def test_the_folder_holds_exactly_what_was_posted(fake):
    body = json.dumps(a_mail(subject="Grüße")).encode()
    id = post(fake, body).json()["id"]
    file, = fake.folder.path.iterdir()
    assert re.fullmatch(rf"\d{{4}}-\d\d-\d\dT\d\d-\d\d-\d\d\.\d{{3}}Z-{id}\.json", file.name)
    assert file.read_bytes() == body
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert file.name == fake.mails()[0].file


def test_mails_are_found_by_recipient_and_template(fake):
    resend.Emails.send(a_mail())
    resend.Emails.send(a_mail(to="Bo <Bo@Example.com>", tags=[{"name": "template", "value": "welcome"}]))
    assert [sent.body["subject"] for sent in fake.mails("bo@example.com")] == ["Your code: 123456"]
    assert len(fake.mails(template="login")) == 1
    assert fake.wait_for_mail("bo@example.com", "welcome").last_event == "delivered"


def test_a_batch_answers_an_id_for_each_mail_in_order(fake):
    answer = resend.Batch.send([a_mail(subject=f"Mail {number}") for number in range(100)])
    ids = [each["id"] for each in answer["data"]]
    assert [fake.outbox.find(id).body["subject"] for id in ids] == [f"Mail {number}" for number in range(100)]
    assert len(list(fake.folder.path.iterdir())) == 100


@pytest.mark.parametrize("batch", [[], [a_mail()] * 101, [a_mail(), a_mail(to="nobody")], {},
                                   [a_mail(attachments=[{"content": "eA==", "filename": "x"}])]])
def test_a_wrong_batch_sends_nothing(fake, batch):
    assert is_refused(post(fake, batch, "/emails/batch"), 422, "validation_error")
    assert not fake.mails()


def test_the_list_is_paged_newest_first(fake):
    ids = [resend.Emails.send(a_mail())["id"] for _ in range(5)][::-1]
    first = resend.Emails.list({"limit": 2})
    assert (first["object"], first["has_more"]) == ("list", True)
    assert [each["id"] for each in first["data"]] == ids[:2]
    rest = resend.Emails.list({"limit": 100, "after": ids[1]})
    assert (rest["has_more"], [each["id"] for each in rest["data"]]) == (False, ids[2:])
    before = resend.Emails.list({"limit": 1, "before": ids[2]})
    assert (before["has_more"], [each["id"] for each in before["data"]]) == (True, [ids[1]])


def test_keys_are_checked(fake, monkeypatch):
    id = resend.Emails.send(a_mail())["id"]
    assert is_refused(post(fake, a_mail(), Authorization=None), 401, "missing_api_key")
    assert is_refused(post(fake, a_mail(), Authorization=f"Basic {KEY}"), 401, "missing_api_key")
    monkeypatch.setattr(resend, "api_key", "re_other")
    with raised("invalid_api_key", 403):
        resend.Emails.send(a_mail())
    monkeypatch.setattr(resend, "api_key", SENDING_KEY)
    resend.Emails.send(a_mail())
    with raised("restricted_api_key", 401):
        resend.Emails.get(id)


def test_a_request_without_user_agent_is_refused_by_the_edge(fake):
    answer = post(fake, a_mail(), User_Agent="")
    assert (answer.status_code, answer.text) == (403, "error code: 1010")


def test_unknown_addresses_and_methods(fake):
    assert is_refused(post(fake, {}, "/email"), 404, "not_found")
    assert is_refused(post(fake, {}, "/emails/00000000-0000-0000-0000-000000000000"), 405, "method_not_allowed")
    with raised("not_found", 404):
        resend.Emails.get("00000000-0000-0000-0000-000000000000")
    with raised("invalid_parameter", 422):
        resend.Emails.get("1")


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"from_": ...}, "missing_required_field"),
    ({"to": ...}, "missing_required_field"),
    ({"to": []}, "missing_required_field"),
    ({"subject": ...}, "missing_required_field"),
    ({"subject": None}, "missing_required_field"),
    ({"html": ..., "text": ...}, "missing_required_field"),
    ({"from_": "SmartPages"}, "invalid_from_address"),
    ({"from_": "hello@smartpages.example <SmartPages>"}, "invalid_from_address"),
    ({"from_": "A\r\nBcc: x@example.com <hello@smartpages.example>"}, "invalid_from_address"),
    ({"to": "ada@localhost"}, "validation_error"),
    ({"to": "ada@example.com, bo@example.com"}, "validation_error"),
    ({"to": ["ada@example.com"] * 51}, "validation_error"),
    ({"to": [{"email": "ada@example.com"}]}, "validation_error"),
    ({"cc": "ada"}, "validation_error"),
    ({"reply_to": "ädä@example.com"}, "validation_error"),
    ({"subject": "a\nb"}, "validation_error"),
    ({"subject": 5}, "validation_error"),
    ({"html": {}}, "validation_error"),
    ({"replyTo": "ada@example.com"}, "validation_error"),
    ({"headers": {"X-A": 1}}, "validation_error"),
    ({"headers": {"X A": "b"}}, "validation_error"),
    ({"headers": {"X-A": "b\r\nBcc: c@example.com"}}, "validation_error"),
    ({"tags": {"template": "login"}}, "validation_error"),
    ({"tags": [{"name": "template", "value": "log in"}]}, "validation_error"),
    ({"tags": [{"name": "t" * 257, "value": "login"}]}, "validation_error"),
    ({"attachments": [{"filename": "a.txt"}]}, "invalid_attachment"),
    ({"scheduled_at": "in 1 min"}, "validation_error"),
]


@pytest.mark.parametrize("changes, name", WRONG, ids=[str(changes)[:60] for changes, _ in WRONG])
def test_a_wrong_mail_is_refused(fake, changes, name):
    assert is_refused(post(fake, a_mail(**changes)), 422, name)
    assert not fake.mails() and not list(fake.folder.path.iterdir())


@pytest.mark.parametrize("body, headers", [(b"{", {}), (b"", {}), (b"{}", {"Content-Type": "text/plain"})])
def test_what_is_not_json_is_refused(fake, body, headers):
    assert is_refused(post(fake, body, **headers), 400, "validation_error")


@pytest.mark.parametrize("to", ["ada@example.com", "Ada L. <ada+x@mail.example.com>", '"Ada, L." <a.b@example.com>'])
def test_addresses_may_have_names(fake, to):
    assert post(fake, a_mail(to=to)).status_code == 200


def test_an_unverified_domain_is_refused(fake):
    fake.set(domains=["smartpages.example"])
    resend.Emails.send(a_mail())
    with raised("validation_error", 403) as caught:
        resend.Emails.send(a_mail(from_="hello@other.example"))
    assert "The other.example domain is not verified." in str(caught.value)
    with raised("validation_error", 403):
        resend.Emails.send(a_mail(from_="onboarding@resend.dev"))
    resend.Emails.send(a_mail(from_="onboarding@resend.dev", to="delivered@resend.dev"))


def test_reserved_recipients_are_refused_when_set(fake):
    fake.set(refuses_reserved=True)
    with raised("validation_error", 422):
        resend.Emails.send(a_mail())
    resend.Emails.send(a_mail(to="delivered@resend.dev"))


def test_a_full_folder_accepts_nothing(fake):
    fake.folder.path.rename(fake.folder.path.with_name("moved"))
    assert is_refused(post(fake, a_mail(), Idempotency_Key="k"), 500, "application_error")
    fake.folder.path.with_name("moved").rename(fake.folder.path)
    assert not fake.mails()
    assert fake.limits.state()["used"] == {"daily": 0, "monthly": 0}
    assert post(fake, a_mail(), Idempotency_Key="k").status_code == 200


def test_mails_in_the_folder_survive_a_restart(fake):
    id = resend.Emails.send(a_mail())["id"]
    fake.stop()
    with ResendFake(key=KEY, folder=fake.folder.path) as again:
        assert [sent.id for sent in again.mails("ada@example.com")] == [id]
        assert again.mails()[0].at == pytest.approx(fake.mails()[0].at, abs=0.001)
