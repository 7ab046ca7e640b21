"""A volume with many sites: publishing and delivery go on, and the sweep keeps all of them in little memory."""

import os
import sys
from pathlib import Path

from stack import wait_until
from visitor import page, visit

sys.path.append(str(Path(__file__).resolve().parents[1] / "Load"))

from many_sites import Volume, peak_megabytes  # noqa: E402

COUNT = 3000


def test_the_sweep_of_many_sites_takes_little_memory_and_nothing_that_is_shown(stack, ada, site):
    ada.publish(site)
    volume = Volume(stack.bucket, site["id"])
    volume.grow(COUNT)
    before = page(stack, site["slug"])
    age(stack)
    pid = stack.pid("core")
    Path(f"/proc/{pid}/clear_refs").write_text("5")
    start = peak_megabytes(pid)
    stack.sql("INSERT INTO jobs.jobs (kind, payload) VALUES ('customer.sweep', '{}')")
    wait_until(lambda: stack.sql("SELECT state FROM jobs.jobs WHERE kind = 'customer.sweep' AND key IS NULL")
               == [["completed"]], 120, "the sweep")
    assert peak_megabytes(pid) - start < 80
    # Sites that the database does not know keep what is active of them.
    assert len(list(stack.bucket.glob("deploys/00000000-*/*.manifest"))) == COUNT
    assert page(stack, site["slug"]) == before
    for number in (0, COUNT // 2, COUNT - 1):
        answer = visit(stack, f"many-{number}", "/~own")
        assert answer.status_code == 200 and answer.text == f"only of site {number}\n"
    ada.publish(site)
    page(stack, site["slug"])


def age(stack) -> None:
    """All files are older than the sweep's grace."""
    for path in stack.bucket.rglob("*"):
        if path.is_file():
            os.utime(path, (1_700_000_000, 1_700_000_000))
