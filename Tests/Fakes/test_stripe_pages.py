"""The Stripe stand-in's pages in a browser: a whole purchase, and nothing that axe finds wrong."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from fakes.web import Server, html_answer
from stripe_fixtures import client, endpoint, fake, new_customer, new_session, subscribed  # noqa: F401


@pytest.fixture
def shop():
    """Where people come back to."""
    with Server(lambda request: html_answer("<!doctype html><title>Shop</title>")) as running:
        yield running


def test_a_purchase_with_3d_secure(page, shop, fake, client):
    session = new_session(client, new_customer(client), locale="en",
                          success_url=shop.url + "/done?session_id={CHECKOUT_SESSION_ID}")
    page.goto(session.url)
    page.get_by_label("Card number").fill("4000 0025 0000 3155")
    page.get_by_label("Name on card").fill("Ada Lovelace")
    page.get_by_label("Street and number").fill("Am Markt 1")
    page.get_by_label("Postal code").fill("28195")
    page.get_by_label("City").fill("Bremen")
    page.get_by_role("button", name="Pay and subscribe").click()
    page.get_by_role("button", name="Complete").click()
    page.wait_for_url(f"{shop.url}/done?session_id={session.id}")
    assert client.v1.checkout.sessions.retrieve(session.id).status == "complete"


@pytest.mark.parametrize("width", [360, 1200])
def test_axe_finds_nothing_and_nothing_is_cut(page, fake, client, width):
    page.set_viewport_size({"width": width, "height": 800})
    subscription = subscribed(fake, client)
    customer = client.v1.customers.retrieve(subscription.customer)
    portal = client.v1.billing_portal.sessions.create({"customer": customer.id, "return_url": "https://app.example/"})
    invoice = client.v1.invoices.retrieve(subscription.latest_invoice)
    session = new_session(client, customer)
    for address in (session.url, portal.url, portal.url + "/card", portal.url + "/cancel", portal.url + "/3ds",
                    invoice.hosted_invoice_url):
        page.goto(address)
        found = Axe().run(page)
        assert found.violations_count == 0, f"{address}: {found.generate_report()}"
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address
