"""The stand-in's parameters and objects against the official library's types."""

import importlib
import re

import pytest
import stripe
from stripe_fixtures import client, endpoint, fake, new_customer, new_session, subscribed  # noqa: F401
from fakes.stripe.parameters import MEMBERS, Required

PARAMETERS = {
    ("POST", "/v1/customers"): "_customer_create_params.CustomerCreateParams",
    ("POST", "/v1/customers/{id}"): "_customer_update_params.CustomerUpdateParams",
    ("GET", "/v1/customers"): "_customer_list_params.CustomerListParams",
    ("POST", "/v1/products"): "_product_create_params.ProductCreateParams",
    ("POST", "/v1/prices"): "_price_create_params.PriceCreateParams",
    ("GET", "/v1/prices"): "_price_list_params.PriceListParams",
    ("POST", "/v1/coupons"): "_coupon_create_params.CouponCreateParams",
    ("POST", "/v1/promotion_codes"): "_promotion_code_create_params.PromotionCodeCreateParams",
    ("GET", "/v1/promotion_codes"): "_promotion_code_list_params.PromotionCodeListParams",
    ("POST", "/v1/checkout/sessions"): "checkout._session_create_params.SessionCreateParams",
    ("GET", "/v1/checkout/sessions"): "checkout._session_list_params.SessionListParams",
    ("POST", "/v1/billing_portal/sessions"): "billing_portal._session_create_params.SessionCreateParams",
    ("POST", "/v1/subscriptions"): "_subscription_create_params.SubscriptionCreateParams",
    ("POST", "/v1/subscriptions/{id}"): "_subscription_update_params.SubscriptionUpdateParams",
    ("GET", "/v1/subscriptions"): "_subscription_list_params.SubscriptionListParams",
    ("DELETE", "/v1/subscriptions/{id}"): "_subscription_cancel_params.SubscriptionCancelParams",
    ("POST", "/v1/subscriptions/{id}/resume"): "_subscription_resume_params.SubscriptionResumeParams",
    ("POST", "/v1/invoices/create_preview"): "_invoice_create_preview_params.InvoiceCreatePreviewParams",
    ("GET", "/v1/invoices"): "_invoice_list_params.InvoiceListParams",
    ("POST", "/v1/invoices/{id}/pay"): "_invoice_pay_params.InvoicePayParams",
    ("GET", "/v1/invoice_payments"): "_invoice_payment_list_params.InvoicePaymentListParams",
    ("POST", "/v1/payment_intents"): "_payment_intent_create_params.PaymentIntentCreateParams",
    ("POST", "/v1/payment_methods"): "_payment_method_create_params.PaymentMethodCreateParams",
    ("POST", "/v1/refunds"): "_refund_create_params.RefundCreateParams",
    ("GET", "/v1/events"): "_event_list_params.EventListParams",
    ("POST", "/v1/test_helpers/test_clocks"): "test_helpers._test_clock_create_params.TestClockCreateParams",
}
FREE = {"metadata"}


def unknown_members(shapes, module, annotations, path=""):
    """The names that the official types do not have, at any depth."""
    for name, shape in shapes.items():
        if name not in annotations:
            yield path + name
            continue
        shape = shape.shape if isinstance(shape, Required) else shape
        if name in FREE or shape not in MEMBERS:
            continue
        annotation = annotations[name]
        text = getattr(annotation, "__forward_arg__", None) or repr(annotation)
        inner = {}
        for word in re.findall(r"\w+Params\w+", text):
            inner |= getattr(module, word).__annotations__
        yield from unknown_members(MEMBERS[shape], module, inner, f"{path}{name}.")


@pytest.mark.parametrize("route", PARAMETERS, ids=" ".join)
def test_every_parameter_is_one_of_stripes(fake, route):
    module_name, _, name = PARAMETERS[route].rpartition(".")
    module = importlib.import_module(f"stripe.params.{module_name}")
    shapes = fake.api.shapes[route]
    assert shapes
    assert list(unknown_members(shapes, module, getattr(module, name).__annotations__)) == []


def members(type_):
    """The members of one of the library's classes: all, and those that may be absent."""
    annotations = {}
    for each in reversed(type_.__mro__):
        annotations |= {name: repr(value) for name, value in each.__dict__.get("__annotations__", {}).items()
                        if name.islower() and name[0] != "_"}
    inherited = {"client_id"}
    return {name: value for name, value in annotations.items() if name not in inherited}


@pytest.mark.parametrize(("kind", "type_"), [
    ("customer", stripe.Customer), ("product", stripe.Product), ("price", stripe.Price), ("coupon", stripe.Coupon),
    ("promotion_code", stripe.PromotionCode), ("discount", stripe.Discount),
    ("checkout.session", stripe.checkout.Session), ("billing_portal.session", stripe.billing_portal.Session),
    ("subscription", stripe.Subscription), ("invoice", stripe.Invoice), ("invoice_payment", stripe.InvoicePayment),
    ("payment_intent", stripe.PaymentIntent), ("payment_method", stripe.PaymentMethod), ("charge", stripe.Charge),
    ("refund", stripe.Refund), ("dispute", stripe.Dispute), ("event", stripe.Event), ("tax_id", stripe.TaxId),
    ("test_helpers.test_clock", stripe.test_helpers.TestClock),
])
def test_objects_have_the_official_members(fake, client, kind, type_):
    coupon = client.v1.coupons.create({"percent_off": 20, "duration": "forever"})
    code = client.v1.promotion_codes.create({"promotion": {"type": "coupon", "coupon": coupon.id}, "code": "SPRING"})
    clock = client.v1.test_helpers.test_clocks.create({"frozen_time": fake.now()})
    customer = new_customer(client, test_clock=clock.id)
    session = new_session(client, customer)
    fake.complete_checkout(session.id, promotion_code=code.code, business_name="Ada GmbH", tax_id="DE123456789")
    client.v1.billing_portal.sessions.create({"customer": customer.id, "return_url": "https://app.example/"})
    fake.refund(customer.id, 100)
    fake.dispute(customer.id)
    made = fake.all(kind)[-1]
    official = members(type_)
    assert sorted(made.keys() - official.keys()) == []
    required = {name for name, value in official.items() if not re.search("Optional|None", value)}
    assert sorted(required - made.keys() - {"object"}) == []


def test_items_and_lines_have_the_official_members(fake, client):
    subscription = subscribed(fake, client)
    item = fake.get(subscription.id)["items"]["data"][0]
    line = fake.all("invoice")[-1]["lines"]["data"][0]
    for made, type_ in ((item, stripe.SubscriptionItem), (line, stripe.InvoiceLineItem), (item["plan"], stripe.Plan)):
        assert sorted(made.keys() - members(type_).keys()) == []
    assert "current_period_end" in item and "current_period_end" not in fake.get(subscription.id)


def test_an_invoice_names_its_subscription_where_it_does_now(fake, client):
    subscription = subscribed(fake, client)
    invoice = client.v1.invoices.retrieve(subscription.latest_invoice)
    assert invoice.parent.subscription_details.subscription == subscription.id
    assert "subscription" not in invoice
    assert invoice.hosted_invoice_url and invoice.invoice_pdf and invoice.number
