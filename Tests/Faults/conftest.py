"""A customer with a published site, for tests that take parts of the system away."""

import time

import pytest
from client import Client
from stack import wait_until


class Member:
    """A customer's owner with a published site of two pages."""

    def __init__(self, stack):
        self.stack = stack
        self.client = Client(stack).log_in()
        self.site = self.client.new_site(title="Published before")
        self.slug = self.site["slug"]
        self.path = f"/api/sites/{self.site['id']}"
        self.client.new_page(self.site, "about")
        self.client.publish(self.site)


@pytest.fixture(scope="module")
def member(own_stack):
    return Member(own_stack)


@pytest.fixture
def mended(own_stack):
    """Whatever the test has stopped runs again after it."""
    yield own_stack
    for name in ("postgres", "redis", "core", "domain", "nginx"):
        own_stack.service(name, "resume")
        own_stack.service(name, "start")
    own_stack.wait_ready()


@pytest.fixture
def quickly():
    """Calls something that must be over within a second, or the time given; gives its result."""

    def call(work, seconds: float = 1.0):
        begin = time.monotonic()
        result = work()
        took = time.monotonic() - begin
        assert took < seconds, f"took {took:.2f} s"
        return result

    return call


@pytest.fixture
def works_again():
    """Waits until a logged-in person can read and write."""

    def wait(member, seconds):
        def works():
            answers = [member.client.get("/api/session"), member.client.get("/api/sites"),
                       member.client.patch(member.path, json={"description": "Works again"}),
                       member.client.get("/api/health/ready")]
            return all(answer.status_code == 200 for answer in answers)

        wait_until(works, seconds, "reading and writing")

    return wait
