"""Schedules: a site is published and taken offline by itself, at the moment, whatever was restarted in between."""

from datetime import UTC, datetime, timedelta

import pytest
from client import Client, expect, expect_fields, forget_standings, rfc3339, wait_for_mail
from markup import Document
from stack import wait_until
from visitor import page, visit


def soon(seconds: float) -> str:
    return rfc3339(datetime.now(UTC) + timedelta(seconds=seconds))


def read(client, site) -> dict:
    return expect(client.get(f"/api/sites/{site['id']}"), 200)


def plan(client, site, publish_at=None, unpublish_at=None, **more):
    body = {"publish_at": publish_at, "unpublish_at": unpublish_at, **more}
    return client.put(f"/api/sites/{site['id']}/schedule", json=body)


def test_publishing_at_a_moment_takes_the_draft_of_then(stack, ada, site):
    moment = soon(2)
    answer = expect(ada.post(f"/api/sites/{site['id']}/publish", json={"note": "By itself", "at": moment}), 202)
    assert answer["scheduled"] == {"publish_at": moment, "note": "By itself", "unpublish_at": None}
    assert answer["published_version"] is None and visit(stack, site["slug"]).status_code == 404
    expect(ada.patch(f"/api/sites/{site['id']}", json={"title": "Changed since"}), 200)
    wait_until(lambda: visit(stack, site["slug"]).status_code == 200, 15, "the site")
    assert Document(page(stack, site["slug"])).title == "Changed since"
    assert read(ada, site)["scheduled"] is None
    version = ada.all_items(f"/api/sites/{site['id']}/versions")[0]
    assert version["note"] == "By itself" and version["created_by"] == ada.email
    late = datetime.fromisoformat(version["created_at"]) - datetime.fromisoformat(moment)
    assert timedelta(0) <= late < timedelta(seconds=5)


def test_going_offline_at_a_moment_and_back(stack, ada, site):
    ada.publish(site)
    moment = soon(1.5)
    assert expect(plan(ada, site, unpublish_at=moment), 200)["scheduled"]["unpublish_at"] == moment
    page(stack, site["slug"])
    wait_until(lambda: visit(stack, site["slug"]).status_code == 404, 15, "the site to go offline")
    site = read(ada, site)
    assert site["published_version"] is None and site["scheduled"] is None
    assert [version["active"] for version in ada.all_items(f"/api/sites/{site['id']}/versions")] == [False]
    expect(ada.post(f"/api/sites/{site['id']}/versions/1/restore"), 200)
    page(stack, site["slug"])


def test_taking_offline_at_once_and_publishing_again(stack, ada, site):
    ada.publish(site)
    seen = expect(ada.post(f"/api/sites/{site['id']}/unpublish", json={}), 200)
    assert seen["published_version"] is None and seen["published_at"] is None
    assert visit(stack, site["slug"]).status_code == 404
    expect(ada.post(f"/api/sites/{site['id']}/unpublish"), 200)
    assert ada.publish(site)["number"] == 2
    page(stack, site["slug"])


def test_both_happen_in_their_order(stack, ada, site):
    expect(plan(ada, site, publish_at=soon(1), unpublish_at=soon(2.5), note="For a moment"), 200)
    wait_until(lambda: visit(stack, site["slug"]).status_code == 200, 15, "the beginning")
    wait_until(lambda: visit(stack, site["slug"]).status_code == 404, 15, "the end")
    assert read(ada, site)["scheduled"] is None


def test_a_plan_can_be_moved_and_called_off(ada, site):
    expect(plan(ada, site, publish_at=soon(600), note="Later"), 200)
    later = soon(1200)
    assert expect(plan(ada, site, publish_at=later), 200)["scheduled"] == {
        "publish_at": later, "note": "Later", "unpublish_at": None}
    assert expect(plan(ada, site), 200)["scheduled"] is None
    jobs = ada.stack.sql(f"SELECT count(*) FROM jobs.jobs WHERE key = 'customer.schedule:{site['id']}' "
                         "AND state = 'available'")
    assert int(jobs[0][0]) == 0


@pytest.mark.parametrize(("body", "faults"), [
    ({}, [("/publish_at", "required"), ("/unpublish_at", "required")]),
    ({"publish_at": "tomorrow", "unpublish_at": None}, [("/publish_at", "invalid_time")]),
    ({"publish_at": "2020-01-01T00:00:00Z", "unpublish_at": None}, [("/publish_at", "invalid_time")]),
    ({"publish_at": "2100-01-01T00:00:00Z", "unpublish_at": None}, [("/publish_at", "invalid_time")]),
])
def test_what_cannot_be_planned_is_refused(ada, site, body, faults):
    expect_fields(ada.put(f"/api/sites/{site['id']}/schedule", json=body), *faults)


def test_both_at_one_moment_is_refused(ada, site):
    moment = soon(600)
    expect_fields(plan(ada, site, moment, moment), ("/unpublish_at", "invalid_time"))
    expect_fields(ada.post(f"/api/sites/{site['id']}/publish", json={"at": "2020-01-01T00:00:00Z"}),
                  ("/at", "invalid_time"))


def test_core_may_be_restarted_meanwhile(stack, ada, site):
    """Once before the moment, and once so that the moment passes while it is down."""
    moment = soon(2)
    expect(plan(ada, site, publish_at=moment), 200)
    stack.restart_service("core")
    with stack.without("core"):
        wait_until(lambda: rfc3339(datetime.now(UTC)) > moment, 10, "the moment")
        assert visit(stack, site["slug"]).status_code == 404
    wait_until(lambda: visit(stack, site["slug"]).status_code == 200, 15, "the site")
    assert len(ada.all_items(f"/api/sites/{site['id']}/versions")) == 1


def test_what_is_allowed_is_decided_then(stack, ada, site):
    expect(plan(ada, site, publish_at=soon(2), note="Too soon"), 200)
    expect(ada.patch("/api/customer", json={"kind": "business"}), 200)
    wait_until(lambda: read(ada, site)["schedule_failure"] is not None, 15, "the failure")
    seen = read(ada, site)
    assert seen["schedule_failure"]["code"] == "imprint_missing"
    assert seen["scheduled"] is None and seen["published_version"] is None
    mail = wait_for_mail(stack, ada.email, "publishing_failed")
    assert site["title"] in mail["subject"] and f"/sites/{site['id']}/publish" in mail["text"]
    expect(ada.patch("/api/customer", json={"kind": "private"}), 200)
    ada.publish(site)
    assert read(ada, site)["schedule_failure"] is None


def test_an_ended_trial_ends_the_plan_but_not_the_end(stack, ada, site):
    ada.publish(site)
    expect(plan(ada, site, publish_at=soon(2), unpublish_at=soon(3)), 200)
    stack.sql("UPDATE billing.accounts SET trial_ends_at = now() - interval '1 day' "
              f"WHERE customer_id = '{ada.identity['customer']['id']}'")
    forget_standings(stack)
    wait_until(lambda: read(ada, site)["schedule_failure"] is not None, 15, "the failure")
    assert read(ada, site)["schedule_failure"]["code"] == "trial_ended"
    wait_until(lambda: visit(stack, site["slug"]).status_code == 404, 15, "the site to go offline")


def test_calling_off_needs_no_plan_and_no_room(stack, ada, site):
    first = soon(600)
    expect(plan(ada, site, publish_at=first), 200)
    stack.sql("UPDATE billing.accounts SET trial_ends_at = now() - interval '1 day' "
              f"WHERE customer_id = '{ada.identity['customer']['id']}'; "
              f"UPDATE customer.sites SET paused = true WHERE id = '{site['id']}'")
    forget_standings(stack)
    problem = expect(plan(ada, site, publish_at=soon(900)), 402, "trial_ended")
    assert problem["entitlement"] == "publish" and problem["plan"] == "start"
    end = soon(1200)
    assert expect(plan(ada, site, first, end), 200)["scheduled"]["unpublish_at"] == end
    assert expect(plan(ada, site), 200)["scheduled"] is None
    expect(plan(ada, site, publish_at=first), 402, "trial_ended")


def test_who_only_looks_calls_nothing_off(stack, ada, bob, site):
    expect(plan(ada, site, publish_at=soon(600)), 200)
    expect(plan(member(stack, ada, "viewer"), site), 403, "forbidden")
    expect(plan(bob, site), 404, "not_found")
    assert expect(plan(member(stack, ada, "editor"), site), 200)["scheduled"] is None


# --- Who is told

def member(stack, owner, role) -> Client:
    """A second person of the owner's customer."""
    other = Client(stack).log_in()
    stack.sql(f"UPDATE customer.memberships SET customer_id = '{owner.identity['customer']['id']}', role = '{role}' "
              f"WHERE user_id = '{other.identity['user']['id']}'")
    forget_standings(stack)
    expect(other.put("/api/session/customer", json={"customer": owner.identity["customer"]["id"]}), 200)
    return other


def changed_mails(stack, client) -> int:
    return sum({"name": "template", "value": "page_changed"} in mail["tags"] for mail in stack.mails(client.email))


def test_the_owner_hears_of_what_another_publishes_once_an_hour(stack, ada, site):
    editor = member(stack, ada, "editor")
    editor.publish(site, note="A better picture")
    mail = wait_for_mail(stack, ada.email, "page_changed")
    assert editor.email in mail["text"] and "A better picture" in mail["text"]
    editor.publish(site)
    stack.sql(f"UPDATE customer.sites SET change_told_at = now() - interval '1 hour' WHERE id = '{site['id']}'")
    editor.publish(site, note="Later")
    mail = wait_for_mail(stack, ada.email, "page_changed", after=1)
    assert "Later" in mail["text"]
    assert changed_mails(stack, ada) == 2 and changed_mails(stack, editor) == 0


def test_nobody_hears_of_ones_own_publishing(stack, ada, site):
    editor = member(stack, ada, "editor")
    ada.publish(site)
    editor.publish(site)
    wait_for_mail(stack, ada.email, "page_changed")
    assert changed_mails(stack, ada) == 1
