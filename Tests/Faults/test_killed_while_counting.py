"""Each line of the log counts once: whatever ends Core, however many read at the same time, however long the file."""

import json
import os
import random
import threading
import time
from pathlib import Path

import pytest
from client import Client, expect
from core_process import CoreProcess
from stack import wait_until
from visitor import visit
from visits import AGENTS, count_all, files, folder, lay, line, read_now, rotate, today

KILLS = 20
FILES = 40
LINES = 1500


class Counted:
    """A published site with a page, and lines that tell of its visitors."""

    def __init__(self, stack):
        self.stack = stack
        self.client = Client(stack).log_in()
        self.site = self.client.new_site()
        self.client.publish(self.site)
        self.host = f"{self.site['slug']}.sites.localhost"

    def lines(self, count: int, start: int = 0) -> list[dict]:
        """Views by so many different visitors, every tenth one a bot, from ten other sites."""
        return [line(self.host, address=f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}",
                     agent="curl/8" if number % 10 == 0 else AGENTS["phone"],
                     referer=f"https://site-{number % 10}.example/") for number in range(start, start + count)]

    def statistics(self) -> dict:
        return expect(self.client.get(f"/api/sites/{self.site['id']}/statistics/{today(-1)}/{today()}"), 200)

    def expect_counted(self, lines: int) -> None:
        found = self.statistics()
        people = lines - lines // 10
        assert found["totals"] == {"views": people, "visitors": people, "clicks": 0, "scans": 0}
        assert found["left_out"]["bot"] == lines // 10
        assert sum(entry["count"] for entry in found["referrers"]) == people


@pytest.fixture
def counted(own_stack):
    return Counted(own_stack)


def ask(stack) -> None:
    stack.sql("INSERT INTO jobs.jobs (kind) VALUES ('customer.statistics')")


def read_bytes(stack) -> str:
    return stack.sql("SELECT coalesce(sum(bytes), 0) FROM customer.read_logs")[0][0]


def test_killed_at_any_moment_core_counts_each_line_once(own_stack, counted):
    chance = random.Random(7)
    laid = kills = 0
    with CoreProcess(own_stack) as core:
        core.wait_live()
        while kills < KILLS:
            if not files(own_stack):
                for number in range(laid, laid + FILES):
                    lay(own_stack, f"kill-{number:03}", counted.lines(LINES, number * LINES))
                laid += FILES
                # Younger ones are left alone: nginx may still write them.
                wait_until(lambda: time.time() - files(own_stack)[-1].stat().st_ctime > 6, 10)
            before = read_bytes(own_stack)
            ask(own_stack)
            # Sometimes before the first commit, sometimes amid the work.
            if chance.random() < 0.7:
                wait_until(lambda: read_bytes(own_stack) != before or not files(own_stack), 30)
            time.sleep(chance.random() * 0.15)
            core.kill()
            kills += 1
            core.start()
            core.wait_live()
        count_all(own_stack)
    counted.expect_counted(laid * LINES)


def test_a_file_that_comes_back_counts_once(own_stack, counted):
    # As after a power cut: the removal was lost, the sums were not.
    lay(own_stack, "again", counted.lines(100))
    kept = files(own_stack)[0].read_bytes()
    count_all(own_stack)
    (folder(own_stack) / "again.log").write_bytes(kept)
    count_all(own_stack)
    counted.expect_counted(100)


def test_two_processes_share_the_work(own_stack, counted):
    for number in range(12):
        lay(own_stack, f"two-{number:02}", counted.lines(2000, number * 2000))
    second = CoreProcess(own_stack, SMARTPAGES_CORE_SOCKET=str(own_stack.home / "run" / "second.sock"))
    second.start()
    try:
        wait_until(lambda: time.time() - files(own_stack)[-1].stat().st_ctime > 6, 10)
        while files(own_stack):
            for _ in range(6):
                ask(own_stack)
            wait_until(lambda: own_stack.sql("SELECT count(*) FROM jobs.jobs WHERE kind = 'customer.statistics' "
                                             "AND key IS NULL AND state <> 'completed'") == [["0"]], 60)
    finally:
        second.process.terminate()
        second.process.wait(30)
    counted.expect_counted(24_000)


def test_a_long_file_is_read_in_bounded_memory(own_stack, counted):
    lines = int(os.environ.get("SMARTPAGES_TEST_LINES", "60000"))

    def resident() -> int:
        status = Path(f"/proc/{own_stack.pid('core')}/status").read_text()
        return int(next(row for row in status.splitlines() if row.startswith("VmHWM")).split()[1])

    # What one part takes is the measure; a file of many parts must not take more.
    lay(own_stack, "warm", counted.lines(12_000))
    count_all(own_stack)
    before = resident()
    with open(folder(own_stack) / ".long", "wb") as out:
        for start in range(12_000, lines, 12_000):
            out.write(b"".join(json.dumps(entry).encode() + b"\n"
                               for entry in counted.lines(min(12_000, lines - start), start)))
    os.rename(folder(own_stack) / ".long", folder(own_stack) / "long.log")
    begin = time.monotonic()
    count_all(own_stack)
    print(f"{lines} lines in {time.monotonic() - begin:.1f} s, {before} KB before, {resident()} KB at most")
    counted.expect_counted(lines)
    assert resident() - before < 40_000


def test_nginx_hands_over_while_it_is_asked(own_stack, counted):
    # Rotated again and again under requests, no line is lost and none comes twice.
    done = threading.Event()
    sent = [0] * 4

    def ask_on(index):
        while not done.is_set():
            assert visit(own_stack, counted.site["slug"], headers={"User-Agent": AGENTS["phone"]}).status_code == 200
            sent[index] += 1

    threads = [threading.Thread(target=ask_on, args=(index,)) for index in range(4)]
    for thread in threads:
        thread.start()
    for _ in range(6):
        rotate(own_stack)
    done.set()
    for thread in threads:
        thread.join()
    rotate(own_stack)
    count_all(own_stack)
    assert counted.statistics()["totals"]["views"] == sum(sent) > 100


def test_an_unreadable_file_does_not_hold_up_the_others(own_stack, counted):
    (folder(own_stack) / "a-folder.log").mkdir()
    (folder(own_stack) / "a-link.log").symlink_to("/etc/passwd")
    try:
        lay(own_stack, "fine", counted.lines(10))
        wait_until(lambda: time.time() - (folder(own_stack) / "fine.log").stat().st_ctime > 6, 10)
        read_now(own_stack)
        assert not (folder(own_stack) / "fine.log").exists()
    finally:
        (folder(own_stack) / "a-folder.log").rmdir()
        (folder(own_stack) / "a-link.log").unlink()
    counted.expect_counted(10)
