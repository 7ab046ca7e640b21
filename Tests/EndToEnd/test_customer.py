"""The customer, the legal pages and the profile."""

import pytest
from client import expect, expect_fields

IMPRINT = "/api/customer/legal/imprint"
PRIVACY = "/api/customer/legal/privacy"
IMPRINT_FORM = {
    "provider": "gmbh", "name": "Ada Lovelace", "legal_form": "GmbH", "street": "Marktstraße 1",
    "postal_code": "10115", "city": "Berlin", "country": "Deutschland", "email": "ada@example.com",
    "phone": "+49 30 123", "represented_by": "Ada", "register_court": "Charlottenburg", "register_number": "HRB 1", "vat_id": "DE123456789", "profession": "",
    "chamber": "", "business_id": "", "professional_rules": "", "dispute_resolution": "unwilling", "dispute_body": "",
    "responsible": "Ada Lovelace",
}
PRIVACY_FORM = {
    "controller": "Ada Lovelace", "street": "Marktstraße 1", "postal_code": "10115", "city": "Berlin",
    "country": "Deutschland", "email": "ada@example.com", "phone": "", "hosting_provider": "Hoster",
    "hosting_address": "Ring 1", "supervisory_authority": "BlnBDI", "data_protection_officer": "",
}
FORMS = {IMPRINT: IMPRINT_FORM, PRIVACY: PRIVACY_FORM}
NEEDED = {
    IMPRINT: ["name", "street", "postal_code", "city", "country", "email"],
    PRIVACY: ["controller", "street", "postal_code", "city", "country", "email"],
}
PROFILE = {
    "name": "Ada Lovelace", "headline": "Poetical science", "bio": "I write **programs**.",
    "email": "hello@example.com", "phone": "+49 30 123456", "website": "https://example.com/",
    "address": {"street": "Marktstraße 1", "postal_code": "10115", "city": "Berlin", "country": "Deutschland"},
    "social": [{"label": "Mastodon", "url": "https://mastodon.example/@ada"}, {"label": "Mail", "url": "mailto:a@b.de"}],
}


# --- Customer

def test_a_new_customer_is_private_and_speaks_the_persons_language(ada):
    customer = expect(ada.get("/api/customer"), 200)
    assert customer["kind"] == "private" and customer["company"] is None and customer["locale"] == "en"
    assert customer["id"] == ada.identity["customer"]["id"]


def test_the_customer_is_changed_field_by_field(ada):
    changes = [{"name": "Lovelace"}, {"company": "Engines GmbH"}, {"kind": "business"}, {"locale": "de"},
               {"company": None}, {"name": "Both", "kind": "private"}]
    wanted = expect(ada.get("/api/customer"), 200)
    for change in changes:
        wanted |= change
        seen = expect(ada.patch("/api/customer", json=change), 200)
        assert {k: v for k, v in seen.items() if k not in ("version", "updated_at")} == \
            {k: v for k, v in wanted.items() if k not in ("version", "updated_at")}
    assert expect(ada.get("/api/session"), 200)["customer"]["name"] == "Both"


@pytest.mark.parametrize(("body", "fields"), [
    ({"name": ""}, [("/name", "required")]),
    ({"name": " \t "}, None),
    ({"name": "x" * 101}, [("/name", "too_long")]),
    ({"company": "x" * 201}, [("/company", "too_long")]),
    ({"company": 1}, [("/company", "wrong_type")]),
    ({"kind": "club"}, [("/kind", "invalid")]),
    ({"kind": None}, [("/kind", "wrong_type")]),
    ({"locale": "fr"}, [("/locale", "invalid")]),
    ({"locale": "DE"}, [("/locale", "invalid")]),
    ({"email": "new@example.com"}, [("/email", "unknown_field")]),
    ({"plan": "pro"}, [("/plan", "unknown_field")]),
], ids=repr)
def test_what_a_customer_cannot_be(reader, body, fields):
    answer = reader.patch("/api/customer", json=body)
    expect(answer, 422, "invalid_body") if fields is None else expect_fields(answer, *fields)


# --- Legal pages

@pytest.mark.parametrize("path", FORMS)
def test_a_legal_page_is_empty_before_it_is_saved(ada, path):
    seen = expect(ada.get(path), 200)
    assert seen["mode"] == "form" and not seen["complete"] and seen["version"] == 0 and seen["updated_at"] is None
    assert set(seen["form"].values()) == {""}
    assert seen["text"] == {"de": None, "en": None}


@pytest.mark.parametrize("path", FORMS)
def test_a_form_is_kept_as_it_was_filled_in(ada, path):
    seen = expect(ada.put(path, json={"mode": "form", "form": FORMS[path]}), 200)
    assert seen["form"] == FORMS[path] and seen["complete"] and seen["version"] == 1
    assert expect(ada.get(path), 200) == seen


@pytest.mark.parametrize("path", FORMS)
def test_a_form_is_complete_with_what_is_needed_and_not_without(ada, path):
    needed = {name: FORMS[path][name] for name in NEEDED[path]}
    assert expect(ada.put(path, json={"mode": "form", "form": needed}), 200)["complete"]
    for name in needed:
        for empty in ("", "  "):
            seen = expect(ada.put(path, json={"mode": "form", "form": {**needed, name: empty}}), 200)
            assert not seen["complete"], name


FIRM = ["represented_by", "register_court", "register_number"]


@pytest.mark.parametrize(("provider", "due"), [
    ("private", []), ("sole_trader", []), ("freelancer", []),
    ("regulated", ["profession", "chamber", "professional_rules"]),
    ("gmbh", FIRM), ("ug", FIRM), ("ag", FIRM), ("association", FIRM), ("gbr", ["represented_by"]),
])
def test_each_kind_of_provider_owes_its_own_data(ada, provider, due):
    form = {"provider": provider} | {name: "Something" for name in NEEDED[IMPRINT] + due}
    assert expect(ada.put(IMPRINT, json={"mode": "form", "form": form}), 200)["complete"]
    for name in due:
        assert not expect(ada.put(IMPRINT, json={"mode": "form", "form": form | {name: " "}}), 200)["complete"], name


@pytest.mark.parametrize(("name", "value"), [("provider", "ltd"), ("dispute_resolution", "maybe")])
def test_an_imprint_knows_its_choices_only(reader, name, value):
    expect_fields(reader.put(IMPRINT, json={"mode": "form", "form": {name: value}}), (f"/form/{name}", "invalid"))


@pytest.mark.parametrize("path", FORMS)
@pytest.mark.parametrize(("text", "complete"), [
    ({"de": "Eigener Text", "en": None}, True), ({"de": None, "en": "My own text"}, True),
    ({"de": "", "en": " \n"}, False), ({"de": None, "en": None}, False),
], ids=repr)
def test_own_text_is_complete_in_one_language(ada, path, text, complete):
    assert expect(ada.put(path, json={"mode": "text", "text": text}), 200)["complete"] == complete


@pytest.mark.parametrize("path", FORMS)
def test_saving_the_text_keeps_the_form_and_the_other_way_round(ada, path):
    expect(ada.put(path, json={"mode": "form", "form": FORMS[path]}), 200)
    expect(ada.put(path, json={"mode": "text", "text": {"en": "My own text"}}), 200)
    seen = expect(ada.put(path, json={"mode": "form"}), 200)
    assert seen["form"] == FORMS[path] and seen["text"]["en"] == "My own text" and seen["complete"]


def test_imprint_and_privacy_do_not_touch_each_other(ada):
    expect(ada.put(IMPRINT, json={"mode": "form", "form": IMPRINT_FORM}), 200)
    expect(ada.put(PRIVACY, json={"mode": "text", "text": {"de": "Datenschutz"}}), 200)
    expect(ada.put("/api/profile", json=PROFILE), 200)
    assert expect(ada.get(IMPRINT), 200)["form"] == IMPRINT_FORM
    assert expect(ada.get(PRIVACY), 200)["text"]["de"] == "Datenschutz"
    assert expect(ada.get("/api/customer"), 200)["name"] == ada.identity["customer"]["name"]


@pytest.mark.parametrize("path", FORMS)
def test_a_long_text_is_taken_up_to_its_limit(ada, path):
    text = "ü" * 50_000
    assert expect(ada.put(path, json={"mode": "text", "text": {"de": text, "en": text}}), 200)["text"]["de"] == text
    expect_fields(ada.put(path, json={"mode": "text", "text": {"de": text + "x"}}), ("/text/de", "too_long"))


@pytest.mark.parametrize("path", FORMS)
@pytest.mark.parametrize(("body", "field"), [
    ({}, ("/mode", "required")),
    ({"mode": "html"}, ("/mode", "invalid")),
    ({"mode": "form", "form": {"nam": "x"}}, ("/form/nam", "unknown_field")),
    ({"mode": "form", "form": {"city": 1}}, ("/form/city", "wrong_type")),
    ({"mode": "form", "form": {"city": "x" * 301}}, ("/form/city", "too_long")),
    ({"mode": "form", "form": []}, ("/form", "wrong_type")),
    ({"mode": "text", "text": {"fr": "x"}}, ("/text/fr", "unknown_field")),
    ({"mode": "text", "text": {"de": 1}}, ("/text/de", "wrong_type")),
    ({"mode": "form", "complete": True}, ("/complete", "unknown_field")),
], ids=repr)
def test_what_a_legal_page_cannot_be(reader, path, body, field):
    expect_fields(reader.put(path, json=body), field)


# --- Profile

def test_a_profile_is_empty_before_it_is_saved(ada):
    seen = expect(ada.get("/api/profile"), 200)
    assert seen["version"] == 0 and seen["updated_at"] is None and seen["social"] == []


def test_a_profile_is_kept_as_it_was_sent(ada):
    seen = expect(ada.put("/api/profile", json=PROFILE), 200)
    assert {name: seen[name] for name in PROFILE} == PROFILE and seen["version"] == 1
    assert expect(ada.get("/api/profile"), 200) == seen


def test_what_is_left_out_of_a_profile_becomes_empty(ada):
    expect(ada.put("/api/profile", json=PROFILE), 200)
    seen = expect(ada.put("/api/profile", json={"name": "Only a name"}), 200)
    assert seen["name"] == "Only a name" and seen["social"] == [] and seen["website"] == ""
    assert set(seen["address"].values()) == {""} and seen["bio"] == seen["email"] == seen["headline"] == ""


def test_everything_in_a_profile_may_be_empty(ada):
    empty = {"name": "", "headline": "", "bio": "", "email": "", "phone": "", "website": "",
             "address": {"street": "", "postal_code": "", "city": "", "country": ""}, "social": []}
    seen = expect(ada.put("/api/profile", json=empty), 200)
    assert {name: seen[name] for name in empty} == empty


@pytest.mark.parametrize(("change", "field"), [
    ({"name": "x" * 101}, ("/name", "too_long")),
    ({"headline": "x" * 161}, ("/headline", "too_long")),
    ({"bio": "x" * 2001}, ("/bio", "too_long")),
    ({"email": "nobody"}, ("/email", "invalid_email")),
    ({"phone": "1" * 41}, ("/phone", "too_long")),
    ({"phone": "call me"}, ("/phone", "invalid")),
    ({"website": "mailto:a@example.com"}, ("/website", "invalid_url")),
    ({"website": "example.com"}, ("/website", "invalid_url")),
    ({"website": "javascript:alert(1)"}, ("/website", "invalid_url")),
    ({"website": "https://example.com/" + "x" * 2048}, ("/website", "too_long")),
    ({"address": {"street": 1}}, ("/address/street", "wrong_type")),
    ({"address": {"planet": "Earth"}}, ("/address/planet", "unknown_field")),
    ({"address": "Berlin"}, ("/address", "wrong_type")),
    ({"social": [{"label": "x", "url": "https://example.com/"}] * 21}, ("/social", "too_many")),
    ({"social": [{"label": "", "url": "https://example.com/"}]}, ("/social/0/label", "required")),
    ({"social": [{"label": "x"}]}, ("/social/0/url", "required")),
    ({"social": [{"label": "x", "url": "https://a.example/"}, {"label": "y", "url": "data:,x"}]},
     ("/social/1/url", "invalid_url")),
    ({"social": [{"label": "x" * 81, "url": "https://example.com/"}]}, ("/social/0/label", "too_long")),
    ({"social": ["https://example.com/"]}, ("/social/0", "wrong_type")),
    ({"social": [{"label": "x", "url": "https://example.com/", "icon": "y"}]}, ("/social/0/icon", "unknown_field")),
    ({"social": {}}, ("/social", "wrong_type")),
    ({"picture": "x"}, ("/picture", "invalid")),
], ids=lambda value: repr(value)[:60])
def test_what_a_profile_cannot_be(reader, change, field):
    expect_fields(reader.put("/api/profile", json={**PROFILE, **change}), field)
