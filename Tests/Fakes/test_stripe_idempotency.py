"""Idempotency keys of the Stripe stand-in."""

import threading

import pytest
import stripe
from stripe_fixtures import client, client_of, endpoint, fake, new_customer  # noqa: F401


def create(client, key, **values):
    return client.v1.customers.create({"email": "ada@example.com", **values}, {"idempotency_key": key})


def test_the_same_key_has_one_effect(fake, client):
    first, second = create(client, "k"), create(client, "k")
    assert first.id == second.id and len(fake.all("customer")) == 1
    assert second.last_response.headers["Idempotent-Replayed"] == "true"
    assert second.last_response.headers["Original-Request"] == first.last_response.request_id


def test_other_parameters_are_an_error(client):
    create(client, "k")
    with pytest.raises(stripe.IdempotencyError) as refused:
        create(client, "k", name="Other")
    assert refused.value.http_status == 400


def test_another_endpoint_is_an_error(client):
    create(client, "k")
    with pytest.raises(stripe.IdempotencyError):
        client.v1.products.create({"name": "x"}, {"idempotency_key": "k"})


def test_a_500_is_kept_for_a_day(fake, client):
    fake.fault(kind="answer", path="/v1/customers", status=500)
    for _ in range(2):
        with pytest.raises(stripe.APIError) as refused:
            create(client, "k")
        assert refused.value.http_status == 500
    assert refused.value.headers["Stripe-Should-Retry"] == "false"
    fake.advance(hours=25)
    create(client, "k")


def test_a_503_of_the_gateway_is_not_kept(fake):
    fake.fault(kind="answer", path="/v1/customers", status=503)
    create(client_of(fake, max_network_retries=2), "k")
    assert len(fake.all("customer")) == 1


@pytest.mark.parametrize("kind", ["answer", "drop"])
def test_a_retry_after_a_lost_answer_has_one_effect(fake, kind):
    fake.fault(kind=kind, path="/v1/customers", status=503, after=True)
    create(client_of(fake, max_network_retries=2), "k")
    assert len(fake.all("customer")) == 1


def test_a_declined_card_is_kept(fake, client):
    values = {"amount": 500, "currency": "eur", "payment_method": "pm_card_chargeDeclined", "confirm": True}
    ids = set()
    for _ in range(2):
        with pytest.raises(stripe.CardError) as refused:
            client.v1.payment_intents.create(values, {"idempotency_key": "k"})
        ids.add(refused.value.json_body["error"]["payment_intent"]["id"])
    assert len(ids) == 1


def test_parameters_that_fail_are_not_kept(client):
    with pytest.raises(stripe.InvalidRequestError):
        create(client, "k", balance="x")
    create(client, "k")


def test_the_same_key_at_the_same_time_is_a_conflict(fake, client):
    fake.fault(kind="delay", path="/v1/customers", seconds=0.5)
    begun = threading.Thread(target=create, args=(client_of(fake), "k"))
    begun.start()
    while not fake.endpoint.idempotency.is_at_work("k"):
        pass
    with pytest.raises(stripe.APIError) as refused:
        create(client, "k")
    assert (refused.value.http_status, refused.value.json_body["error"]["code"]) == (409, "idempotency_key_in_use")
    assert refused.value.headers["Stripe-Should-Retry"] == "true"
    begun.join()
    create(client, "k")
    assert len(fake.all("customer")) == 1


def test_fifty_at_once_have_one_effect(fake):
    ids = []

    def one():
        ids.append(create(client_of(fake, max_network_retries=5), "k").id)
    threads = [threading.Thread(target=one) for _ in range(50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(ids) == 50 and len(set(ids)) == 1 and len(fake.all("customer")) == 1
