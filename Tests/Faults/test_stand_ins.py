"""The stand-ins for Stripe and Resend that scripts/up starts where no real keys are set: a person's own machine."""

import stat

import pytest
import requests
from client import Client
from fakes.stripe import API_VERSION
from stack import Stack, wait_until


@pytest.fixture(scope="module")
def own_stack():
    with Stack(with_fakes=False) as running:
        yield running


def address(stack, name: str) -> str:
    return f"http://127.0.0.1:{stack.environment[f'SMARTPAGES_{name.upper()}_STANDIN_PORT']}"


def secrets_of(stack) -> dict[str, str]:
    lines = (stack.home / "stand-ins").read_text().splitlines()
    return dict(line.split("=", 1) for line in lines)


def stripe(stack, method: str, path: str, **options) -> requests.Response:
    return requests.request(method, address(stack, "stripe") + path, timeout=10,
                            headers={"Authorization": f"Bearer {secrets_of(stack)['stand_in_stripe_key']}",
                                     "Stripe-Version": API_VERSION}, **options)


def test_it_is_said_that_they_are_used(own_stack):
    said = (own_stack.home / "pid" / "addresses").read_text()
    assert address(own_stack, "resend") in said and address(own_stack, "stripe") in said
    assert "none leaves this machine" in said and "no money moves" in said


def test_secrets_are_for_the_owner_alone_and_no_list_of_processes_shows_them(own_stack):
    assert stat.S_IMODE((own_stack.home / "stand-ins").stat().st_mode) == 0o600
    for name in ("stripe", "resend"):
        command = open(f"/proc/{own_stack.pid(name)}/cmdline").read()
        assert not [value for value in secrets_of(own_stack).values() if value in command]


def test_a_mail_is_on_its_page_and_in_the_folder(own_stack):
    email = Client(own_stack).log_in().email
    listed = requests.get(f"{address(own_stack, 'resend')}/_test/mails", params={"to": email}, timeout=10).json()
    assert [mail for mail in listed["items"]] and own_stack.mails(email)
    assert email in requests.get(address(own_stack, "resend"), timeout=10).text


def test_the_plans_are_for_sale(own_stack):
    assert stripe(own_stack, "GET", "/v1/prices/price_start_month").json()["unit_amount"] == 500
    plans = requests.get(own_stack.app_url + "/api/plans", timeout=10).json()["plans"]
    assert [plan["id"] for plan in plans] == ["start", "business", "agency"]


@pytest.mark.parametrize("name", ["stripe", "resend"])
def test_a_crash_mends_itself(own_stack, name):
    before = own_stack.pid(name)
    own_stack.crash_service(name)
    wait_until(lambda: own_stack.pid(name) != before, 20, f"a new {name}")
    wait_until(lambda: own_stack.service(name, "ready", check=False) == "" and answers(own_stack, name))


def answers(stack, name) -> bool:
    try:
        return requests.get(address(stack, name) + "/_test/state", timeout=5).status_code == 200
    except requests.RequestException:
        return False


def test_a_stop_of_all_keeps_what_was_sold_the_secrets_and_the_operators_plans(own_stack):
    customer = stripe(own_stack, "POST", "/v1/customers", data={"email": "kept@example.com"}).json()["id"]
    secrets, plans = secrets_of(own_stack), own_stack.home / "plans.json"
    changed = plans.read_text().replace("Start", "Anfang")
    plans.write_text(changed)
    own_stack._run([own_stack.scripts / "down"])
    own_stack._run([own_stack.scripts / "up", "--detach", "--no-build"])
    assert secrets_of(own_stack) == secrets and plans.read_text() == changed
    assert stripe(own_stack, "GET", f"/v1/customers/{customer}").json()["email"] == "kept@example.com"


@pytest.mark.parametrize("name", ["STRIPE", "RESEND"])
def test_a_real_key_needs_its_webhook_secret(name):
    stack = Stack(with_fakes=False, **{f"{name}_KEY": "sk_test_real"})
    try:
        done = stack._run([stack.scripts / "up", "--detach", "--no-build"], check=False)
        assert done.returncode == 1
        assert f"SMARTPAGES_{name}_WEBHOOK_SECRETS is needed" in done.stderr
        assert not (stack.home / "pid" / "core").exists()
    finally:
        stack.close()


def test_two_parts_on_one_port_are_refused():
    stack = Stack(with_fakes=False)
    stack.environment["SMARTPAGES_RESEND_STANDIN_PORT"] = str(stack.http_port)
    try:
        done = stack._run([stack.scripts / "up", "--detach", "--no-build"], check=False)
        assert done.returncode == 1 and "SMARTPAGES_RESEND_STANDIN_PORT and SMARTPAGES_HTTP_PORT" in done.stderr
    finally:
        stack.close()
