"""Who may act for a customer: invited by mail, with a role that holds at once, and never without an owner."""

import subprocess

import pytest
from client import (Client, Mailbox, age_proofs, at_once, code_of, expect, expect_fields, forgive, new_email, token_of,
                    wait_for_mail)
from stack import wait_until


@pytest.fixture
def firm(stack, ada):
    """Ada's customer, under a plan for three people."""
    stack.subscribe(ada, "business")
    return ada


@pytest.fixture
def agency(stack, ada):
    """Ada's customer, under a plan for 25 people."""
    stack.subscribe(ada, "agency")
    return ada


def invitation_token(stack, email, after=0) -> str:
    return token_of(wait_for_mail(stack, email, "invitation", after=after))


def roles(client) -> dict[str, str]:
    return {member["email"]: member["role"] for member in client.all_items("/api/members")}


def role_of(client) -> str:
    return expect(client.get("/api/session"), 200)["customer"]["role"]


# --- Several customers

def test_a_person_acts_for_one_customer_at_a_time_and_can_change_it(stack, firm, bob):
    own, email = bob.identity["customer"], bob.email
    firm.invite(email, "editor")
    bob.accept(invitation_token(stack, email))
    assert bob.identity["customer"] == {
        "id": firm.identity["customer"]["id"], "name": firm.identity["customer"]["name"], "role": "editor"}
    assert {entry["id"]: entry["role"] for entry in bob.all_items("/api/customers")} == {
        own["id"]: "owner", firm.identity["customer"]["id"]: "editor"}
    site = firm.new_site()
    expect(bob.get(f"/api/sites/{site['id']}"), 200)

    session = expect(bob.put("/api/session/customer", json={"customer": own["id"]}), 200)
    assert session["customer"] == own and session["entitlements"]["plan"] == "trial"
    expect(bob.get(f"/api/sites/{site['id']}"), 404)
    assert expect(bob.get("/api/session"), 200)["customer"] == own


def test_each_session_has_its_own_customer(stack, firm, bob):
    own, email = bob.identity["customer"]["id"], bob.email
    other = Client(stack).log_in(email)
    firm.invite(email)
    bob.accept(invitation_token(stack, email))
    assert expect(other.get("/api/session"), 200)["customer"]["id"] == own
    assert expect(bob.get("/api/session"), 200)["customer"]["id"] == firm.identity["customer"]["id"]


def test_nobody_acts_for_a_customer_that_they_do_not_belong_to(ada, bob):
    expect(bob.put("/api/session/customer", json={"customer": ada.identity["customer"]["id"]}), 404, "not_found")
    expect_fields(bob.put("/api/session/customer", json={"customer": "x"}), ("/customer", "invalid"))
    assert expect(bob.get("/api/session"), 200)["customer"] == bob.identity["customer"]


# --- Invitations

def test_who_was_invited_logs_in_for_the_first_time_without_a_customer(stack, firm):
    email = new_email()
    invitation = firm.invite(email, "viewer")
    assert (invitation["email"], invitation["role"]) == (email, "viewer")
    assert [entry["id"] for entry in firm.all_items("/api/invitations")] == [invitation["id"]]
    grace = Client(stack).log_in(email)
    assert grace.identity["customer"] is None and grace.identity["entitlements"] is None
    expect(grace.get("/api/sites"), 403, "no_customer")
    assert grace.all_items("/api/customers") == []
    grace.accept(invitation_token(stack, email))
    assert role_of(grace) == "viewer"
    assert firm.all_items("/api/invitations") == []
    assert roles(firm) == {firm.email: "owner", email: "viewer"}
    assert not Mailbox.of(stack).to(email, "welcome"), "no customer and no trial of their own"


def test_being_invited_keeps_nobody_from_a_beginning_of_their_own(stack, firm):
    email = new_email()
    firm.invite(email)
    grace = Client(stack).log_in(email)
    session = expect(grace.post("/api/customers", json={}), 201)
    assert session["customer"]["role"] == "owner" and session["entitlements"]["plan"] == "trial"
    expect(grace.post("/api/customers", json={}), 409, "conflict")
    assert role_of(grace) == "owner"


def test_the_mail_holds_the_only_token(stack, firm):
    email = new_email()
    firm.invite(email)
    mail = wait_for_mail(stack, email, "invitation")
    token = token_of(mail)
    assert f"{stack.app_url}/invitation#token={token}" in mail["text"] and firm.email in mail["text"]
    assert len(token) >= 22, "128 bits take 22 characters"
    wait_until(lambda: stack.sql("SELECT count(*) FROM mailer.mails WHERE template = 'invitation' "
                                 f"AND recipient = '{email}'") == [["0"]], what="the mail's erasure")
    assert token not in str(stack.sql("SELECT * FROM customer.invitations"))
    for name in ("core", "access-app", "nginx"):
        assert token not in stack.log(name)


def test_an_invitation_is_for_one_address(stack, firm, bob):
    email = new_email()
    firm.invite(email)
    token = invitation_token(stack, email)
    expect(bob.post("/api/invitations/accept", json={"token": token}), 403, "invitation_for_other")
    Client(stack).log_in(email).accept(token)


def test_an_invitation_works_once(stack, firm):
    email = new_email()
    firm.invite(email)
    token = invitation_token(stack, email)
    grace = Client(stack).log_in(email)
    clients = [grace.clone() for _ in range(20)]
    answers = at_once(20, lambda i: clients[i].post("/api/invitations/accept", json={"token": token}))
    assert sorted(answer.status_code for answer in answers) == [200] + [404] * 19
    assert all(answer.json()["code"] == "invitation_invalid" for answer in answers if answer.status_code == 404)
    assert roles(firm) == {firm.email: "owner", email: "editor"}


@pytest.mark.parametrize("end", ["expired", "withdrawn", "replaced", "unknown"])
def test_an_invitation_that_has_ended_is_none(stack, firm, end):
    email = new_email()
    invitation = firm.invite(email)
    token = invitation_token(stack, email)
    grace = Client(stack).log_in(email)
    match end:
        case "expired":
            stack.sql(f"UPDATE customer.invitations SET expires_at = now() WHERE id = '{invitation['id']}'")
        case "withdrawn":
            expect(firm.delete(f"/api/invitations/{invitation['id']}"), 204)
            expect(firm.delete(f"/api/invitations/{invitation['id']}"), 404, "not_found")
        case "replaced":
            firm.invite(email, "viewer")
        case "unknown":
            token = token[:-1] + ("A" if token[-1] != "A" else "B")
    expect(grace.post("/api/invitations/accept", json={"token": token}), 404, "invitation_invalid")
    if end == "replaced":
        grace.accept(invitation_token(stack, email, after=1))
        assert role_of(grace) == "viewer"


def test_who_is_a_member_is_not_invited(firm):
    member = firm.new_member()
    for email in (member.email, firm.email, member.email.upper()):
        expect(firm.post("/api/invitations", json={"email": email, "role": "viewer"}), 409, "already_member")


def test_an_invitation_names_an_address_and_a_role(firm):
    expect_fields(firm.post("/api/invitations", json={}), ("/email", "required"), ("/role", "required"))
    expect_fields(firm.post("/api/invitations", json={"email": "x", "role": "king"}),
                  ("/email", "invalid_email"), ("/role", "invalid"))


def test_a_repeat_with_the_key_sends_one_mail(stack, firm):
    email = new_email()
    body = {"email": email, "role": "editor"}
    first, second = (firm.post("/api/invitations", json=body, key="once") for _ in range(2))
    assert expect(first, 201) == expect(second, 201)
    wait_for_mail(stack, email, "invitation")
    stack.settled()
    assert len(Mailbox.of(stack).to(email, "invitation")) == 1


def test_members_and_invitations_together_stay_within_the_plan(stack, firm):
    clients = [firm.clone() for _ in range(10)]
    answers = at_once(10, lambda i: clients[i].post("/api/invitations", json={"email": new_email(), "role": "viewer"}))
    assert sorted(answer.status_code for answer in answers) == [201] * 2 + [402] * 8
    problem = next(answer.json() for answer in answers if answer.status_code == 402)
    assert (problem["code"], problem["entitlement"], problem["limit"], problem["plan"]) == (
        "limit_reached", "members", 3, "agency")
    # One that has ended makes room.
    made = firm.all_items("/api/invitations")
    expect(firm.delete(f"/api/invitations/{made[0]['id']}"), 204)
    firm.invite(new_email())
    expect(firm.post("/api/invitations", json={"email": new_email(), "role": "viewer"}), 402, "limit_reached")


def test_a_trial_is_for_one(ada):
    expect(ada.post("/api/invitations", json={"email": new_email(), "role": "editor"}), 402, "limit_reached")


# --- Roles

def test_a_role_holds_at_once(firm):
    member = firm.new_member("viewer")
    expect(member.post("/api/sites", json={"slug": "nothing-yet", "title": "No"}), 403, "forbidden")
    changed = expect(firm.patch(f"/api/members/{member.user}", json={"role": "editor"}), 200)
    assert (changed["email"], changed["role"], changed["paused"]) == (member.email, "editor", False)
    member.new_site()
    expect(firm.patch(f"/api/members/{member.user}", json={"role": "viewer"}), 200)
    expect(member.post("/api/sites", json={"slug": "nothing-more", "title": "No"}), 403, "forbidden")
    expect_fields(firm.patch(f"/api/members/{member.user}", json={"role": "boss"}), ("/role", "invalid"))
    expect_fields(firm.patch(f"/api/members/{member.user}", json={}), ("/role", "required"))


def test_who_is_removed_has_nothing_of_the_customer_at_once(stack, firm):
    member = firm.new_member()
    site = firm.new_site()
    expect(member.get(f"/api/sites/{site['id']}"), 200)
    expect(firm.delete(f"/api/members/{member.user}"), 204)
    expect(member.get(f"/api/sites/{site['id']}"), 403, "no_customer")
    assert expect(member.get("/api/session"), 200)["customer"] is None
    expect(firm.delete(f"/api/members/{member.user}"), 404, "not_found")
    # Logging in anew gives what a new person gets.
    again = Client(stack).log_in(member.email)
    assert again.identity["customer"]["role"] == "owner"
    assert expect(member.get("/api/session"), 200)["customer"] == again.identity["customer"]


def test_a_session_falls_back_to_another_customer_and_stays_there(stack, firm, bob):
    own, email = bob.identity["customer"]["id"], bob.email
    firm.invite(email)
    bob.accept(invitation_token(stack, email))
    expect(firm.delete(f"/api/members/{bob.user}"), 204)
    # What was meant for the one is not done for the other.
    expect(bob.patch("/api/customer", json={"name": "Meant for Ada's"}), 403, "no_customer")
    assert expect(bob.get("/api/session"), 200)["customer"]["id"] == own
    other = Client(stack).log_in(email)
    firm.invite(email)
    other.accept(invitation_token(stack, email, after=1))
    assert expect(bob.get("/api/session"), 200)["customer"]["id"] == own


def test_everybody_may_leave_but_the_last_owner(firm):
    member = firm.new_member("viewer")
    expect(member.delete(f"/api/members/{firm.user}"), 403, "forbidden")
    expect(member.delete(f"/api/members/{member.user}"), 204)
    assert roles(firm) == {firm.email: "owner"}
    expect(firm.delete(f"/api/members/{firm.user}"), 409, "last_owner")
    expect(firm.patch(f"/api/members/{firm.user}", json={"role": "editor"}), 409, "last_owner")


def test_two_owners_who_lower_each_other_leave_one(firm):
    other = firm.new_member("owner")
    answers = at_once(2, lambda i: (firm, other)[i].patch(
        f"/api/members/{(other, firm)[i].user}", json={"role": "editor"}))
    assert sorted(answer.status_code for answer in answers) == [200, 403]
    reader = firm if answers[0].status_code == 200 else other
    assert sorted(roles(reader).values()) == ["editor", "owner"]


def test_two_owners_who_lower_themselves_leave_one(firm):
    other = firm.new_member("owner")
    answers = at_once(2, lambda i: (firm, other)[i].patch(
        f"/api/members/{(firm, other)[i].user}", json={"role": "viewer"}))
    assert sorted(answer.status_code for answer in answers) == [200, 409]
    assert sorted(roles(firm).values()) == ["owner", "viewer"]


def contact(stack, client) -> str:
    return stack.sql(
        f"SELECT email FROM billing.accounts WHERE customer_id = '{client.identity['customer']['id']}'")[0][0]


def test_the_ownership_is_given_to_another_member_with_the_payment_mails(stack, firm, bob):
    member = firm.new_member("viewer")
    for wrong in (bob.user, firm.user, "x", "0199a6c2-7d1e-7a40-8c55-3f0e9b1d2a60"):
        expect_fields(firm.post("/api/members/transfer", json={"user": wrong}), ("/user", "invalid"))
    given = expect(firm.post("/api/members/transfer", json={"user": member.user}), 200)
    assert (given["email"], given["role"]) == (member.email, "owner")
    assert (role_of(firm), role_of(member)) == ("editor", "owner")
    assert contact(stack, firm) == member.email
    expect(firm.post("/api/members/transfer", json={"user": member.user}), 403, "forbidden")


def test_the_payment_mails_go_to_the_next_owner_when_the_first_leaves(stack, firm):
    other = firm.new_member("owner")
    assert contact(stack, firm) == firm.email
    expect(firm.delete(f"/api/members/{firm.user}"), 204)
    assert contact(stack, other) == other.email


def test_a_smaller_plan_lets_the_newest_members_read_only(stack, firm):
    first, second = firm.new_member("editor"), firm.new_member("owner")

    def change(plan):
        preview = expect(firm.post("/api/billing/change/preview", json={"plan": plan, "interval": "month"}), 200)
        expect(firm.post("/api/billing/change", json={"preview": preview["preview"]}), 200)

    def paused():
        return {member["email"] for member in firm.all_items("/api/members") if member["paused"]}

    change("start")
    wait_until(lambda: paused() == {first.email, second.email}, what="the pause")
    wait_until(lambda: role_of(first) == role_of(second) == "viewer", what="the roles")
    assert roles(firm)[first.email] == "editor", "the role itself is kept"
    expect(first.post("/api/sites", json={"slug": "not-now", "title": "No"}), 403, "forbidden")
    expect(second.patch(f"/api/members/{firm.user}", json={"role": "viewer"}), 403, "forbidden")
    # Who comes after the first owner has the place when the first owner goes.
    change("business")
    wait_until(lambda: paused() == set(), what="the return")
    wait_until(lambda: (role_of(first), role_of(second)) == ("editor", "owner"), what="the roles")


def test_of_several_owners_one_can_always_act(stack, firm):
    other = firm.new_member("owner")
    preview = expect(firm.post("/api/billing/change/preview", json={"plan": "start", "interval": "month"}), 200)
    expect(firm.post("/api/billing/change", json={"preview": preview["preview"]}), 200)
    wait_until(lambda: role_of(other) == "viewer", what="the pause")
    expect(firm.delete(f"/api/members/{firm.user}"), 204)
    assert role_of(other) == "owner"


# --- Recent proof

@pytest.fixture
def stale(stack, firm):
    """Ada's session, whose last proof is older than ten minutes."""
    firm.site = firm.new_site()
    firm.member = firm.new_member()
    age_proofs(stack, firm)
    return firm


def dangerous(client):
    yield client.delete(f"/api/members/{client.member.user}")
    yield client.post("/api/members/transfer", json={"user": client.member.user})
    yield client.post("/api/billing/portal", json={})
    yield client.delete(f"/api/sites/{client.site['id']}")


def test_what_is_grave_asks_for_a_recent_proof(stale):
    for answer in dangerous(stale):
        expect(answer, 403, "proof_required")
    expect(stale.get(f"/api/sites/{stale.site['id']}"), 200)
    stale.prove()
    expect(stale.delete(f"/api/sites/{stale.site['id']}"), 204)
    expect(stale.delete(f"/api/members/{stale.member.user}"), 204)


def test_the_role_is_told_before_the_proof(stack, stale):
    age_proofs(stack, stale.member)
    expect(stale.member.delete(f"/api/sites/{stale.site['id']}"), 403, "forbidden")


def test_a_proof_gives_the_session_a_new_cookie_and_the_old_one_no_rights(stack, stale):
    old, session = stale.cookie("session"), stale.identity["session"]["id"]
    stale.prove()
    assert stale.cookie("session") != old and stale.identity["session"]["id"] == session
    assert [entry["id"] for entry in stale.all_items("/api/sessions")] == [session]
    left = Client(stack)
    answer = left.delete(f"/api/sites/{stale.site['id']}", headers={"Cookie": f"session={old}"})
    assert answer.status_code in (401, 403) and answer.json()["code"] in ("unauthenticated", "proof_required")
    wait_until(lambda: left.get("/api/session", headers={"Cookie": f"session={old}"}).status_code == 401, 15,
               "the end of the old cookie")
    expect(stale.get("/api/session"), 200)


def test_a_code_is_for_its_purpose_and_has_five_tries(stack, stale):
    email = stale.email
    forgive(stack)
    login = stale.clone().ask_for_login(email)
    expect(stale.post("/api/auth/proof/start", json={}), 202)
    code = code_of(wait_for_mail(stack, email, "proof"))
    if code_of(login) != code:
        expect(Client(stack).post("/api/auth/confirm", json={"email": email, "code": code}), 401, "login_invalid")
        problem = expect(stale.post("/api/auth/proof", json={"code": code_of(login)}), 401, "login_invalid")
        assert problem["remaining_tries"] == 4
    wrong = f"{(int(code) + 1) % 1_000_000:06}"
    for _ in range(5):
        answer = stale.post("/api/auth/proof", json={"code": wrong})
    expect(answer, 401, "login_invalid")
    expect(stale.post("/api/auth/proof", json={"code": code}), 401, "login_invalid")
    expect(stale.delete(f"/api/sites/{stale.site['id']}"), 403, "proof_required")


def test_the_mail_of_a_proof_holds_a_code_and_nothing_to_click(stack, ada):
    expect(ada.post("/api/auth/proof/start", json={}), 202)
    mail = wait_for_mail(stack, ada.email, "proof")
    assert "http" not in mail["text"] and code_of(mail) in mail["subject"]


# --- Activity

def test_the_activity_tells_who_did_what(stack, firm):
    member = firm.new_member("editor")
    site = member.new_site(title="Tea room")
    member.publish(site)
    member.publish(site)
    expect(member.post(f"/api/sites/{site['id']}/versions/1/restore", json={}), 200)
    expect(firm.patch(f"/api/members/{member.user}", json={"role": "viewer"}), 200)
    expect(firm.put("/api/customer/legal/imprint", json={"mode": "form"}), 200)
    expect(firm.delete(f"/api/sites/{site['id']}"), 204)
    expect(firm.delete(f"/api/members/{member.user}"), 204)
    wait_until(lambda: any(entry["action"] == "plan_changed" for entry in firm.all_items("/api/activity")))
    told = [(entry["action"], entry["user"], entry["subject"], entry["details"])
            for entry in reversed(firm.all_items("/api/activity", limit=3))]
    assert told[0][:3] == ("login", firm.email, None)
    assert set(told[0][3]) == {"browser"}
    # The trial goes over into the plan.
    assert ("plan_changed", None, None, {"plan": "business", "status": "trialing"}) in told
    assert [entry for entry in told if entry[0] not in ("login", "plan_changed")] == [
        ("member_invited", firm.email, member.email, {"role": "editor"}),
        ("member_joined", member.email, None, {"role": "editor"}),
        ("site_created", member.email, "Tea room", {}),
        ("site_published", member.email, "Tea room", {"version": 1}),
        ("site_published", member.email, "Tea room", {"version": 2}),
        ("version_restored", member.email, "Tea room", {"version": 1}),
        ("role_changed", firm.email, member.email, {"from": "editor", "to": "viewer"}),
        ("legal_text_changed", firm.email, None, {"kind": "imprint"}),
        ("site_deleted", firm.email, "Tea room", {}),
        ("member_removed", firm.email, member.email, {}),
    ]


def test_the_activity_of_one_is_not_the_others(ada, bob):
    ada.new_site(title="Only Ada's")
    assert all(entry["subject"] != "Only Ada's" for entry in bob.all_items("/api/activity"))


@pytest.mark.parametrize("statement", [
    "UPDATE customer.activity SET action = 'nothing'", "DELETE FROM customer.activity",
    "UPDATE customer.activity SET at = now() - interval '3 years'",
])
def test_the_past_is_not_rewritten(stack, ada, statement):
    with pytest.raises(subprocess.CalledProcessError) as refused:
        stack.sql(statement)
    assert "append-only" in refused.value.stderr


def test_the_activity_goes_with_its_customer_and_its_user(stack, bob):
    stack.sql(f"DELETE FROM customer.users WHERE id = '{bob.user}'")
    customer = bob.identity["customer"]["id"]
    kept = stack.sql(f"SELECT DISTINCT user_id IS NULL FROM customer.activity WHERE customer_id = '{customer}'")
    assert kept == [["t"]]
    stack.sql(f"DELETE FROM customer.customers WHERE id = '{customer}'")
    assert stack.sql(f"SELECT 1 FROM customer.activity WHERE customer_id = '{customer}'") == []
