"""Visitors write by forms: stored once, mailed once, advertising put aside, and nothing of theirs gets anywhere else."""

import json
import uuid

import pytest
from client import at_once, expect, expect_fields, new_address, new_email, new_slug
from hostile import corpus
from letters import Shop, Writer, form_of, is_page
from markup import Document
from stack import wait_until
from visitor import visit


@pytest.fixture
def shop(stack):
    return Shop(stack)


@pytest.fixture(scope="module")
def quiet(stack):
    """A form for tests that send nothing that is kept."""
    return Shop(stack)


@pytest.fixture
def writer(stack):
    return Writer(stack)


def letters(count: int) -> list[str]:
    """Texts of which no two are alike."""
    return [f"Message {uuid.uuid4().hex} of somebody who writes only once" for _ in range(count)]


# --- The way of a message

def test_a_message_is_kept_shown_and_mailed_with_the_visitors_address_to_reply_to(stack, shop, writer):
    assert form_of(stack, shop.site["slug"])["action"] == f"{stack.app_url}/api/forms/{shop.form}"
    html = is_page(writer.write(shop.form, "Hello,\r\n\r\na table for four?"), 200)
    assert "Thank you!" in html and f'href="{shop.page_url}"' in html and "<form" not in html
    message, = shop.messages()
    assert (message["name"], message["email"], message["text"]) == (
        "Grace Hopper", "grace@example.com", "Hello,\n\na table for four?")
    assert (message["page_title"], message["form_id"], message["spam"], message["read"]) == (
        "Contact", shop.form, False, False)
    assert expect(shop.client.get(f"{shop.path}/{message['id']}"), 200) == message
    assert shop.unread() == 1
    mail = wait_until(shop.mails, what="the mail")[0]
    assert mail["reply_to"] == ["grace@example.com"]
    assert "grace" not in mail["from"]
    assert "> a table for four?" in mail["text"] and f"/messages/{message['id']}" in mail["text"]


def test_every_owner_is_told_in_their_language(stack, writer):
    shop = Shop(stack, locale="de")
    stack.subscribe(shop.client, "business")
    second = shop.client.new_member("owner")
    shop.client.new_member("editor")
    assert "Vielen Dank!" in is_page(writer.write(shop.form), 200)
    wait_until(shop.mails, what="the mail")
    stack.settled()
    mails = [mail for mail in stack.mails() if mail.get("reply_to") == ["grace@example.com"]]
    told = {mail["to"][0]: mail["subject"] for mail in mails if mail["to"][0] in (shop.client.email, second.email)}
    assert told == {shop.client.email: "Neue Nachricht von Grace Hopper", second.email: "New message from Grace Hopper"}


def test_the_owners_own_thanks_are_said(stack, writer):
    shop = Shop(stack, thanks="We bake for you <b>now</b>.\nSee you!")
    html = is_page(writer.write(shop.form), 200)
    assert "<p>We bake for you &lt;b&gt;now&lt;/b&gt;.</p>\n<p>See you!</p>" in html


def test_what_is_missing_is_said_and_what_was_typed_stays(shop, writer):
    html = is_page(writer.write(shop.form, name=" ", email="grace@nowhere", text="Half a\r\nmessage <&>"), 422)
    assert "Please give your name." in html and "This e-mail address is not complete." in html
    assert 'value="grace@nowhere"' in html and "Half a\nmessage &lt;&amp;&gt;</textarea>" in html.replace("\r", "")
    assert html.count('aria-invalid="true"') == 2 and '<form method="post">' in html
    assert "Please write a message." in is_page(writer.write(shop.form, text=None), 422)
    for field, length in (("name", 101), ("text", 5001), ("email", 255)):
        is_page(writer.write(shop.form, **{field: "a" * length}), 422)
    assert shop.messages() == []
    is_page(writer.write(shop.form, text="ä" * 5000, name="ё" * 100), 200)


@pytest.mark.parametrize("email", [
    "a@b", "@example.com", "a b@example.com", "a@example.com, b@example.com", "a@example.com\r\nBcc: c@example.com",
    "a@example.com\nX: y", "<a@example.com>", "\"a\"@example.com", "a@example.com>", "a@example..com", "a@-example.com",
    "a@example.com;b@example.com", "a%0d%0a@example.com\r\n",
])
def test_an_address_that_is_none_or_several_is_refused(quiet, writer, email):
    answer = writer.write(quiet.form, email=email)
    if answer.status_code == 200:
        # A line end at its very end is no part of it.
        assert email.endswith("\r\n")
    else:
        is_page(answer, 422)


def test_a_name_cannot_add_headers(shop, writer):
    is_page(writer.write(shop.form, name="Eve\r\nBcc: victim@example.com\r\n\r\nHello", email=" Eve@Example.com "), 200)
    mail = wait_until(shop.mails, what="the mail")[0]
    assert "\n" not in mail["subject"] and "bcc" not in {name.lower() for name in mail}
    assert mail["to"] == [shop.client.email] and mail["reply_to"] == ["eve@example.com"]
    assert shop.messages()[0]["name"] == "Eve Bcc: victim@example.com Hello"


def test_hostile_texts_stay_texts_everywhere(stack, quiet, writer):
    texts = corpus()[::8]
    plain = [name for name, *_ in Document(is_page(writer.write(quiet.form, "x", name="x", email="x"), 422)).elements()]
    for text in texts:
        # Refused for want of an address: the page shows all that was typed.
        html = is_page(writer.write(quiet.form, text, name=text, email=text), 422)
        assert [name for name, *_ in Document(html).elements()] == plain, text
    shops = [Shop(stack) for _ in range(4)]
    for number, text in enumerate(texts[:36]):
        answer = Writer(stack).write(shops[number % 4].form, f"{text} {uuid.uuid4().hex}", name=f"x{text}",
                                    email=new_email())
        is_page(answer, 200)
    stack.settled()
    mails = [mail for shop in shops for mail in shop.mails()]
    assert mails
    for mail in mails:
        assert {name for name, *_ in Document(mail["html"]).elements()} == {
            "html", "head", "meta", "title", "style", "body", "div", "p", "a"}
        assert {link["href"].split("/sites/")[0] for link in Document(mail["html"]).all("a")} == {stack.app_url}
        assert "\n" not in mail["subject"]


# --- What is no form

@pytest.mark.parametrize(("kind", "body"), [
    ("application/json", b'{"name":"a"}'), ("multipart/form-data; boundary=x", b"--x--"), ("text/plain", b"name=a"),
    (None, b"name=a"), ("application/x-www-form-urlencoded; charset=iso-8859-1", b"name=%FC"), ("", b"name=a"),
])
def test_other_types_are_415(quiet, writer, kind, body):
    html = is_page(writer.post_raw(quiet.form, body, headers={"Content-Type": kind}), 415)
    assert quiet.page_url in html


@pytest.mark.parametrize("body", [
    b"name=%FC&email=a@example.com&text=a", b"name=%C3&text=a", b"name=%ZZ", b"name=%4", b"name", b"name=a&name=b",
    b"name=a&other=b", b"name=a&customer_id=b", b"name=\xff", b"name=a b", b"%6eame=a&name=b", b"=", b"name=%ED%A0%80",
])
def test_what_is_not_encoded_as_forms_are_is_refused(quiet, writer, body):
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    is_page(writer.post_raw(quiet.form, body, headers=headers), 422)


def test_too_much_is_refused(quiet, writer):
    before = quiet.messages()
    html = is_page(writer.write(quiet.form, "x" * 70_000), 413)
    assert quiet.page_url in html
    answer = writer.write(quiet.form, "x" * 10_000_000)
    assert answer.status_code == 400 and "Too large" in answer.text
    assert quiet.messages() == before


def test_loading_the_answer_anew_leads_back_to_the_page(quiet, writer):
    answer = writer.checked("GET", quiet.form)
    assert (answer.status_code, answer.headers["Location"]) == (303, quiet.page_url)
    for method in ("PUT", "DELETE", "PATCH"):
        answer = writer.request(method, f"{quiet.stack.app_url}/api/forms/{quiet.form}", timeout=10)
        assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, POST")


def test_no_cookie_is_read_and_no_origin_asked_for(quiet, stack):
    for headers in ({"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}, {"Cookie": "session=" + "A" * 43}, {}):
        writer = Writer(stack)
        for name in ("Origin", "Sec-Fetch-Site"):
            writer.headers.pop(name)
        writer.headers.update(headers)
        is_page(writer.write(quiet.form, letters(1)[0]), 200)


# --- Whose form it is

def test_an_unknown_form_is_told_in_the_visitors_language(stack):
    html = is_page(Writer(stack, language="de-DE,de;q=0.9").write(str(uuid.uuid4())), 404)
    assert "Dieses Formular gibt es nicht mehr" in html and "<form" not in html
    is_page(Writer(stack).checked("GET", str(uuid.uuid4())), 404)


def test_a_form_takes_messages_only_while_its_page_is_seen(stack, writer):
    shop = Shop(stack)
    form = {"kind": "form"}
    draft = shop.client.new_page(shop.site, "draft", blocks=[form])["blocks"][0]["id"]
    is_page(writer.write(draft), 404)
    stack.sql(f"UPDATE customer.sites SET paused = true WHERE id = '{shop.site['id']}'")
    is_page(writer.write(shop.form), 404)
    stack.sql(f"UPDATE customer.sites SET paused = false WHERE id = '{shop.site['id']}'")
    is_page(writer.write(shop.form, letters(1)[0]), 200)
    # Taken off the page, and back again by an earlier version.
    path = f"/api/sites/{shop.site['id']}/pages/{shop.page['id']}"
    expect(shop.client.patch(path, json={"blocks": []}), 200)
    is_page(writer.write(shop.form, letters(1)[0]), 200)
    shop.client.publish(shop.site)
    is_page(writer.write(shop.form), 404)
    is_page(writer.write(draft, letters(1)[0]), 200)
    expect(shop.client.post(f"/api/sites/{shop.site['id']}/versions/1/restore", json={}), 200)
    is_page(writer.write(shop.form, letters(1)[0]), 200)
    is_page(writer.write(draft), 404)
    shop.client.prove()
    expect(shop.client.delete(f"/api/sites/{shop.site['id']}"), 204)
    is_page(writer.write(shop.form), 404)


def test_the_address_follows_the_site(stack, shop, writer):
    slug = new_slug()
    expect(shop.client.patch(f"/api/sites/{shop.site['id']}", json={"slug": slug}), 200)
    assert f'href="{stack.sites_url(slug)}/contact/"' in is_page(writer.write(shop.form), 200)


def test_a_form_of_another_customer_cannot_be_taken(stack, shop, bob, writer):
    site = bob.new_site()
    body = {"title": "Contact", "slug": "contact", "blocks": [{"kind": "form", "id": shop.form}]}
    expect_fields(bob.post(f"/api/sites/{site['id']}/pages", json=body), ("/blocks/0/id", "taken"))
    is_page(writer.write(shop.form), 200)
    assert len(shop.messages()) == 1
    expect(shop.client.delete(f"/api/sites/{shop.site['id']}"), 204)
    # Visitors may still have the page open: what they write must reach nobody else.
    expect_fields(bob.post(f"/api/sites/{site['id']}/pages", json=body), ("/blocks/0/id", "taken"))


# --- Advertising and floods

@pytest.mark.parametrize("text", [
    "Grüße aus Köln! Haben Sie am Sonntag geöffnet? Schöne Grüße, Jürgen Groß",
    "Merhaba, pazar günü açık mısınız? Teşekkürler, Şükrü Çağlayan",
    "Здравствуйте! Вы открыты в воскресенье? С уважением, Ольга Щербакова",
    "Καλημέρα, είστε ανοιχτά την Κυριακή; Ευχαριστώ πολύ.",
    "Hello, our menu is at https://example.com/menu – can you cook that?",
    "Dzień dobry, czy mają Państwo otwarte w niedzielę? Łukasz",
    "ok", "👍", "مرحبا، هل أنتم مفتوحون يوم الأحد؟",
])
def test_usual_messages_are_no_advertising(quiet, stack, text):
    is_page(Writer(stack).write(quiet.form, text, email=new_email()), 200)
    assert text in [message["text"] for message in quiet.messages()]


@pytest.mark.parametrize("fields", [
    {"website": "https://seo.example"},
    {"text": "https://a.example https://b.example"},
    {"text": "Buy now: " + " ".join(f"https://{n}.example/buy" for n in range(7)) + " and be happy with what you get"},
    {"text": "Look at <a href=https://a.example>this</a> offer, it is really very good for you"},
    {"text": "see [url=https://a.example]cheap[/url] things for your home and garden now"},
    {"text": "我们为您的网站提供优质的推广服务 http://a.example http://b.example http://c.example 请联系我们"},
    {"name": "www.casino.example", "text": "Win with us at https://casino.example every day of the week"},
], ids=lambda fields: next(iter(fields)))
def test_advertising_is_kept_apart_and_not_mailed(stack, shop, writer, fields):
    is_page(writer.write(shop.form, **fields), 200)
    assert shop.messages() == [] and shop.unread() == 0
    message, = shop.messages(spam=True)
    assert message["spam"] is True
    stack.settled()
    assert shop.mails() == []
    expect(shop.client.patch(f"{shop.path}/{message['id']}", json={"spam": False}), 200)
    assert [each["id"] for each in shop.messages()] == [message["id"]] and shop.messages(spam=True) == []


def test_the_same_again_within_a_day_is_one_message(stack, shop, writer):
    for text in ("A table for four?", "  a TABLE for four", "A table for four?"):
        is_page(writer.write(shop.form, text), 200)
    assert len(shop.messages()) == 1
    is_page(writer.write(shop.form, "A table for four?", email="other@example.com"), 200)
    assert len(shop.messages()) == 2
    stack.settled()
    assert len(shop.mails()) == 2


def test_the_same_words_from_many_are_advertising(stack, shop):
    text = f"We make your pages great again, {uuid.uuid4().hex}, at a price that will surprise you"
    others = [shop, Shop(stack), Shop(stack)]
    for each in others:
        is_page(Writer(stack).write(each.form, text, email=new_email()), 200)
    is_page(Writer(stack).write(shop.form, text, email=new_email()), 200)
    assert len(shop.messages(spam=True)) == 1


def test_a_network_is_limited_and_what_was_typed_stays(stack, shop):
    writer = Writer(stack, address=new_address())
    answers = [writer.write(shop.form, text) for text in letters(21)]
    assert [answer.status_code for answer in answers] == [200] * 20 + [429]
    html = is_page(answers[-1], 429)
    assert "Grace Hopper" in html and "<form" in html and int(answers[-1].headers["Retry-After"]) >= 1
    is_page(Writer(stack).write(shop.form, letters(1)[0]), 200)


def test_nothing_of_the_visitors_network_is_kept(stack, shop):
    address = new_address()
    is_page(Writer(stack, address=address).write(shop.form), 200)
    stack.settled()
    dump = json.dumps([stack.sql(f"SELECT row_to_json(m)::text FROM customer.messages m WHERE form_id = '{shop.form}'")])
    keys = stack.redis("--scan", "--pattern", "limit:form:*")
    assert address not in dump and address not in keys and address not in stack.log("core")
    assert keys.strip()


def test_of_a_hundred_at_once_all_are_taken_or_told_to_wait(stack, shop):
    texts = letters(100)
    writers = [Writer(stack) for _ in texts]
    answers = at_once(100, lambda number: writers[number].write(shop.form, texts[number]))
    states = [answer.status_code for answer in answers]
    assert set(states) <= {200, 503} and states.count(200) >= 50
    taken = {text for text, state in zip(texts, states) if state == 200}
    assert {message["text"] for message in shop.messages()} == taken
    stack.settled()
    # Ten mails in an hour; the rest in one.
    assert len(shop.mails()) == 10 and shop.mails("messages") == []
    stack.pass_time(3600)
    mail = wait_until(lambda: shop.mails("messages"), what="the mail that tells of the rest")[0]
    assert f"New messages: {len(taken) - 10}" == mail["subject"] and "reply_to" not in mail
    stack.pass_time(3600)
    stack.settled()
    assert len(shop.mails("messages")) == 1


def test_a_hundred_times_the_same_at_once_is_one_message(stack, shop):
    writers = [Writer(stack) for _ in range(100)]
    answers = at_once(100, lambda number: writers[number].write(shop.form))
    assert {answer.status_code for answer in answers} <= {200, 503}
    assert len(shop.messages()) == 1
    stack.settled()
    assert len(shop.mails()) == 1


# --- Reading

def test_messages_are_marked_and_deleted(shop, writer):
    for text in ("One of two", "Two of two"):
        is_page(writer.write(shop.form, text), 200)
    newest, oldest = shop.messages()
    assert (newest["text"], oldest["text"]) == ("Two of two", "One of two")
    assert shop.client.all_items(shop.path, limit=1) == [newest, oldest]
    path = f"{shop.path}/{newest['id']}"
    assert expect(shop.client.patch(path, json={"read": True}), 200) == {**newest, "read": True}
    assert shop.unread() == 1
    expect_fields(shop.client.patch(path, json={"read": "yes", "text": "x"}), ("/read", "wrong_type"),
                  ("/text", "unknown_field"))
    expect(shop.client.delete(path), 204)
    expect(shop.client.delete(path), 404)
    expect(shop.client.get(path), 404)
    assert shop.messages() == [oldest]
    # The site's draft is not changed by any of this.
    assert expect(shop.client.get(f"/api/sites/{shop.site['id']}"), 200)["changed"] is False


def test_another_customers_messages_are_not_found(shop, bob, writer):
    is_page(writer.write(shop.form), 200)
    message, = shop.messages()
    own = bob.new_site()
    for path in (shop.path, f"{shop.path}/spam", f"{shop.path}/{message['id']}",
                 f"/api/sites/{own['id']}/messages/{message['id']}"):
        expect(bob.get(path), 404)
    for path in (f"{shop.path}/{message['id']}", f"/api/sites/{own['id']}/messages/{message['id']}"):
        expect(bob.patch(path, json={"read": True}), 404)
        expect(bob.delete(path), 404)
    assert shop.messages() == [message]


def test_old_messages_and_the_most_of_them_go(stack, shop, writer):
    for text in letters(3):
        is_page(writer.write(shop.form, text), 200)
    customer = shop.client.identity["customer"]["id"]
    stack.sql(f"""
        INSERT INTO customer.messages
          (id, customer_id, site_id, form_id, page_title, name, email, text, digest, spam, mail)
        SELECT gen_random_uuid(), customer_id, site_id, form_id, page_title, name, email, 'x', '\\x00', n > 4990, 'sent'
        FROM customer.messages m, generate_series(1, 4999) n
        WHERE customer_id = '{customer}' AND id = (SELECT min(id::text)::uuid FROM customer.messages
                                                   WHERE customer_id = '{customer}')""")
    text, = letters(1)
    is_page(writer.write(shop.form, text), 200)
    count, spam = stack.sql(f"SELECT count(*), count(*) FILTER (WHERE spam) FROM customer.messages "
                            f"WHERE customer_id = '{customer}'")[0]
    assert (int(count), int(spam)) == (5000, 6)


def test_the_privacy_policy_tells_what_is_done(stack, ada):
    site = ada.new_site(locale="de")
    expect(ada.put("/api/customer/legal/privacy", json={"mode": "form", "form": {
        "controller": "Ada Lovelace", "street": "Am Park 1", "postal_code": "10115", "city": "Berlin",
        "country": "Deutschland", "email": ada.email}}), 200)
    ada.new_page(site, "kontakt", blocks=[{"kind": "form"}])
    ada.publish(site)
    html = visit(stack, site["slug"], "/datenschutz/").content.decode()
    assert "Nachrichten über Formulare" in html and "180 Tagen" in html
