"""SIGKILL of Core at random moments of an account's end: it comes about whole, with nobody's help."""

import random
import time

from client import Client, expect
from core_process import CoreProcess
from stack import wait_until
from visitor import visit

ROUNDS = 6
COUNTS = 30_000


def test_killed_in_the_middle_it_goes_on(own_stack):
    met = 0
    with CoreProcess(own_stack) as core:
        core.wait_live()
        for _ in range(ROUNDS):
            owner = Client(own_stack).log_in()
            customer = owner.identity["customer"]["id"]
            site = owner.new_site()
            owner.publish(site)
            own_stack.sql(f"""INSERT INTO customer.site_counts (site_id, day, kind, name, count)
                SELECT '{site['id']}', '2026-11-01', 'referrer', n || '.example', n
                FROM generate_series(1, {COUNTS}) n""")
            name = expect(owner.get("/api/customer"), 200)["name"]
            expect(owner.delete("/api/customer", json={"confirm": name}), 200)
            own_stack.sql(f"UPDATE customer.customers SET deletion_at = now() WHERE id = '{customer}';"
                          f"UPDATE jobs.jobs SET run_at = now() WHERE key = 'customer.remove:{customer}'")
            job = f"SELECT state FROM jobs.jobs WHERE key = 'customer.remove:{customer}'"
            wait_until(lambda: own_stack.sql(job)[0][0] != "available", 30)
            time.sleep(random.uniform(0, 0.3))
            core.kill()
            met += own_stack.sql(job)[0][0] == "running"
            own_stack.sql("UPDATE jobs.jobs SET locked_until = now() WHERE state = 'running'")
            core.start()
            core.wait_live()
            wait_until(lambda: not own_stack.sql(f"SELECT 1 FROM customer.customers WHERE id = '{customer}'"), 60)
            wait_until(lambda: visit(own_stack, site["slug"]).status_code == 410, 60)
            wait_until(lambda: not (own_stack.bucket / "deploys" / site["id"]).exists(), 60)
            assert not own_stack.sql(f"SELECT 1 FROM customer.site_counts WHERE site_id = '{site['id']}'")
            assert not own_stack.sql(f"SELECT 1 FROM customer.users WHERE email = '{owner.email}'")
    assert met >= 2, f"only {met} kills met the removal: they prove nothing"
