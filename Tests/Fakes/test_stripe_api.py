"""The Stripe stand-in's API as the official client meets it: keys, parameters, errors, lists, expansion, limits."""

import pytest
import requests
import stripe
from fakes.stripe import API_VERSION
from stripe_fixtures import client, client_of, endpoint, fake, new_customer, subscribed  # noqa: F401


def raw(fake, path, **more):
    headers = {"Authorization": f"Bearer {fake.key}", "Stripe-Version": API_VERSION, **more.pop("headers", {})}
    headers = {name: value for name, value in headers.items() if value is not None}
    return requests.request(more.pop("method", "GET"), fake.url + path, headers=headers, **more)


def test_the_version_is_the_pin_of_the_official_library():
    assert stripe.api_version == API_VERSION


@pytest.mark.parametrize("authorization", [None, "Bearer sk_test_other", "Bearer ", "Digest x", "Basic !!"])
def test_a_wrong_key_is_401(fake, authorization):
    answer = raw(fake, "/v1/customers", headers={"Authorization": authorization})
    assert answer.status_code == 401
    assert answer.json()["error"]["type"] == "invalid_request_error"


def test_the_library_says_authentication_error(fake):
    with pytest.raises(stripe.AuthenticationError):
        client_of(fake, key="sk_test_wrong").v1.customers.list()


def test_basic_authentication_is_taken(fake):
    answer = requests.get(fake.url + "/v1/customers", auth=(fake.key, ""), headers={"Stripe-Version": API_VERSION})
    assert answer.status_code == 200


@pytest.mark.parametrize("version", [None, "2020-08-27", "x"])
def test_another_version_is_refused(fake, version):
    assert raw(fake, "/v1/customers", headers={"Stripe-Version": version}).status_code == 400


def test_every_answer_has_a_request_id(fake, client):
    answer = raw(fake, "/v1/customers/cus_none")
    assert answer.status_code == 404 and answer.headers["Request-Id"].startswith("req_")
    assert new_customer(client).last_response.request_id.startswith("req_")


@pytest.mark.parametrize(("values", "code", "param"), [
    ({"emali": "x"}, "parameter_unknown", "emali"),
    ({"address": {"street": "x"}}, "parameter_unknown", "address[street]"),
    ({"balance": "x"}, "parameter_invalid_integer", "balance"),
    ({"test_clock": "clock_none"}, "resource_missing", "test_clock"),
    ({"preferred_locales": "de"}, None, "preferred_locales"),
    ({"metadata": {"k" * 41: "x"}}, None, "metadata[" + "k" * 41 + "]"),
])
def test_wrong_parameters_are_refused_by_name(client, values, code, param):
    with pytest.raises(stripe.InvalidRequestError) as refused:
        client.v1.customers.create(values)
    assert (refused.value.http_status, refused.value.code, refused.value.param) == (400, code, param)


def test_a_missing_parameter_is_named(client):
    with pytest.raises(stripe.InvalidRequestError) as refused:
        client.v1.subscriptions.create({"items": [{"price": "price_start_month"}]})
    assert (refused.value.code, refused.value.param) == ("parameter_missing", "customer")


@pytest.mark.parametrize("body", ["a[b=1", "a=1&a[b]=2", "metadata=1&metadata[a]=2", "[]=1", "a" + "[b]" * 20 + "=1"])
def test_malformed_forms_are_400(fake, body):
    answer = raw(fake, "/v1/customers", method="POST", data=body,
                 headers={"Content-Type": "application/x-www-form-urlencoded"})
    assert answer.status_code == 400


def test_json_bodies_are_refused(fake):
    assert raw(fake, "/v1/customers", method="POST", json={"email": "x"}).status_code == 400


def test_what_there_is_not_is_404(client):
    with pytest.raises(stripe.InvalidRequestError) as refused:
        client.v1.customers.retrieve("cus_none")
    assert (refused.value.http_status, refused.value.code) == (404, "resource_missing")


def test_an_unknown_address_is_404(fake):
    assert "Unrecognized request URL" in raw(fake, "/v1/nothing").json()["error"]["message"]


def test_a_customer_is_kept_changed_and_deleted(client):
    made = new_customer(client, name="Ada", preferred_locales=["de"])
    assert made.preferred_locales == ["de"] and made.livemode is False
    changed = client.v1.customers.update(made.id, {"name": "", "metadata": {"a": "1", "smartpages_customer": ""}})
    assert changed.name is None and changed.metadata.to_dict() == {"a": "1"}
    assert client.v1.customers.delete(made.id).deleted
    gone = client.v1.customers.retrieve(made.id)
    assert gone.deleted and gone.id == made.id
    assert client.v1.customers.list().data == []


def test_lists_are_newest_first_and_paged_both_ways(client):
    made = [new_customer(client, email=f"{number}@example.com").id for number in range(7)]
    first = client.v1.customers.list({"limit": 3})
    assert [each.id for each in first.data] == made[:3:-1] and first.has_more
    second = client.v1.customers.list({"limit": 3, "starting_after": made[4]})
    assert [each.id for each in second.data] == [made[3], made[2], made[1]] and second.has_more
    newer = client.v1.customers.list({"limit": 2, "ending_before": made[1]})
    assert [each.id for each in newer.data] == [made[3], made[2]] and newer.has_more
    assert [each.id for each in client.v1.customers.list({"limit": 2}).auto_paging_iter()] == made[::-1]
    assert [each.id for each in client.v1.customers.list({"email": "3@example.com"}).data] == [made[3]]


@pytest.mark.parametrize("values", [{"limit": 0}, {"limit": 101}, {"starting_after": "cus_none"},
                                    {"starting_after": "a", "ending_before": "b"}])
def test_wrong_cursors_and_limits_are_400(client, values):
    with pytest.raises(stripe.InvalidRequestError) as refused:
        client.v1.customers.list(values)
    assert refused.value.http_status == 400


def test_ids_become_objects_when_asked(fake, client):
    subscription = subscribed(fake, client)
    found = client.v1.subscriptions.list({"customer": subscription.customer, "status": "all", "expand": [
        "data.latest_invoice", "data.customer", "data.default_payment_method"]}).data[0]
    assert found.latest_invoice.status == "paid" and found.customer.email == "ada@example.com"
    assert found.default_payment_method.card.last4 == "4242"
    payment = client.v1.invoice_payments.list({"invoice": found.latest_invoice.id, "limit": 10, "expand": [
        "data.payment.payment_intent.latest_charge"]}).data[0]
    assert payment.payment.payment_intent.latest_charge.paid


@pytest.mark.parametrize("path", ["status", "nothing", "latest_invoice.number", "a.b.c.d.e"])
def test_what_cannot_be_expanded_is_refused(fake, client, path):
    subscription = subscribed(fake, client)
    with pytest.raises(stripe.InvalidRequestError):
        client.v1.subscriptions.retrieve(subscription.id, {"expand": [path]})


def test_prices_are_those_of_the_plans_file(client):
    prices = client.v1.prices.list({"limit": 100, "active": True}).data
    assert len(prices) == 6
    price = client.v1.prices.retrieve("price_business_year", {"expand": ["product"]})
    assert (price.unit_amount, price.recurring.interval, price.product.id) == (12_000, "year", "prod_business")


def test_the_rate_is_limited(fake, client):
    fake.configure(rate_limit=5)
    with pytest.raises(stripe.RateLimitError) as refused:
        for _ in range(6):
            client.v1.prices.list()
    assert (refused.value.http_status, refused.value.json_body["error"]["code"]) == (429, "rate_limit")


def test_live_keys_make_live_objects():
    from fakes.stripe import StripeFake

    with StripeFake(key="sk_live_x") as live:
        assert new_customer(client_of(live)).livemode is True


@pytest.mark.parametrize(("status", "error"), [
    (500, stripe.APIError), (503, stripe.APIError), (429, stripe.RateLimitError), (402, stripe.CardError)])
def test_injected_answers_reach_the_client_once(fake, client, status, error):
    fake.fault(kind="answer", method="POST", path="/v1/customers", status=status)
    with pytest.raises(error):
        new_customer(client)
    new_customer(client)


@pytest.mark.parametrize("after", [False, True])
def test_a_dropped_connection_has_its_effect_or_not(fake, client, after):
    fake.fault(kind="drop", path="/v1/customers", after=after)
    with pytest.raises(stripe.APIConnectionError):
        new_customer(client)
    assert len(client.v1.customers.list().data) == (1 if after else 0)


def test_time_outs_can_be_injected(fake):
    fake.fault(kind="timeout", path="/v1/customers", seconds=30)
    with pytest.raises(requests.exceptions.Timeout):
        raw(fake, "/v1/customers", timeout=0.1)
    fake.faults.clear()


def test_what_was_asked_is_in_the_journal(fake, client):
    new_customer(client)
    entry, = fake.journal.entries("POST", "/v1/customers")
    assert entry["status"] == 200 and entry["idempotency_key"] and "ada%40example.com" in entry["body"]
