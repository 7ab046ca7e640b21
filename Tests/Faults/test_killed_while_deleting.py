"""SIGKILL of Core in the middle of an account's end: it comes about whole, with nobody's help."""

import contextlib
import subprocess

import pytest
from client import Client, expect
from core_process import CoreProcess
from stack import wait_until
from visitor import visit

COUNTS = 6_000
# What the removal needs at different moments: while somebody else holds it, the removal stands still there.
STEPS = ["customer.site_counts", "customer.trash", "customer.sites", "customer.users", "customer.retired_hosts",
         "customer.visitors", "billing.accounts", "customer.memberships"]


@contextlib.contextmanager
def held(stack, table: str):
    """Nobody else may use the table for the time of a `with` block."""
    with subprocess.Popen(["psql", "-X", "-q", "-A", "-t", stack._program_environment()["SMARTPAGES_DATABASE_URL"]],
                          stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as session:
        session.stdin.write(f"BEGIN; LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE; SELECT 'held';\n")
        session.stdin.flush()
        assert session.stdout.readline().strip() == "held"
        yield
        session.stdin.close()  # ends the session, and the lock with it


@pytest.mark.parametrize("table", STEPS)
def test_killed_in_the_middle_it_goes_on(own_stack, table):
    owner = Client(own_stack).log_in()
    customer = owner.identity["customer"]["id"]
    site = owner.new_site()
    owner.publish(site)
    own_stack.sql(f"""INSERT INTO customer.site_counts (site_id, day, kind, name, count)
        SELECT '{site['id']}', '2026-11-01', 'referrer', n || '.example', n FROM generate_series(1, {COUNTS}) n""")
    name = expect(owner.get("/api/customer"), 200)["name"]
    expect(owner.delete("/api/customer", json={"confirm": name}), 200)
    job = f"SELECT state FROM jobs.jobs WHERE key = 'customer.remove:{customer}'"
    stands_still = ("SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND application_name <> 'psql'"
                    f" AND EXISTS ({job} AND state = 'running')")
    with CoreProcess(own_stack) as core:
        core.wait_live()
        with held(own_stack, table):
            own_stack.sql(f"UPDATE customer.customers SET deletion_at = now() WHERE id = '{customer}';"
                          f"UPDATE jobs.jobs SET run_at = now() WHERE key = 'customer.remove:{customer}'")
            wait_until(lambda: own_stack.sql(stands_still), 60, "the removal at the table")
            core.kill()
        own_stack.sql("UPDATE jobs.jobs SET locked_until = now() WHERE state = 'running'")
        core.start()
        core.wait_live()
        wait_until(lambda: not own_stack.sql(f"SELECT 1 FROM customer.customers WHERE id = '{customer}'"), 60)
        wait_until(lambda: visit(own_stack, site["slug"]).status_code == 410, 60)
        wait_until(lambda: not (own_stack.bucket / "deploys" / site["id"]).exists(), 60)
        assert not own_stack.sql(f"SELECT 1 FROM customer.site_counts WHERE site_id = '{site['id']}'")
        assert not own_stack.sql(f"SELECT 1 FROM customer.users WHERE email = '{owner.email}'")
