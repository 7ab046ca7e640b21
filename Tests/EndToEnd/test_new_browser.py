"""A login from a browser that a person has not used before is told by mail."""

from client import Client, Mailbox, expect
from stack import wait_until


def told(stack, email) -> int:
    return len(Mailbox.of(stack).to(email, "new_login"))


def test_another_browser_is_told_once_and_the_first_never(stack):
    first = Client(stack).log_in()
    expect(first.delete("/api/session"), 204)
    first.log_in(first.email)
    other = Client(stack).log_in(first.email)
    wait_until(lambda: told(stack, first.email) == 1, what="the mail")
    expect(other.delete("/api/session"), 204)
    other.log_in(first.email)
    first.log_in(first.email)
    Client(stack).log_in(first.email)
    wait_until(lambda: told(stack, first.email) == 2, what="the second mail")


def test_the_cookie_is_the_browsers_and_hidden_from_scripts(stack):
    client = Client(stack).log_in()
    cookie = next(cookie for cookie in client.cookies if cookie.name == "browser")
    assert cookie.has_nonstandard_attr("HttpOnly") and len(cookie.value) == 43
    before = cookie.value
    client.log_in(client.email)
    assert client.cookie("browser") == before


def test_a_foreign_value_is_replaced(stack):
    client = Client(stack)
    client.cookies.set("browser", "<script>")
    client.log_in()
    assert "<script>" not in {cookie.value for cookie in client.cookies if cookie.domain}
