"""The volume full or read-only during publishing: the old version stays whole, and a retry succeeds once there is room."""

import os
import subprocess

import pytest
from bucket import damaged, strays
from client import expect
from stack import Stack
from visitor import page, visit

SIZE_KB = 3072


@pytest.fixture(scope="module")
def own_stack():
    """A stack whose volume is a small file system of its own."""
    if os.geteuid() != 0:
        pytest.skip("a small file system can be mounted by root only")
    stack = Stack()
    stack.bucket.mkdir(mode=0o700, parents=True)
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={SIZE_KB}k,mode=0700", "none", str(stack.bucket)],
                             capture_output=True, text=True)
    if mounted.returncode != 0:
        stack.close()
        pytest.skip(f"no small file system here: {mounted.stderr.strip()}")
    try:
        with stack:
            yield stack
            remount(stack, "rw")
    finally:
        subprocess.run(["umount", "-l", str(stack.bucket)], check=False, capture_output=True)
        stack.close()
        subprocess.run(["rm", "-rf", "--one-file-system", str(stack.home)], check=False)


def remount(stack, mode):
    subprocess.run(["mount", "-o", f"remount,{mode}", str(stack.bucket)], check=True)


class Filler:
    """Takes all room of the volume but some."""

    def __init__(self, stack, leave_kb):
        self.path, self.leave_kb = stack.bucket / "filler", leave_kb

    def __enter__(self):
        with open(self.path, "wb", buffering=0) as file:
            try:
                while True:
                    file.write(b"x" * 4096)
            except OSError:
                pass
            size = file.tell()
            file.truncate(max(0, size - self.leave_kb * 1024))

    def __exit__(self, *_):
        self.path.unlink()


def change(member, title):
    expect(member.client.patch(member.path, json={"title": title}), 200)


def shown(member, path="/"):
    html = page(member.stack, member.slug, path)
    assert html.rstrip().endswith("</html>")
    return html


def versions(member):
    return [(version["number"], version["active"]) for version in member.client.all_items(f"{member.path}/versions")]


def check_whole(stack):
    assert [name for name in strays(stack.bucket) if name != "filler"] == []
    assert damaged(stack.bucket) == []


def test_a_full_volume_is_told_and_the_old_version_stays_whole(own_stack, member):
    change(member, "Old title")
    member.client.publish(member.site)
    before = versions(member)
    change(member, "New title")
    with Filler(own_stack, leave_kb=0):
        answer = member.client.post(f"{member.path}/publish", key="full")
        expect(answer, (503, 507))
        assert answer.json()["code"] in ("storage_full", "unavailable")
        for path in ("/", "/about/"):
            assert "Old title" in shown(member, path) and "New title" not in shown(member, path)
        assert versions(member) == before
        check_whole(own_stack)
        expect(member.client.get("/api/session"), 200)
    expect(member.client.post(f"{member.path}/publish", key="full"), 201)
    assert "New title" in shown(member) and "New title" in shown(member, "/about/")
    check_whole(own_stack)


@pytest.mark.parametrize("leave_kb", [4, 8, 12, 16, 24, 32, 48, 64, 96])
def test_wherever_the_room_ends_the_answer_is_true(own_stack, member, leave_kb):
    change(member, "Old title")
    member.client.publish(member.site)
    before = versions(member)
    change(member, f"Title with {leave_kb}")
    with Filler(own_stack, leave_kb):
        answer = member.client.post(f"{member.path}/publish")
        expect(answer, (201, 503, 507))
        wanted = f"Title with {leave_kb}" if answer.status_code == 201 else "Old title"
        for path in ("/", "/about/"):
            assert wanted in shown(member, path)
        if answer.status_code != 201:
            assert versions(member) == before
        check_whole(own_stack)
    expect(member.client.post(f"{member.path}/publish"), 201)
    assert f"Title with {leave_kb}" in shown(member)


def test_a_read_only_volume_is_told_and_sites_stay_up(own_stack, member):
    change(member, "Old title")
    member.client.publish(member.site)
    change(member, "New title")
    remount(own_stack, "ro")
    try:
        expect(member.client.post(f"{member.path}/publish"), (503, 507))
        assert "Old title" in shown(member)
        assert visit(own_stack, "nobody-has-this").status_code == 404
    finally:
        remount(own_stack, "rw")
    expect(member.client.post(f"{member.path}/publish"), 201)
    assert "New title" in shown(member)


def test_a_volume_without_room_does_not_stop_going_back(own_stack, member):
    change(member, "First")
    first = member.client.publish(member.site)["number"]
    change(member, "Second")
    member.client.publish(member.site)
    with Filler(own_stack, leave_kb=0):
        answer = member.client.post(f"{member.path}/versions/{first}/restore")
        expect(answer, (200, 503, 507))
        assert ("First" if answer.status_code == 200 else "Second") in shown(member)
        check_whole(own_stack)
