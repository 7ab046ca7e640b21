"""Viewers read, editors write content and publish, owners also change the customer and the legal pages."""

import pytest
from client import Client, expect, new_email
from description import Description
from letters import lay_message

OPERATIONS = Description.written().operations()
RANKS = ["viewer", "editor", "owner"]


class Member:
    """A person with a role in a customer that has one of everything."""

    def __init__(self, stack, role: str):
        owner = Client(stack).log_in()
        stack.subscribe(owner, "business")
        site = owner.new_site()
        trashed = owner.new_link(site)
        expect(owner.delete(f"/api/sites/{site['id']}/links/{trashed['id']}"), 204)
        self.ids = {
            "site": site["id"], "page": owner.new_page(site)["id"], "link": owner.new_link(site)["id"],
            "number": owner.publish(site)["number"], "session": owner.identity["session"]["id"], "user": owner.user,
            "image": owner.new_image()["id"], "file": "320", "trash": trashed["id"], "kind": "link",
            "short_link": owner.new_short_link(site)["id"], "message": lay_message(owner, site),
            "domain": owner.new_domain(site)["id"],
        }
        self.ids["qr_file"] = f"{self.ids['link']}.png"
        self.client = owner.new_member(role)
        self.ids["export"] = owner.new_export()["id"]
        self.ids["invitation"] = owner.invite(new_email())["id"]


@pytest.fixture(scope="module", params=["viewer", "editor"])
def member(stack, request):
    return Member(stack, request.param)


def test_the_session_tells_the_role(member):
    role = expect(member.client.get("/api/session"), 200)["customer"]["role"]
    assert role == member.client.identity["customer"]["role"]
    assert role in ("viewer", "editor")


@pytest.mark.parametrize("operation", [o for o in OPERATIONS if o.access in RANKS], ids=str)
def test_a_role_may_do_what_is_for_it_and_no_more(member, operation):
    role = member.client.identity["customer"]["role"]
    allowed = RANKS.index(role) >= RANKS.index(operation.access)
    if allowed and operation.operation_id in (
            "deleteSite", "deletePage", "deleteLink", "deleteImage", "deleteShortLink", "deleteMessage"):
        return  # the others need them
    if operation.operation_id == "removeMember":
        # Everybody may leave, but remove nobody else.
        expect(member.client.delete(operation.url(member.ids)), 403, "forbidden")
        return
    answer = member.client.request(operation.method, operation.url(member.ids), json=operation.example)
    if allowed:
        assert answer.status_code not in (401, 403), answer.text
    else:
        expect(answer, 403, "forbidden")
