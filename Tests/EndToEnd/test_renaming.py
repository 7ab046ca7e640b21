"""A site's name changes: where its old names lead, and who may have them."""

import pytest
from client import expect, new_slug
from visitor import page, visit


def rename(client, site: dict, slug: str) -> None:
    expect(client.patch(f"/api/sites/{site['id']}", json={"slug": slug}), 200)


@pytest.fixture
def renamed(ada, site):
    """Ada's published site after a change of its name: the old and the new one."""
    ada.publish(site)
    slug = new_slug()
    rename(ada, site, slug)
    return site["slug"], slug


def test_the_old_name_leads_to_the_new_one(stack, renamed):
    old, new = renamed
    page(stack, new)
    answer = visit(stack, old, "/about?a=1")
    assert answer.status_code == 308
    assert answer.headers["Location"] == stack.sites_url(new) + "/about?a=1"


def test_whoever_takes_the_old_name_has_it_at_once(stack, ada, bob, site, renamed):
    old, new = renamed
    taken = bob.new_site(slug=old, title="Bob's")
    assert visit(stack, old).status_code == 404, "not yet published, and not the other's any more"
    bob.publish(taken)
    assert "Bob&#39;s" in page(stack, old) or "Bob's" in page(stack, old)
    ada.publish(site)
    assert visit(stack, old).status_code == 200, "the former owner does not get it back by publishing"
    page(stack, new)


def test_a_name_comes_back_to_its_site(stack, ada, site, renamed):
    old, new = renamed
    rename(ada, site, old)
    page(stack, old)
    assert visit(stack, new).headers["Location"] == stack.sites_url(old) + "/"


def test_a_name_that_was_never_public_leaves_no_trace(stack, ada, site):
    rename(ada, site, new_slug())
    assert visit(stack, site["slug"]).status_code == 404


def test_only_the_last_five_names_lead_on(stack, ada, site):
    ada.publish(site)
    names = [site["slug"]] + [new_slug() for _ in range(7)]
    for name in names[1:]:
        rename(ada, site, name)
    page(stack, names[-1])
    assert [visit(stack, name).status_code for name in names[:-1]] == [404, 404] + [308] * 5


def test_a_deleted_site_is_gone_under_all_its_names(stack, ada, site, renamed):
    expect(ada.delete(f"/api/sites/{site['id']}"), 204)
    assert [visit(stack, name).status_code for name in renamed] == [410, 410]
