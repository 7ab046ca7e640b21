"""The end of an account: announced, taken back while there is time, and then really gone."""

import os
import re
import subprocess
import time
from datetime import datetime, timedelta, timezone

import pytest
from client import (Client, Mailbox, age_proofs, expect, expect_fields, forget_standings, new_email, token_of,
                    wait_for_mail)
from letters import lay_message
from stack import wait_until
from visitor import visit

WORDS = "Wombat-Kaleidoskop"


def end(client, name: str | None = None, **options):
    name = name or expect(client.get("/api/customer"), 200)["name"]
    return client.delete("/api/customer", json={"confirm": name}, **options)


def let_time_come(stack, customer: str) -> None:
    """The fourteen days are over."""
    stack.sql(f"UPDATE customer.customers SET deletion_at = now() - interval '1 minute' WHERE id = '{customer}';"
              f"UPDATE jobs.jobs SET run_at = now() WHERE key = 'customer.remove:{customer}'")


def is_gone(stack, customer: str) -> bool:
    return not stack.sql(f"SELECT 1 FROM customer.customers WHERE id = '{customer}'")


def wait_until_gone(stack, customer: str) -> None:
    wait_until(lambda: is_gone(stack, customer), 60, "the end")


def sweep_without_grace(stack) -> None:
    for path in (stack.bucket / "blob").rglob("*"):
        if path.is_file():
            os.utime(path, (time.time() - 3 * 86_400,) * 2)
    key = f"test-{new_email()}"
    stack.sql(f"INSERT INTO jobs.jobs (kind, key) VALUES ('customer.sweep', '{key}')")
    wait_until(lambda: stack.sql(f"SELECT 1 FROM jobs.jobs WHERE key = '{key}' AND state = 'completed'"), 60)


def dump(stack) -> dict[str, list[str]]:
    """All rows of the database as text, by table."""
    tables = [name for (name,) in stack.sql(
        "SELECT format('%I.%I', schemaname, tablename) FROM pg_tables "
        "WHERE schemaname IN ('customer', 'billing', 'mailer', 'jobs')")]
    return {table: [row for (row,) in stack.sql(f"SELECT to_jsonb(t)::text FROM {table} t")] for table in tables}


def test_the_name_must_be_typed(ada):
    expect_fields(end(ada, "Somebody else"), ("/confirm", "invalid"))
    expect_fields(ada.delete("/api/customer", json={}), ("/confirm", "required"))
    assert expect(ada.get("/api/customer"), 200)["deletion_at"] is None


def test_it_is_planned_two_weeks_ahead_and_everything_stays_till_then(stack, ada, site):
    ada.publish(site)
    before = expect(ada.get("/api/customer"), 200)
    planned = expect(end(ada), 200)
    days = datetime.fromisoformat(planned["deletion_at"]) - datetime.now(timezone.utc)
    assert timedelta(days=13, hours=23) < days <= timedelta(days=14)
    assert planned["version"] == before["version"] + 1
    assert expect(end(ada), 200)["deletion_at"] == planned["deletion_at"], "the day stays"
    assert "call" in wait_for_mail(stack, ada.email, "deletion_scheduled")["text"]
    assert visit(stack, site["slug"]).status_code == 200
    ada.new_page(site)
    assert "deletion_scheduled" in [entry["action"] for entry in ada.all_items("/api/activity")]


def test_it_can_be_called_off(stack, ada, site):
    ada.publish(site)
    expect(end(ada), 200)
    age_proofs(stack, ada)
    kept = expect(ada.post("/api/customer/restore", json={}), 200)
    assert kept["deletion_at"] is None
    customer = ada.identity["customer"]["id"]
    assert not stack.sql(f"SELECT 1 FROM jobs.jobs WHERE key = 'customer.remove:{customer}'")
    assert expect(ada.post("/api/customer/restore", json={}), 200) == kept, "again: nothing to do"
    assert visit(stack, site["slug"]).status_code == 200


def test_once_the_moment_has_come_there_is_no_way_back(stack, ada):
    expect(end(ada), 200)
    stack.sql("UPDATE customer.customers SET deletion_at = now() - interval '1 second' "
              f"WHERE id = '{ada.identity['customer']['id']}'")
    expect(ada.post("/api/customer/restore", json={}), 409, "conflict")


def test_it_needs_an_owner_with_a_recent_proof_and_nothing_paid(stack, ada, bob):
    stack.subscribe(ada, "business")
    member = ada.new_member()
    expect(end(member, "x"), 403, "forbidden")
    expect(member.post("/api/customer/restore", json={}), 403, "forbidden")
    age_proofs(stack, ada)
    expect(end(ada), 403, "proof_required")
    stack.sql(f"UPDATE billing.accounts SET trial_ends_at = now() - interval '1 day' "
              f"WHERE customer_id = '{bob.identity['customer']['id']}'")
    expect(end(bob), 200)


def test_a_stale_version_is_told(ada):
    expect(end(ada, if_match=77), 412, "stale")


def test_the_subscription_ends_with_its_period_and_goes_on_when_it_is_called_off(stack, ada):
    stack.subscribe(ada, "business")
    ended = lambda: expect(ada.get("/api/billing"), 200)["cancel_at"]  # noqa: E731
    assert ended() is None
    expect(end(ada), 200)
    wait_until(ended, 30, "the planned end")
    expect(ada.post("/api/customer/restore", json={}), 200)
    wait_until(lambda: ended() is None, 30, "going on")


def test_who_had_cancelled_before_stays_cancelled(stack, ada):
    stack.subscribe(ada, "business")
    planned = expect(ada.post("/api/billing/cancel", json={}), 200)["cancel_at"]
    expect(end(ada), 200)
    expect(ada.post("/api/customer/restore", json={}), 200)
    wait_until(lambda: not stack.sql("SELECT 1 FROM jobs.jobs WHERE kind = 'billing.leave' "
                                     "AND state IN ('available', 'running')"), 30)
    assert expect(ada.get("/api/billing"), 200)["cancel_at"] == planned


def test_the_other_members_are_told(stack, ada):
    stack.subscribe(ada, "business")
    member = ada.new_member()
    expect(end(ada), 200)
    text = wait_for_mail(stack, member.email, "deletion_announced")["text"]
    assert ada.email in text
    assert not Mailbox.of(stack).to(ada.email, "deletion_announced")


class Leaver:
    """A customer who has everything, and words that stand nowhere else."""

    def __init__(self, stack):
        self.client = Client(stack).log_in(f"{WORDS.lower()}@example.com")
        client = self.client
        self.customer = client.identity["customer"]["id"]
        stack.subscribe(client, "agency")
        expect(client.patch("/api/customer", json={"name": f"Firma {WORDS}"}), 200)
        self.member = client.new_member()
        self.elsewhere = client.new_member()
        self.invited = f"{WORDS.lower()}-invited@example.com"
        client.invite(self.invited)
        image = client.new_image(name=f"{WORDS}.png")
        expect(client.put("/api/profile", json={"name": WORDS, "bio": WORDS, "picture": image["id"]}), 200)
        self.site = client.new_site(title=WORDS)
        client.new_page(self.site, "about", blocks=[{"kind": "text", "markdown": WORDS}])
        client.new_link(self.site, WORDS)
        client.new_short_link(self.site)
        gone = client.new_link(self.site, f"{WORDS} in the trash")
        expect(client.delete(f"/api/sites/{self.site['id']}/links/{gone['id']}"), 204)
        client.publish(self.site, note=WORDS)
        lay_message(client, self.site)
        self.preview = expect(client.post(f"/api/sites/{self.site['id']}/preview", json={}), 201)["url"]
        stack.sql(f"INSERT INTO customer.site_days (site_id, day, views) VALUES ('{self.site['id']}', now(), 3)")
        self.export = client.new_export()["id"]


@pytest.fixture(scope="module")
def gone(stack):
    """A customer who has gone, with a member who works elsewhere as well."""
    leaver = Leaver(stack)
    own = Client(stack).log_in()
    stack.subscribe(own, "business")
    email = leaver.elsewhere.email
    own.invite(email)
    token = token_of(wait_for_mail(stack, email, "invitation", after=1))
    leaver.elsewhere.accept(token)
    assert visit(stack, leaver.site["slug"]).status_code == 200
    expect(end(leaver.client), 200)
    stack.settled()
    let_time_come(stack, leaver.customer)
    wait_until_gone(stack, leaver.customer)
    stack.settled()
    return leaver


def test_then_its_people_are_out(stack, gone):
    expect(gone.client.get("/api/session"), 401, "unauthenticated")
    expect(gone.member.get("/api/session"), 401, "unauthenticated")
    left = expect(gone.elsewhere.get("/api/session"), 200)
    assert left["customer"]["id"] != gone.customer


def test_what_visitors_wrote_is_gone_too(stack, gone):
    assert not stack.sql(f"SELECT 1 FROM customer.messages WHERE customer_id = '{gone.customer}'")


def test_its_sites_say_that_nothing_is_there_any_more(stack, gone):
    wait_until(lambda: visit(stack, gone.site["slug"]).status_code == 410, 30)
    slug = re.match(r"https?://([^.]+)\.", gone.preview)[1]
    wait_until(lambda: visit(stack, slug).status_code in (404, 410), 30)


def test_nothing_of_it_is_left_in_the_database(stack, gone):
    found = {}
    for table, rows in dump(stack).items():
        for row in rows:
            if WORDS.lower() in row.lower():
                found.setdefault(table, []).append(row)
    # Mails to others are theirs, for a month; so is the log of another customer.
    mails = [row for row in found.pop("mailer.mails", [])]
    assert all(gone.elsewhere.email in row for row in mails), mails
    assert not found


def test_nothing_of_it_is_left_on_the_volume(stack, gone):
    site = gone.site["id"]
    assert not (stack.bucket / "exports" / f"{gone.export}.zip").exists()
    sweep_without_grace(stack)
    assert not (stack.bucket / "sites" / site).exists() and not (stack.bucket / "deploys" / site).exists()
    for path in stack.bucket.rglob("*"):
        if path.is_file():
            assert WORDS.encode() not in path.read_bytes(), path
    found = subprocess.run(["grep", "-rlia", WORDS, str(stack.bucket)], capture_output=True, text=True)
    assert found.stdout == "", "nor in the names of files"


def test_what_the_law_demands_is_kept_without_a_name(stack, gone):
    (account,) = stack.sql("SELECT email, name, language, stripe_customer, closed_stripe_customer, status "
                           f"FROM billing.accounts WHERE customer_id = '{gone.customer}'")
    assert account[:4] == ["", "", "", ""] and account[4].startswith("cus_") and account[5] == "canceled"
    invoices = stack.sql(f"SELECT number, amount, url FROM billing.invoices WHERE customer_id = '{gone.customer}'")
    assert invoices and all(number and amount and not url for number, amount, url in invoices)
    subscriptions = [each for each in stack.stripe.all("subscription") if each["customer"] == account[4]]
    wait_until(lambda: {each["status"] for each in stack.stripe.all("subscription")
                        if each["customer"] == account[4]} == {"canceled"}, 30)
    assert subscriptions


def test_what_stripe_tells_afterwards_is_not_kept(stack, gone):
    (account,) = stack.sql(f"SELECT closed_stripe_customer FROM billing.accounts WHERE customer_id = '{gone.customer}'")
    stack.settled()
    key = f"test-{new_email()}"
    stack.sql(f"INSERT INTO jobs.jobs (kind, key) VALUES ('billing.inbox', '{key}')")
    wait_until(lambda: stack.sql(f"SELECT 1 FROM jobs.jobs WHERE key = '{key}' AND state = 'completed'"), 60)
    assert not stack.sql(f"SELECT 1 FROM billing.events WHERE stripe_customer = '{account[0]}' AND payload <> ''")


def test_who_comes_again_begins_anew_without_a_second_trial(stack, gone):
    again = Client(stack).log_in(f"{WORDS.lower()}@example.com")
    assert again.identity["customer"]["id"] != gone.customer
    assert again.all_items("/api/sites") == []
    ends = stack.sql(f"SELECT trial_ends_at FROM billing.accounts WHERE customer_id IN "
                     f"('{gone.customer}', '{again.identity['customer']['id']}')")
    assert len(ends) == 2 and ends[0] == ends[1], "the trial that was is the one there is"
    # For the tests that look for what is left.
    expect(end(again), 200)
    let_time_come(stack, again.identity["customer"]["id"])
    wait_until_gone(stack, again.identity["customer"]["id"])
    forget_standings(stack)
