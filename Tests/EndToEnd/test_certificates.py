"""Certificates of customers' own domains: fetched from a real authority, renewed, taken away, through a real nginx."""

import re
import socket
import ssl
import stat
import subprocess
import time
import uuid

import pytest
from authority import Authority
from domains import Shop, new_zone
from names import NameServer
from stack import Stack, wait_until

# Generous: a client that finds nobody tries three times before it gives up.
SECONDS = 120


@pytest.fixture(scope="module")
def names():
    with NameServer() as server:
        yield server


@pytest.fixture(scope="module")
def world(names):
    """The stack and the authority that it asks."""
    stack, authority = start_world(names)
    yield stack, authority
    stack.close()
    authority.close()


def start_world(names, tries: int = 3) -> tuple[Stack, Authority]:
    """The authority must know the stack's port before it starts, and another program may take that in between."""
    stack = Stack(DNS=names.text, DNS_PORT=names.port)
    authority = Authority(stack.http_port, names.text)
    authority.start()
    stack.environment |= {"SMARTPAGES_ACME_DIRECTORY": authority.directory,
                          "SMARTPAGES_ACME_CLIENT": str(authority.client)}
    stack.start()
    if stack.http_port == authority.http_port:
        return stack, authority
    stack.close()
    authority.close()
    assert tries > 1, "other programs take the ports again and again"
    return start_world(names, tries - 1)


@pytest.fixture(scope="module")
def stack(world):
    return world[0]


@pytest.fixture(scope="module")
def authority(world):
    return world[1]


@pytest.fixture(scope="module")
def shops():
    """Of this file; a plan has room for 25 domains."""
    return []


@pytest.fixture
def shop(stack, names, shops):
    # What other tests have asked for is none of this one's.
    stack.sql("DELETE FROM customer.acme_orders")
    if not shops or len(shops[-1].all()) > 20:
        shops.append(Shop(stack, names))
    return shops[-1]


@pytest.fixture
def host(names):
    """A registrable domain that leads here."""
    return new_zone(names)


@pytest.fixture
def issued(stack, authority, shop, host):
    """A domain with a certificate, the primary one of its site, which is served."""
    domain = wait_issued(shop, shop.connect(host, site=shop.new_site(), www=False))
    wait_served(stack, authority, host)
    return domain


def wait_issued(shop: Shop, domain: dict, other_than: str | None = None) -> dict:
    return wait_state(shop, domain, lambda each: each["state"] == "issued" and each["serial"] != other_than)


def wait_problem(shop: Shop, domain: dict, code: str) -> dict:
    return wait_state(shop, domain, lambda each: (each["problem"] or {}).get("code") == code)


def wait_state(shop: Shop, domain: dict, condition) -> dict:
    """The domain once its certificate is as it should be."""
    last = None

    def look():
        nonlocal last
        last = shop.get(domain)
        return last if condition(last["certificate"]) else None

    try:
        return wait_until(look, SECONDS)
    except AssertionError:
        row = shop.stack.sql(f"SELECT * FROM customer.certificates WHERE domain_id = '{domain['id']}'")
        raise AssertionError(f"not as expected: {last['certificate'] if last else None} {row}") from None


def context_of(authority: Authority) -> ssl.SSLContext:
    return ssl.create_default_context(cadata=authority.root())


def visit_tls(stack: Stack, context: ssl.SSLContext, name: str | None, host: str | None = None, path: str = "/"):
    """Status, body and certificate of a page over HTTPS; raises `ssl.SSLError` or `OSError` like the handshake."""
    with socket.create_connection(("127.0.0.1", stack.https_port), timeout=20) as plain:
        with context.wrap_socket(plain, server_hostname=name) as secure:
            secure.sendall(f"GET {path} HTTP/1.1\r\nHost: {host or name}\r\nConnection: close\r\n\r\n".encode())
            answer = b""
            while more := secure.recv(65_536):
                answer += more
            head, _, body = answer.partition(b"\r\n\r\n")
            return int(head.split()[1]), body.decode(errors="replace"), secure.getpeercert()


def wait_served(stack: Stack, authority: Authority, host: str) -> None:
    """The edge follows a moment after the certificate."""
    wait_until(lambda: visit_tls(stack, context_of(authority), host)[0] in (200, 308), 60, "the page")


def is_refused(stack: Stack, name: str | None) -> bool:
    """Whether the handshake for a name fails by the server's word."""
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    try:
        visit_tls(stack, context, name, host=name or "none.de")
    except (ssl.SSLError, ConnectionError):
        return True
    return False


def serial_of(stack: Stack, authority: Authority, host: str) -> str:
    return visit_tls(stack, context_of(authority), host)[2]["serialNumber"].lower().lstrip("0")


def file_of(stack: Stack, host: str):
    return stack.home / "certificates" / f"{host}.pem"


def try_now(stack: Stack, host: str) -> None:
    """The pause until the next try is over."""
    stack.sql(f"UPDATE customer.certificates SET next_try_at = now() WHERE domain_id = "
              f"(SELECT id FROM customer.domains WHERE host = '{host}')")
    stack.sql("UPDATE customer.acme_account SET paused_until = now() WHERE paused_until IS NOT NULL")
    wake(stack)


def wake(stack: Stack) -> None:
    """What is done every few seconds is done now."""
    stack.sql("INSERT INTO jobs.jobs (kind, erase_when_done) VALUES ('customer.watch_certificates', true)")


def column(stack: Stack, host: str, name: str) -> str:
    return stack.sql(f"SELECT {name} FROM customer.certificates WHERE domain_id IN "
                     f"(SELECT id FROM customer.domains WHERE host = '{host}')")[0][0]


# --- The whole way


def test_a_domain_gets_its_certificate_and_is_served_by_it(stack, authority, shop, host, names):
    domain = shop.add(host, shop.new_site(), www=False)
    assert domain["certificate"]["state"] == "waiting" and is_refused(stack, host)
    shop.prove(domain)
    shop.point(domain)
    with authority.paused("finalize-order") as arrived:
        shop.check(domain)
        assert arrived.wait(SECONDS)
        found = shop.get(domain)
        assert found["state"] == "active" and not found["live"], "not before there is a certificate"
    found = wait_issued(shop, domain)
    certificate = found["certificate"]
    assert found["live"] and certificate["issuer"].startswith("Pebble Intermediate") and not certificate["problem"]
    assert certificate["not_before"] < certificate["renews_at"] < certificate["not_after"]
    wait_served(stack, authority, host)
    status, body, shown = visit_tls(stack, context_of(authority), host)
    assert status == 200 and "Corner shop" in body
    assert shown["subjectAltName"] == (("DNS", host),)
    assert shown["serialNumber"].lower().lstrip("0") == certificate["serial"].lstrip("0")
    assert authority.status(certificate["serial"]) == "Valid"
    assert host in stack.command("domains", "list").stdout
    assert 'smartpages_certificates{state="issued"}' in stack.metrics()
    assert re.search(r"smartpages_certificates_soonest_end_seconds \d", stack.metrics())
    https = stack.sql(f"SELECT https_since IS NOT NULL FROM customer.domains WHERE host = '{host}'")
    assert https == [["t"]]


def test_apex_and_www_have_a_certificate_each(stack, authority, shop, host, names):
    apex = shop.add(host)
    www = shop.www(apex)
    shop.prove(apex)
    for each in (apex, www):
        names.set(each["host"], "A", "127.0.0.1")
        assert shop.check(each)["state"] == "active"
    for each in (apex, www):
        wait_issued(shop, each)
        wait_served(stack, authority, each["host"])


def test_only_whoever_runs_the_web_server_can_read_keys(stack, issued):
    folder = stack.home / "certificates"
    for path in (folder, stack.home / "acme"):
        assert stat.S_IMODE(path.stat().st_mode) == 0o700
    text = file_of(stack, issued["host"]).read_text()
    assert text.count("BEGIN EC PRIVATE KEY") == 1 and text.count("BEGIN CERTIFICATE") >= 1
    assert stat.S_IMODE(file_of(stack, issued["host"]).stat().st_mode) == 0o600
    assert not [path for path in folder.iterdir() if path.name.startswith(".")]


def test_where_the_web_servers_group_may_look_into_the_folder_it_may_read_the_files(stack, authority, shop, issued):
    folder = stack.home / "certificates"
    folder.chmod(0o2750)
    try:
        stack.command("domains", "renew", issued["host"])
        wait_issued(shop, issued, other_than=issued["certificate"]["serial"])
        assert stat.S_IMODE(file_of(stack, issued["host"]).stat().st_mode) == 0o640
    finally:
        folder.chmod(0o700)


def test_a_renewed_certificate_counts_at_once_and_has_another_key(stack, authority, shop, issued):
    host, old = issued["host"], issued["certificate"]["serial"]
    key = file_of(stack, host).read_text().partition("-----BEGIN CERTIFICATE")[0]
    stack.command("domains", "renew", host)
    new = wait_issued(shop, issued, other_than=old)["certificate"]["serial"]
    assert serial_of(stack, authority, host) == new.lstrip("0") != old.lstrip("0")
    assert file_of(stack, host).read_text().partition("-----BEGIN CERTIFICATE")[0] != key


def test_a_short_lived_certificate_is_renewed_by_itself(stack, authority, shop, issued):
    """Also by an authority that has forgotten the account."""
    authority.halt()
    authority.seconds = 60
    authority.run()
    try:
        stack.command("domains", "renew", issued["host"])
        short = wait_issued(shop, issued, other_than=issued["certificate"]["serial"])
        assert visit_tls(stack, context_of(authority), issued["host"])[0] == 200
        again = wait_issued(shop, issued, other_than=short["certificate"]["serial"])
        assert again["certificate"]["not_before"] < short["certificate"]["not_after"]
        assert serial_of(stack, authority, issued["host"]) == again["certificate"]["serial"].lstrip("0")
    finally:
        authority.halt()
        authority.seconds = 90 * 86_400
        authority.run()
    # Its end is near whatever happens; with a long one again, nothing of it is left for other tests.
    stack.command("domains", "renew", issued["host"])
    wait_until(lambda: shop.get(issued)["certificate"]["not_after"] > again["certificate"]["not_after"], SECONDS,
               "a long certificate")


# --- What can go wrong


def test_an_authority_that_the_domains_owner_forbids_is_not_asked(stack, authority, shop, host, names):
    names.set(host, "CAA", '0 issue "other.example"', '0 iodef "mailto:a@b.example"')
    orders = authority.orders
    domain = shop.connect(host, www=False)
    found = wait_problem(shop, domain, "caa_forbids")["certificate"]
    assert found["state"] == "failing" and "CAA" in found["problem"]["detail"] and found["next_try_at"]
    assert authority.orders == orders and is_refused(stack, host)
    assert f"{host}: other.example" in column(stack, host, "problem_detail")
    names.set(host, "CAA", '0 issue "other.example"', '0 issue "LetsEncrypt.org; validationmethods=http-01"')
    try_now(stack, host)
    wait_issued(shop, domain)


def test_name_servers_that_do_not_say_whether_it_is_allowed_are_asked_again(stack, authority, shop, issued, names):
    host = issued["host"]
    names.treat(host, "servfail")
    try:
        orders = authority.orders
        stack.command("domains", "renew", host)
        wait_problem(shop, issued, "caa_unclear")
        assert authority.orders == orders
        assert visit_tls(stack, context_of(authority), host)[0] == 200, "the one that there is stays good"
    finally:
        names.treat(host, None)
    try_now(stack, host)
    wait_issued(shop, issued, other_than=issued["certificate"]["serial"])


def test_a_rate_limit_is_waited_for_longer_each_time(stack, authority, shop, host):
    with authority.mood("rate_limited"):
        domain = shop.connect(host, www=False)
        wait_problem(shop, domain, "rate_limited")
        for attempts in (1, 2, 3):
            wait_until(lambda: column(stack, host, "attempts") == str(attempts), SECONDS, f"{attempts} tries")
            pause = float(column(stack, host, "extract(epoch FROM next_try_at - now())"))
            expected = 60 * 2 ** (attempts - 1)
            assert 0.9 * expected - 30 < pause < 1.1 * expected + 1
            if attempts < 3:
                try_now(stack, host)
    try_now(stack, host)
    wait_issued(shop, domain)
    assert column(stack, host, "attempts") == "0" and column(stack, host, "failing_since") == ""


def test_an_authority_that_is_away_holds_up_all_and_is_no_domains_fault(stack, authority, shop, host, names):
    other = new_zone(names)
    with authority.mood("away"):
        domain = shop.connect(host, www=False)
        wait_problem(shop, domain, "authority_away")
        second = shop.connect(other, www=False)
        wait_problem(shop, second, "authority_away")
        assert column(stack, host, "attempts") == column(stack, other, "attempts") == "0"
    for each in (host, other):
        try_now(stack, each)
    wait_issued(shop, domain)
    wait_issued(shop, second)
    assert stack.sql("SELECT attempts FROM customer.acme_account") == [["0"]]


def test_an_authority_that_cannot_reach_the_host_says_so(stack, authority, shop, host, names):
    domain = shop.add(host, www=False)
    shop.prove(domain)
    shop.point(domain)
    # It finds the name elsewhere: where nobody listens.
    with authority.paused("order-plz") as arrived:
        shop.check(domain)
        assert arrived.wait(SECONDS)
        names.set(host, "A", "127.0.0.9")
        names.remove(host, "AAAA")
    wait_problem(shop, domain, "unreachable")
    assert stack.sql(f"SELECT failed FROM customer.acme_orders WHERE host = '{host}'") == [["t"]]
    shop.point(domain)
    try_now(stack, host)
    wait_issued(shop, domain)


def test_the_accounts_budget_is_kept_by_ourselves(stack, authority, shop, issued):
    host = issued["host"]
    stack.sql("INSERT INTO customer.acme_orders (host, registrable, customer_id, failed, at) "
              f"SELECT '{host}', '{host}', '{uuid.uuid4()}', true, now() - n * interval '5 minutes' FROM generate_series(1, 5) n")
    orders = authority.orders
    stack.command("domains", "renew", host)
    wait_problem(shop, issued, "budget")
    pause = float(column(stack, host, "extract(epoch FROM next_try_at - now())"))
    assert authority.orders == orders and 30 * 60 < pause < 37 * 60, "until the first of the five is an hour old"
    stack.sql(f"DELETE FROM customer.acme_orders WHERE host = '{host}' AND failed")
    stack.sql("INSERT INTO customer.acme_orders (host, registrable, customer_id, at) "
              f"SELECT 'x.{host}', '{host}', '{uuid.uuid4()}', now() - interval '6 days' FROM generate_series(1, 50)")
    stack.command("domains", "renew", host)
    wait_until(lambda: float(column(stack, host, "extract(epoch FROM next_try_at - now())")) > 23 * 3600, SECONDS,
               "a pause of a day")
    stack.sql(f"DELETE FROM customer.acme_orders WHERE host = 'x.{host}'")
    stack.command("domains", "renew", host)
    wait_issued(shop, issued, other_than=issued["certificate"]["serial"])


def test_one_customers_orders_leave_room_for_others(stack, authority, shop, issued, names):
    host = issued["host"]
    owner = stack.sql(f"SELECT customer_id FROM customer.domains WHERE host = '{host}'")[0][0]
    stack.sql("DELETE FROM customer.acme_orders")
    stack.sql("INSERT INTO customer.acme_orders (host, registrable, customer_id, failed, at) "
              f"SELECT 'a' || n || '.de', 'a' || n || '.de', '{owner}', n % 2 = 0, now() - interval '2 hours' "
              "FROM generate_series(1, 20) n")
    orders = authority.orders
    stack.command("domains", "renew", host)
    wait_problem(shop, issued, "budget")
    assert authority.orders == orders
    other = Shop(stack, names)
    wait_issued(other, other.connect(new_zone(names), www=False))


def test_new_hosts_leave_room_for_renewals(stack, authority, shop, issued, host, names):
    stack.sql("DELETE FROM customer.acme_orders")
    stack.sql("INSERT INTO customer.acme_orders (host, registrable, customer_id, at) "
              "SELECT 'a' || n || '.de', 'a' || n || '.de', gen_random_uuid(), now() - interval '2 hours' "
              "FROM generate_series(1, 250) n")
    new = shop.connect(new_zone(names), www=False)
    wait_problem(shop, new, "budget")
    stack.command("domains", "renew", host)
    wait_issued(shop, issued, other_than=issued["certificate"]["serial"])


def test_a_host_whose_files_cannot_be_written_holds_up_no_other(stack, authority, shop, host, names):
    place = stack.home / "acme" / "hosts" / host
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    place.write_text("no folder")
    domain = shop.connect(host, www=False)
    wait_problem(shop, domain, "client")
    wait_issued(shop, shop.connect(new_zone(names), www=False))
    place.unlink()
    try_now(stack, host)
    wait_issued(shop, domain)


def test_owners_are_told_once_of_a_certificate_that_is_not_to_be_had(stack, authority, shop, host, names):
    def mails():
        return [mail for mail in stack.mails(shop.client.email)
                if host in mail["text"] and {"name": "template", "value": "certificate_problem"} in mail["tags"]]

    names.set(host, "CAA", '0 issue ";"')
    domain = shop.connect(host, www=False)
    wait_problem(shop, domain, "caa_forbids")
    wake(stack)
    stack.settled(60)
    assert not mails(), "not on the first day"
    stack.sql("UPDATE customer.certificates SET failing_since = now() - interval '25 hours' "
              f"WHERE failing_since IS NOT NULL AND domain_id = '{domain['id']}'")
    wake(stack)
    wait_until(mails, 60, "a mail")
    try_now(stack, host)
    wait_until(lambda: column(stack, host, "attempts") == "2", SECONDS, "another try")
    wake(stack)
    stack.settled(60)
    assert len(mails()) == 1
    names.remove(host, "CAA")
    try_now(stack, host)
    wait_issued(shop, domain)
    # The next time it is a certificate that nears its end.
    names.set(host, "CAA", '0 issue ";"')
    stack.command("domains", "renew", host)
    wait_problem(shop, domain, "caa_forbids")
    wake(stack)
    stack.settled(60)
    assert len(mails()) == 1, "its end is far"
    stack.sql("UPDATE customer.certificates SET not_after = now() + interval '9 days', "
              f"not_before = now() - interval '81 days' WHERE domain_id = '{domain['id']}'")
    wake(stack)
    wait_until(lambda: len(mails()) == 2, 60, "a mail about the end")


def test_a_host_whose_certificate_has_run_out_is_not_served(stack, authority, shop, issued, names):
    host = issued["host"]
    names.set(host, "CAA", '0 issue ";"')
    stack.sql(f"UPDATE customer.certificates SET not_after = now() WHERE domain_id = '{issued['id']}'")
    wake(stack)
    wait_until(lambda: visit_tls(stack, context_of(authority), host)[0] == 421, 60, "an end of serving")
    found = shop.get(issued)
    assert not found["live"] and found["certificate"]["state"] == "failing"
    names.remove(host, "CAA")
    try_now(stack, host)
    wait_issued(shop, issued)
    wait_until(lambda: visit_tls(stack, context_of(authority), host)[0] == 200, 60, "the page")


@pytest.mark.parametrize("step", ["nonce-plz", "order-plz", "authZ", "chalZ", "finalize-order", "certZ"])
def test_core_may_be_killed_at_each_step(stack, authority, shop, host, step):
    domain = shop.add(host, www=False)
    shop.prove(domain)
    shop.point(domain)
    with authority.paused(step) as arrived:
        shop.check(domain)
        assert arrived.wait(SECONDS)
        stack.kill_service("core")
    stack.start_service("core")
    stack.wait_ready(60)
    # Whoever comes first after the claim of the dead process.
    try_now(stack, host)
    found = wait_issued(shop, domain)
    assert serial_of(stack, authority, host) == found["certificate"]["serial"].lstrip("0")


def test_what_was_issued_before_core_died_needs_no_second_order(stack, authority, shop, host):
    domain = shop.connect(host, www=False)
    serial = wait_issued(shop, domain)["certificate"]["serial"]
    orders = authority.orders
    # As if it had been killed between the client's end and its own commit.
    file_of(stack, host).unlink()
    stack.sql("UPDATE customer.certificates SET state = 'waiting', serial = NULL, not_after = NULL, not_before = NULL "
              f"WHERE domain_id = '{domain['id']}'")
    try_now(stack, host)
    assert wait_issued(shop, domain)["certificate"]["serial"] == serial
    assert authority.orders == orders and serial_of(stack, authority, host) == serial.lstrip("0")


# --- The handshake


def test_names_without_a_certificate_are_refused_in_the_handshake(stack, issued):
    host = issued["host"]
    for name in ("unknown.de", f"www.{host}", f"{host[1:]}", "xn--bcher-kva.example", "127.0.0.1", None):
        assert is_refused(stack, name), name
    for name in ("../../tls/site", "..", "a/../b.de", "%2e%2e", ".pem", "-"):
        done = subprocess.run(["openssl", "s_client", "-connect", f"127.0.0.1:{stack.https_port}", "-servername", name],
                              capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=30)
        assert "BEGIN CERTIFICATE" not in done.stdout, name


def test_a_host_that_the_handshake_was_not_for_is_misdirected(stack, authority, shop, issued):
    context, host = context_of(authority), issued["host"]
    for other in ("app.localhost", f"{shop.site['slug']}.sites.localhost", "other.de", f"www.{host}"):
        assert visit_tls(stack, context, host, host=other)[0] == 421, other
    for same in (host.upper(), f"{host}.", f"{host}:{stack.https_port}"):
        assert visit_tls(stack, context, host, host=same)[0] == 200, same
    own = ssl.create_default_context(cafile=stack.authority)
    assert visit_tls(stack, own, "app.localhost", host=host)[0] == 421
    assert visit_tls(stack, own, "app.localhost")[0] == 200


def test_http2_is_spoken(stack, authority, issued):
    context = context_of(authority)
    context.set_alpn_protocols(["h2", "http/1.1"])
    with socket.create_connection(("127.0.0.1", stack.https_port), timeout=20) as plain:
        with context.wrap_socket(plain, server_hostname=issued["host"]) as secure:
            assert secure.selected_alpn_protocol() == "h2" and secure.version() == "TLSv1.3"


def test_challenges_are_answered_for_every_host_and_only_as_our_account(stack, issued):
    thumbprint = stack.command("domains", "account", "--known").stdout.strip()
    assert re.fullmatch(r"[-_A-Za-z0-9]{43}", thumbprint)
    assert stack.command("domains", "account").stdout.strip() == thumbprint, "registering again changes nothing"
    for host in (issued["host"], "app.localhost", "x.sites.localhost", "unknown.de"):
        answer = raw(stack, host, "/.well-known/acme-challenge/Some-token_1")
        assert answer.startswith("HTTP/1.1 200") and answer.endswith(f"\r\n\r\nSome-token_1.{thumbprint}")
    for path in ("a/b", "a.b", "", "a%2fb", "%0d%0aX"):
        assert thumbprint not in raw(stack, issued["host"], f"/.well-known/acme-challenge/{path}")


def raw(stack: Stack, host: str, path: str) -> str:
    with socket.create_connection(("127.0.0.1", stack.http_port), timeout=20) as plain:
        plain.sendall(f"GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())
        answer = b""
        while more := plain.recv(65_536):
            answer += more
    return answer.decode()


# --- The end


def test_removal_takes_the_certificate_away_within_a_second(stack, authority, shop, issued):
    host, serial = issued["host"], issued["certificate"]["serial"]
    shop.remove(issued)
    begin = time.monotonic()
    wait_until(lambda: not file_of(stack, host).exists() and is_refused(stack, host), 20, "a refusal")
    assert time.monotonic() - begin < 1
    wait_until(lambda: authority.status(serial) == "Revoked", SECONDS, "the revocation")
    folder = stack.home / "acme"
    wait_until(lambda: not list((folder / "revoked").iterdir()), SECONDS, "an end of revoking")
    assert not (folder / "hosts" / host).exists()


def test_a_file_that_cannot_be_removed_holds_up_no_other(stack, shop, issued):
    blocked = file_of(stack, "blocked.de")
    blocked.mkdir()
    stack.sql("INSERT INTO customer.released_certificates (host, revoke, released_at) "
              "VALUES ('blocked.de', false, now() - interval '1 hour')")
    stack.sql("INSERT INTO customer.released_certificates (host, revoke) VALUES ('nobodys.de', false)")
    nobodys = file_of(stack, "nobodys.de")
    nobodys.write_text("key")
    wake(stack)
    wait_until(lambda: not nobodys.exists(), 60, "the next one's removal")
    assert "blocked.de" in stack.sql("SELECT problem FROM customer.released_certificates WHERE host = 'blocked.de'")[0][0]
    blocked.rmdir()
    stack.sql("UPDATE customer.released_certificates SET next_try_at = now()")
    wake(stack)
    wait_until(lambda: not stack.sql("SELECT 1 FROM customer.released_certificates"), 60, "an end of removing")


def test_who_only_claims_a_host_leaves_its_certificate_alone(stack, authority, shop, issued, names):
    host = issued["host"]
    text = file_of(stack, host).read_text()
    stranger = Shop(stack, names)
    stranger.remove(stranger.add(host, www=False))
    assert file_of(stack, host).read_text() == text
    assert not stack.sql(f"SELECT 1 FROM customer.released_certificates WHERE host = '{host}'")
    assert visit_tls(stack, context_of(authority), host)[0] == 200


def test_a_claim_does_not_disturb_a_first_certificate(stack, authority, shop, host, names):
    domain = shop.add(host, www=False)
    shop.prove(domain)
    shop.point(domain)
    stranger = Shop(stack, names)
    claim = stranger.add(host, www=False)
    with authority.paused("finalize-order") as arrived:
        shop.check(domain)
        assert arrived.wait(SECONDS)
        orders = authority.orders
        stranger.remove(claim)
        # As it is left by a customer who had the host before.
        stack.sql(f"INSERT INTO customer.released_certificates (host, revoke) VALUES ('{host}', true)")
        wake(stack)
        wait_until(lambda: not stack.sql(f"SELECT 1 FROM customer.released_certificates WHERE host = '{host}'"), 60,
                   "the release")
    wait_issued(shop, domain)
    assert authority.orders == orders, "the order under way was the one"


def test_who_lost_a_host_cannot_take_the_new_owners_certificate_away(stack, authority, shop, issued, names):
    host, buyer = issued["host"], Shop(stack, names)
    claim = buyer.add(host, www=False)
    buyer.prove(claim)
    buyer.point(claim)
    assert buyer.check(claim)["state"] == "active"
    wait_issued(buyer, claim)
    text = file_of(stack, host).read_text()
    assert shop.get(issued)["state"] == "paused"
    shop.remove(issued)
    wake(stack)
    stack.settled(60)
    assert file_of(stack, host).read_text() == text
    wait_until(lambda: visit_tls(stack, context_of(authority), host)[0] == 200, 60, "the buyer's page")


def test_a_file_that_was_lost_is_put_back_without_an_order(stack, authority, issued):
    file, orders = file_of(stack, issued["host"]), authority.orders
    text = file.read_text()
    file.unlink()
    stack.sql("INSERT INTO jobs.jobs (kind, erase_when_done) VALUES ('customer.sweep_certificates', true)")
    wait_until(file.exists, 60, "the file")
    assert file.read_text() == text and authority.orders == orders


def test_a_file_that_is_nobodys_is_swept(stack, authority, issued):
    orphan = file_of(stack, "orphan.de")
    orphan.write_text(file_of(stack, issued["host"]).read_text())
    stack.sql("INSERT INTO jobs.jobs (kind, erase_when_done) VALUES ('customer.sweep_certificates', true)")
    wait_until(lambda: not orphan.exists(), 60, "the sweep")
    assert file_of(stack, issued["host"]).exists()


def test_an_authority_may_ask_for_an_external_account(stack, names):
    binding = ("kid-1", "zWNDZM6eQGHWpSRTPal5eIUYFTu7EajVIoguysqZ9wG44nMEtx3MUAsUDkMTQ12W")
    with Authority(stack.http_port, names.text, binding=binding) as other:
        for bound in (False, True):
            environment = stack.environment | stack._program_environment() | {
                "SMARTPAGES_ACME_DIRECTORY": other.directory, "SMARTPAGES_ACME_CLIENT": str(other.client),
                "SMARTPAGES_ACME_HOME": str(other.folder / "home"),
                "SMARTPAGES_ACME_EAB": ":".join(binding) if bound else ""}
            done = subprocess.run([f"{stack.settings['BINARIES']}/smartpages", "domains", "account"], env=environment,
                                  capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=60)
            assert re.fullmatch(r"[-_A-Za-z0-9]{43}\n", done.stdout), "nginx can start with the key alone"
            assert ("not confirmed" in done.stderr) == (not bound), done.stderr
        # The secret is not among the arguments any more, where others may see it.
        seen, client = other.folder / "arguments", other.folder / "noting-client"
        client.write_text(f'#!/bin/sh\necho "$@" >>"{seen}"\nexec "{other.client}" "$@"\n')
        client.chmod(0o755)
        environment["SMARTPAGES_ACME_CLIENT"] = str(client)
        done = subprocess.run([f"{stack.settings['BINARIES']}/smartpages", "domains", "account"], env=environment,
                              capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=60)
        assert done.returncode == 0 and not done.stderr, done.stderr
        assert "update" in seen.read_text() and binding[1] not in seen.read_text()


def test_the_operator_is_told_of_hosts_that_are_none(stack):
    for action in ("renew", "check"):
        assert stack.command("domains", action, "nobody.de", check=False).returncode != 0
