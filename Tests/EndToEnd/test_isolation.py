"""What belongs to one customer does not exist for another."""

import pytest
from client import Client, expect, expect_fields, new_email
from description import DAYS, Description
from letters import lay_message

WITH_IDS = [operation for operation in Description.written().operations() if "{" in operation.path and operation.access != "public"]


class Owner:
    """A customer with one of everything."""

    def __init__(self, stack):
        self.client = Client(stack).log_in()
        self.site = self.client.new_site()
        self.page = self.client.new_page(self.site)
        self.link = self.client.new_link(self.site)
        self.trashed = self.client.new_link(self.site)
        expect(self.client.delete(f"/api/sites/{self.site['id']}/links/{self.trashed['id']}"), 204)
        self.short_link = self.client.new_short_link(self.site)
        self.version = self.client.publish(self.site)
        stack.subscribe(self.client, "business")
        self.invitation = self.client.invite(new_email())
        self.image = self.client.new_image()
        self.message = lay_message(self.client, self.site)
        self.export = self.client.new_export()
        self.domain = self.client.new_domain(self.site)

    @property
    def ids(self) -> dict:
        return {
            "site": self.site["id"], "page": self.page["id"], "link": self.link["id"],
            "number": self.version["number"], "session": self.client.identity["session"]["id"],
            "user": self.client.user, "invitation": self.invitation["id"], "trash": self.trashed["id"],
            "image": self.image["id"], "file": "320", "short_link": self.short_link["id"], "kind": "page",
            "qr_file": f"{self.page['id']}.svg", "message": self.message, "export": self.export["id"],
            "domain": self.domain["id"],
        }

    def everything(self) -> list:
        site = f"/api/sites/{self.site['id']}"
        paths = ["/api/customer", "/api/profile", "/api/customer/legal/imprint", "/api/sites", site, f"{site}/pages",
                 f"{site}/links", f"{site}/short-links", f"{site}/versions", "/api/members", "/api/invitations",
                 "/api/images", "/api/trash", f"{site}/messages", "/api/exports"]
        # When they were looked at last changes by itself.
        domains = [(domain["id"], domain["host"], domain["site_id"], domain["primary"], domain["records"][0]["expected"])
                   for domain in self.client.all_items("/api/domains")]
        return [expect(self.client.get(path), 200) for path in paths] + [domains]


@pytest.fixture(scope="module")
def ada(stack):
    return Owner(stack)


@pytest.fixture(scope="module")
def bob(stack):
    return Owner(stack)


@pytest.mark.parametrize("operation", WITH_IDS, ids=str)
def test_each_id_of_one_is_not_found_for_the_other(ada, bob, operation):
    before = ada.everything()
    for name in set(operation.parameters("path")) - DAYS.keys():
        # One foreign id among own ones, and all of them foreign.
        for ids in ({**bob.ids, name: ada.ids[name]}, ada.ids):
            # These name nothing of anybody's by themselves.
            if name in ("number", "kind") and ids["site"] == bob.ids["site"]:
                continue
            if name == "file" and ids["image"] == bob.ids["image"]:
                continue
            for headers in ({}, {"If-Match": "*"}):
                answer = bob.client.request(operation.method, operation.url(ids), json=operation.example, headers=headers)
                expect(answer, 404, "not_found")
    assert ada.everything() == before


def test_lists_show_only_ones_own(ada, bob):
    assert [site["id"] for site in bob.client.all_items("/api/sites")] == [bob.site["id"]]
    sessions = [session["id"] for session in bob.client.all_items("/api/sessions")]
    assert ada.client.identity["session"]["id"] not in sessions


def test_anothers_link_cannot_be_taken_into_ones_order(ada, bob):
    path = f"/api/sites/{bob.site['id']}/links/order"
    answer = bob.client.put(path, json={"ids": [bob.link["id"], ada.link["id"]]})
    expect(answer, 422, "invalid_body")
    assert expect(ada.client.get(f"/api/sites/{ada.site['id']}/links/{ada.link['id']}"), 200) == ada.link


def test_the_customer_cannot_be_named_in_a_body(ada, bob):
    foreign = ada.client.identity["customer"]["id"]
    expect_fields(bob.client.patch("/api/customer", json={"id": foreign}), ("/id", "unknown_field"))
    expect_fields(bob.client.put("/api/profile", json={"name": "B", "customer_id": foreign}),
                  ("/customer_id", "unknown_field"))


@pytest.mark.parametrize("header", [
    "X-Customer-Id", "X-User-Id", "X-Forwarded-User", "Remote-User", "X-Session", "Smartpages-Customer",
])
def test_identity_never_comes_from_a_header(stack, ada, bob, header):
    answer = bob.client.get("/api/customer", headers={header: ada.client.identity["customer"]["id"]})
    assert expect(answer, 200)["id"] == bob.client.identity["customer"]["id"]
    expect(Client(stack).get("/api/customer", headers={header: ada.client.identity["customer"]["id"]}), 401)


def test_a_cursor_of_one_opens_nothing_of_the_other(ada, bob):
    for number in range(2):
        ada.client.new_link(ada.site, f"Link {number}")
    cursor = expect(ada.client.get(f"/api/sites/{ada.site['id']}/links?limit=1"), 200)["next"]
    assert cursor is not None
    answer = bob.client.get(f"/api/sites/{bob.site['id']}/links", params={"after": cursor})
    if answer.status_code == 200:
        assert all(link["site_id"] == bob.site["id"] for link in answer.json()["items"])
    else:
        expect(answer, (400, 422))
