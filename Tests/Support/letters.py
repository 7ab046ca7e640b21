"""Visitors who write by the form of a published page, as a browser without scripts does."""

import re
import uuid
from html import unescape

import requests
from client import Client, Mailbox, _FromAddress, expect, new_address
from description import Description
from visitor import page


class Shop:
    """A customer with a published page that has a form."""

    def __init__(self, stack, client: Client | None = None, locale: str = "en", **block):
        self.stack = stack
        self.client = client or Client(stack).log_in(locale=locale)
        self.site = self.client.new_site(title="Café Morgenrot", locale=locale)
        self.page = self.client.new_page(self.site, "contact", blocks=[{"kind": "form", **block}])
        self.client.publish(self.site)
        self.form = self.page["blocks"][0]["id"]
        self.path = f"/api/sites/{self.site['id']}/messages"
        self.page_url = stack.sites_url(self.site["slug"]) + "/contact/"

    def messages(self, spam: bool = False) -> list[dict]:
        return self.client.all_items(self.path + ("/spam" if spam else ""))

    def mails(self, template: str = "message") -> list[dict]:
        return Mailbox.of(self.stack).to(self.client.email, template)

    def unread(self) -> int:
        return expect(self.client.get(f"/api/sites/{self.site['id']}"), 200)["unread_messages"]


class Writer(requests.Session):
    """A visitor's browser, in a network of its own unless an address is given."""

    def __init__(self, stack, address: str | None = None, language: str = "en"):
        super().__init__()
        self.stack = stack
        self.trust_env = False
        self.description = Description.of(stack)
        self.headers.update({"Origin": "https://somewhere.example", "Sec-Fetch-Site": "cross-site",
                             "Accept-Language": language})
        self.mount("http://", _FromAddress(address or new_address()))

    def write(self, form: str, text: str = "Do you have a table for four on Saturday?", name: str = "Grace Hopper",
             email: str = "grace@example.com", **more) -> requests.Response:
        """Sends a form filled in; `more` are further fields, None leaves one out."""
        fields = {"page": "/contact/", "name": name, "email": email, "text": text, "website": "", **more}
        return self.post_raw(form, {field: value for field, value in fields.items() if value is not None})

    def post_raw(self, form: str, data, **options) -> requests.Response:
        return self.checked("POST", form, data=data, **options)

    def checked(self, method: str, form: str, **options) -> requests.Response:
        answer = self.request(method, f"{self.stack.app_url}/api/forms/{form}", timeout=30, allow_redirects=False,
                              **options)
        self.description.check(answer)
        return answer


def form_of(stack, slug: str, path: str = "/contact/") -> dict[str, str]:
    """The form on a published page: where it is sent, and the values of its hidden fields."""
    html = page(stack, slug, path)
    return {"action": unescape(re.search(r'<form method="post" action="([^"]+)"', html)[1])}


def is_page(answer: requests.Response, status: int) -> str:
    """The HTML of an answer that a person can read; it loads nothing, and nothing runs in it."""
    assert answer.status_code == status, f"{answer.status_code}: {answer.text[:500]}"
    assert answer.headers["Content-Type"].lower() == "text/html; charset=utf-8"
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "script-src" not in policy and "unsafe" not in policy
    assert not [name for name in answer.headers if name.lower().startswith("access-control-")]
    assert "Set-Cookie" not in answer.headers
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    return answer.content.decode()


def lay_message(client: Client, site: dict) -> str:
    """A message in the database as if somebody had written it; its id."""
    customer = client.identity["customer"]["id"]
    ids = [str(uuid.uuid4())[:14] + "7" + str(uuid.uuid4())[15:] for _ in range(2)]
    client.stack.sql(f"""
        INSERT INTO customer.messages
          (id, customer_id, site_id, form_id, page_title, name, email, text, digest, spam, mail)
        VALUES ('{ids[0]}', '{customer}', '{site["id"]}', '{ids[1]}', 'Contact', 'Grace',
          'grace@example.com', 'Hello', '\\x00', false, 'sent')""")
    return ids[0]
