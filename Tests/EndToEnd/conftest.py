"""People for the tests of the whole: fresh ones, for each test that changes something of theirs."""

import pytest
from client import Client, forgive


@pytest.fixture(scope="module", autouse=True)
def forgiven(stack):
    """Each file begins with fresh limits: hundreds of people log in from this machine in a minute."""
    forgive(stack)


@pytest.fixture
def anonymous(stack):
    """A browser that has never logged in."""
    return Client(stack)


@pytest.fixture
def ada(stack):
    """A new customer's owner, logged in."""
    return Client(stack).log_in()


@pytest.fixture
def bob(stack):
    """Another customer's owner, logged in."""
    return Client(stack).log_in()


@pytest.fixture
def site(ada):
    """A new site of Ada's."""
    return ada.new_site()


@pytest.fixture(scope="module")
def reader(stack):
    """A customer's owner for tests of one file that change nothing, or only what no other test of it looks at."""
    return Client(stack).log_in()
