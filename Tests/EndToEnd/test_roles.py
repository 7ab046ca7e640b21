"""Viewers read, editors write content and publish, owners also change the customer and the legal pages."""

import pytest
from client import Client, expect, forget_standings, forgive
from description import Description

OPERATIONS = Description.written().operations()
RANKS = ["viewer", "editor", "owner"]


class Member:
    """A person with a role in a customer that has one of everything."""

    def __init__(self, stack, role: str):
        owner = Client(stack).log_in()
        site = owner.new_site()
        self.ids = {
            "site": site["id"], "page": owner.new_page(site)["id"], "link": owner.new_link(site)["id"],
            "number": owner.publish(site)["number"], "short_link": owner.new_short_link(site)["id"],
        }
        self.ids |= {"kind": "link", "file": f"{self.ids['link']}.png"}
        set_role(stack, owner.identity["user"]["id"], role)
        forgive(stack)
        self.client = Client(stack).log_in(owner.email)
        self.ids["session"] = owner.identity["session"]["id"]


def set_role(stack, user: str, role: str) -> None:
    # There is no call for it yet: members come with their own feature.
    tables = stack.sql("SELECT table_name FROM information_schema.columns WHERE table_schema = 'customer' "
                       "AND column_name = 'role'")
    assert len(tables) == 1, f"one table is expected to hold roles: {tables}"
    stack.sql(f"UPDATE customer.{tables[0][0]} SET role = '{role}' WHERE user_id = '{user}'")
    forget_standings(stack)


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
    if allowed and operation.operation_id in ("deleteSite", "deletePage", "deleteLink", "deleteShortLink"):
        return  # the others need them
    answer = member.client.request(operation.method, operation.url(member.ids), json=operation.example)
    if allowed:
        assert answer.status_code not in (401, 403), answer.text
    else:
        expect(answer, 403, "forbidden")
