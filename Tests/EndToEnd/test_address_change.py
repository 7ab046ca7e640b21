"""A person takes another address: proved by a code, told to both, and other browsers may be logged out."""

import pytest
from client import (Client, Mailbox, age_proofs, code_of, expect, expect_fields, forgive, new_email, wait_for_mail)
from stack import wait_until


def ask(stack, client, email) -> str:
    """Asks for the code at the new address, and gives it."""
    before = len(Mailbox.of(stack).to(email, "proof"))
    expect(client.post("/api/account/email", json={"email": email}), 202)
    return code_of(wait_for_mail(stack, email, "proof", after=before))


def confirm(client, email, code, **more):
    return client.post("/api/account/email/confirm", json={"email": email, "code": code, **more})


def test_the_new_address_logs_in_and_the_old_one_does_not(stack, ada):
    old, new, customer = ada.email, new_email(), ada.identity["customer"]["id"]
    cookie = ada.cookie("session")
    session = expect(confirm(ada, new.upper(), ask(stack, ada, new)), 200)
    assert session["user"]["email"] == new and ada.cookie("session") != cookie
    assert expect(ada.get("/api/session"), 200)["user"]["email"] == new
    for email in (old, new):
        wait_for_mail(stack, email, "address_changed")
    assert stack.sql(f"SELECT email FROM billing.accounts WHERE customer_id = '{customer}'") == [[new]]
    entry = expect(ada.get("/api/activity"), 200)["items"][0]
    assert (entry["action"], entry["user"], entry["subject"], entry["details"]) == (
        "address_changed", new, new, {"from": old})
    assert Client(stack).log_in(new).identity["customer"]["id"] == customer
    forgive(stack)
    assert Client(stack).log_in(old).identity["customer"]["id"] != customer


@pytest.mark.parametrize("ends", [True, False])
def test_other_browsers_are_logged_out_if_one_wants(stack, ada, ends):
    other = Client(stack).log_in(ada.email)
    new = new_email()
    expect(confirm(ada, new, ask(stack, ada, new), end_sessions=ends), 200)
    expect(ada.get("/api/sites"), 200)
    answer = other.get("/api/session")
    if ends:
        expect(answer, 401, "unauthenticated")
    else:
        assert expect(answer, 200)["user"]["email"] == new


def test_it_asks_for_a_recent_proof(stack, ada):
    new = new_email()
    code = ask(stack, ada, new)
    age_proofs(stack, ada)
    expect(confirm(ada, new, code), 403, "proof_required")
    expect(ada.post("/api/account/email", json={"email": new}), 403, "proof_required")
    ada.prove()
    expect(confirm(ada, new, code), 200)


def test_a_code_is_for_its_address_and_works_once(stack, ada):
    old, new = ada.email, new_email()
    code = ask(stack, ada, new)
    expect(confirm(ada, new_email(), code), 401, "login_invalid")
    problem = expect(confirm(ada, new, f"{(int(code) + 1) % 1_000_000:06}"), 401, "login_invalid")
    assert problem["remaining_tries"] == 4
    expect(Client(stack).post("/api/auth/confirm", json={"email": new, "code": code}), 401, "login_invalid")
    assert expect(ada.get("/api/session"), 200)["user"]["email"] == old
    expect(confirm(ada, new, code), 200)
    expect(confirm(ada, new, code), 401, "login_invalid")


def test_anothers_address_is_not_taken(stack, ada, bob):
    mails = len(Mailbox.of(stack).to(bob.email, "address_changed"))
    expect(confirm(ada, bob.email, ask(stack, ada, bob.email)), 409, "address_taken")
    assert expect(ada.get("/api/session"), 200)["user"]["email"] == ada.email
    stack.settled()
    assert len(Mailbox.of(stack).to(bob.email, "address_changed")) == mails


def test_asking_does_not_tell_whether_an_address_is_known(ada, bob):
    known = ada.post("/api/account/email", json={"email": bob.email})
    unknown = ada.post("/api/account/email", json={"email": new_email()})
    assert (known.status_code, known.json()) == (unknown.status_code, unknown.json()) == (202, known.json())


def test_the_fields_are_checked(ada):
    expect_fields(ada.post("/api/account/email", json={"email": "x"}), ("/email", "invalid_email"))
    expect_fields(ada.post("/api/account/email/confirm", json={"end_sessions": 1}),
                  ("/email", "required"), ("/code", "required"), ("/end_sessions", "wrong_type"))


def test_the_same_address_changes_nothing(stack, ada):
    expect(confirm(ada, ada.email, ask(stack, ada, ada.email)), 200)
    wait_until(lambda: stack.is_settled(), what="the end of all jobs")
    assert not Mailbox.of(stack).to(ada.email, "address_changed")
