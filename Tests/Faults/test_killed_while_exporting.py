"""SIGKILL of Core at random moments of an export: it is begun anew, and what can be fetched is whole."""

import os
import random
import time

import requests
from client import Client, Mailbox, expect
from core_process import CoreProcess
from export import Export
from stack import wait_until

KILLS = 8
COUNTS = 40_000


def test_killed_again_and_again_it_is_finished_once(own_stack):
    owner = Client(own_stack).log_in()
    site = owner.new_site()
    owner.new_image()
    owner.publish(site)
    # Enough to be met in the middle of.
    own_stack.sql(f"""INSERT INTO customer.site_counts (site_id, day, kind, name, count)
        SELECT '{site['id']}', '2026-11-01', 'referrer', 'host-' || n || '.example', n
        FROM generate_series(1, {COUNTS}) n""")
    exports = own_stack.bucket / "exports"

    def state() -> str:
        return own_stack.sql("SELECT state FROM customer.exports")[0][0]

    met = 0
    with CoreProcess(own_stack) as core:
        core.wait_live()
        expect(owner.post("/api/exports", json={}), 202)
        for _ in range(KILLS):
            wait_until(lambda: state() != "waiting", 30, "the beginning")
            time.sleep(random.uniform(0, 0.4))
            core.kill()
            met += state() == "running"
            assert not list(exports.glob("*.zip")) or state() in ("ready", "running")
            # The lease of the one that is gone ends.
            own_stack.sql("UPDATE jobs.jobs SET locked_until = now(), attempts = 0 WHERE state = 'running'")
            core.start()
            core.wait_live()
        wait_until(lambda: state() == "ready", 60, "the export")
        (entry,) = owner.all_items("/api/exports")
        data = Export(owner, entry).data
        assert len(data["sites"][0]["statistics"]["counts"]) == COUNTS
        wait_until(lambda: len(Mailbox.of(own_stack).to(owner.email, "export_ready")) == 1, 30)
        assert met >= 2, f"only {met} kills met the export: they prove nothing"

        # What the killed ones had begun is swept when it is old.
        left = [path for path in exports.iterdir() if path.name.startswith(".tmp-")]
        for path in left:
            os.utime(path, (time.time() - 2 * 86_400,) * 2)
        own_stack.sql("INSERT INTO jobs.jobs (kind, key) VALUES ('customer.sweep', 'test-sweep')")
        wait_until(lambda: [path.name for path in exports.iterdir()] == [f"{entry['id']}.zip"], 60, "the sweep")
        assert requests.get(f"{own_stack.app_url}/api/health/live", timeout=5).ok
