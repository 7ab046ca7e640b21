"""When the trial has ended, writing and publishing are refused with 402, and published sites stay up."""

from datetime import datetime, timedelta, timezone

import pytest
from client import Client, expect, forget_standings, lay_domain, new_slug
from description import Description
from letters import lay_message
from visitor import page, visit

OPERATIONS = Description.written().operations()
GUARDED = [operation for operation in OPERATIONS if operation.entitlement]
READING = [operation for operation in OPERATIONS if operation.is_safe and operation.access not in ("public", "signature")]


def end_trial(stack, client, ends: datetime) -> None:
    stack.sql(f"UPDATE billing.accounts SET trial_ends_at = '{ends.isoformat()}' "
              f"WHERE customer_id = '{client.identity['customer']['id']}'")
    forget_standings(stack)


class Ended:
    """A customer with a published site, whose trial has ended since."""

    def __init__(self, stack):
        self.client = Client(stack).log_in()
        self.site = self.client.new_site(title="Still here")
        self.ids = {
            "site": self.site["id"], "page": self.client.new_page(self.site)["id"],
            "link": self.client.new_link(self.site)["id"], "number": self.client.publish(self.site)["number"],
            "session": self.client.identity["session"]["id"], "trash": self.client.identity["session"]["id"],
            "message": lay_message(self.client, self.site), "image": self.client.new_image()["id"], "file": "320",
            "short_link": self.client.new_short_link(self.site)["id"], "kind": "vcard",
            "qr_file": f"{self.site['id']}.svg", "export": self.client.new_export()["id"],
            "domain": lay_domain(self.client, self.site),
        }
        end_trial(stack, self.client, datetime.now(timezone.utc) - timedelta(seconds=1))


@pytest.fixture(scope="module")
def ended(stack):
    return Ended(stack)


def test_the_session_says_so(ended):
    entitlements = expect(ended.client.get("/api/session"), 200)["entitlements"]
    assert entitlements["status"] == "trial_ended"
    assert entitlements["write"] is False and entitlements["publish"] is False


@pytest.mark.parametrize("operation", GUARDED, ids=str)
def test_writing_and_publishing_are_refused(ended, operation):
    answer = ended.client.request(operation.method, operation.url(ended.ids), json=operation.example)
    problem = expect(answer, 402, "trial_ended")
    assert problem["entitlement"] == operation.entitlement
    assert problem["detail"]


@pytest.mark.parametrize("operation", READING, ids=str)
def test_reading_goes_on(ended, operation):
    assert ended.client.request(operation.method, operation.url(ended.ids)).status_code == 200


def test_published_sites_stay_up(stack, ended):
    assert "Still here" in page(stack, ended.site["slug"])
    assert visit(stack, ended.site["slug"], "/about/").status_code == 200


def test_one_can_still_log_in_and_out_and_choose_a_language(stack, ended):
    other = Client(stack).log_in(ended.client.email)
    assert other.identity["entitlements"]["status"] == "trial_ended"
    expect(other.patch("/api/session", json={"locale": "de"}), 200)
    expect(other.delete("/api/session"), 204)


def test_one_can_take_ones_own_site_offline(stack):
    ended = Ended(stack)
    expect(ended.client.delete(f"/api/sites/{ended.site['id']}"), 204)
    assert visit(stack, ended.site["slug"]).status_code in (404, 410)


def test_all_is_well_again_when_the_plan_allows_it(stack):
    ended = Ended(stack)
    expect(ended.client.post("/api/sites", json={"slug": new_slug(), "title": "x"}), 402)
    end_trial(stack, ended.client, datetime.now(timezone.utc) + timedelta(days=1))
    ended.client.new_site()
    ended.client.publish(ended.site)


def test_the_end_is_not_missed_by_what_is_kept_in_memory(stack):
    """The end lies a moment ahead when it is read, and is kept in memory; still nobody writes after it."""
    from stack import wait_until

    client = Client(stack).log_in()
    end_trial(stack, client, datetime.now(timezone.utc) + timedelta(seconds=3))
    assert expect(client.get("/api/session"), 200)["entitlements"]["status"] == "trialing"
    wait_until(lambda: client.get("/api/session").json()["entitlements"]["status"] == "trial_ended", 8, "the end")
    expect(client.post("/api/sites", json={"slug": new_slug(), "title": "x"}), 402, "trial_ended")


def test_another_customers_trial_is_their_own(stack, ended, ada):
    assert ada.identity["entitlements"]["status"] == "trialing"
    ada.new_site()
