"""A POST with an Idempotency-Key happens once, however often it is sent."""

import uuid

import pytest
from client import Client, at_once, expect, new_slug

MAKERS = ["site", "page", "link", "publish", "restore"]


class Post:
    """A POST, another body for it, and how much there is of what it makes."""

    def __init__(self, client, kind):
        site = client.new_site()
        base = f"/api/sites/{site['id']}"
        self.path, self.body, self.other_body, self.list = {
            "site": ("/api/sites", {"slug": new_slug(), "title": "Once"}, {"slug": new_slug(), "title": "Other"},
                     "/api/sites"),
            "page": (f"{base}/pages", {"slug": "once", "title": "Once"}, {"slug": "other", "title": "Other"},
                     f"{base}/pages"),
            "link": (f"{base}/links", {"title": "Once", "url": "https://example.com/"},
                     {"title": "Other", "url": "https://example.com/"}, f"{base}/links"),
            "publish": (f"{base}/publish", {"note": "Once"}, {"note": "Other"}, f"{base}/versions"),
            "restore": (f"{base}/versions/1/restore", None, None, f"{base}/versions"),
        }[kind]
        if kind == "restore":
            client.publish(site)
            client.publish(site)

    def send(self, client, key, other=False):
        return client.post(self.path, json=self.other_body if other else self.body, key=key)

    def count(self, client):
        return len(client.all_items(self.list))


@pytest.fixture(params=MAKERS)
def post(request, ada):
    return Post(ada, request.param)


def made(post):
    return 0 if "restore" in post.path else 1


def new_key():
    return str(uuid.uuid4())


def test_the_same_key_gives_the_same_answer_and_one_effect(ada, post):
    before, key = post.count(ada), new_key()
    first, second = post.send(ada, key), post.send(ada, key)
    expect(first, (200, 201))
    assert (second.status_code, second.json()) == (first.status_code, first.json())
    for name in ("Location", "ETag", "Content-Type"):
        assert second.headers.get(name) == first.headers.get(name)
    assert post.count(ada) == before + made(post)


def test_twenty_at_once_have_one_effect_and_one_answer(ada, post):
    before, key = post.count(ada), new_key()
    clients = [ada.clone() for _ in range(20)]
    answers = at_once(20, lambda index: post.send(clients[index], key))
    done = [answer for answer in answers if answer.status_code in (200, 201)]
    # A repeat that comes while the first is under way may be told to come again.
    assert done and all(answer.status_code in (200, 201, 409, 503) for answer in answers)
    assert all(answer.json() == done[0].json() for answer in done)
    assert post.send(ada, key).json() == done[0].json()
    assert post.count(ada) == before + made(post)


@pytest.mark.parametrize("kind", ["site", "page", "link", "publish"])
def test_the_same_key_with_another_body_is_refused(ada, kind):
    post, key = Post(ada, kind), new_key()
    expect(post.send(ada, key), 201)
    before = post.count(ada)
    expect(post.send(ada, key, other=True), 422, "idempotency_key_reused")
    assert post.count(ada) == before


def test_the_same_key_at_another_address_is_refused(ada):
    key = new_key()
    first, second = ada.new_site(), ada.new_site()
    body = {"title": "Once", "url": "https://example.com/"}
    expect(ada.post(f"/api/sites/{first['id']}/links", json=body, key=key), 201)
    expect(ada.post(f"/api/sites/{second['id']}/links", json=body, key=key), 422, "idempotency_key_reused")


def test_keys_belong_to_the_customer(ada, bob):
    key = new_key()
    for client in (ada, bob):
        site = expect(client.post("/api/sites", json={"slug": new_slug(), "title": "Mine"}, key=key), 201)
        assert expect(client.get(f"/api/sites/{site['id']}"), 200)["id"] == site["id"]


def test_the_answer_stays_the_first_even_when_the_thing_has_changed(ada, site):
    key, body = new_key(), {"title": "Once", "url": "https://example.com/"}
    path = f"/api/sites/{site['id']}/links"
    link = expect(ada.post(path, json=body, key=key), 201)
    expect(ada.patch(f"{path}/{link['id']}", json={"title": "Changed"}), 200)
    assert expect(ada.post(path, json=body, key=key), 201) == link
    expect(ada.delete(f"{path}/{link['id']}"), 204)
    assert expect(ada.post(path, json=body, key=key), 201) == link
    assert ada.all_items(path) == []


def test_a_request_that_failed_may_be_mended_under_the_same_key(ada, site):
    key, path = new_key(), f"/api/sites/{site['id']}/links"
    expect(ada.post(path, json={"title": "", "url": "https://example.com/"}, key=key), 422, "invalid_body")
    expect(ada.post(path, json={"title": "Mended", "url": "https://example.com/"}, key=key), 201)


@pytest.mark.parametrize("key", ["x" * 256, "with space", "ümlaut".encode(), "a,\x7f"], ids=repr)
def test_a_key_that_is_none_is_refused(ada, site, key):
    answer = ada.post(f"/api/sites/{site['id']}/links", json={"title": "x", "url": "https://example.com/"},
                      headers={"Idempotency-Key": key})
    expect(answer, (400, 422))
    assert ada.all_items(f"/api/sites/{site['id']}/links") == []


@pytest.mark.parametrize("key", ["x", "x" * 255, "!#$%&'*+-.^_`|~{}()<>@,;:\\\"/[]?="], ids=repr)
def test_a_key_may_be_any_visible_ascii(ada, site, key):
    body = {"title": "x", "url": "https://example.com/"}
    path = f"/api/sites/{site['id']}/links"
    assert len({expect(ada.post(path, json=body, key=key), 201)["id"] for _ in range(2)}) == 1


def test_without_a_key_each_request_counts(ada, site):
    for _ in range(2):
        ada.new_link(site)
    assert len(ada.all_items(f"/api/sites/{site['id']}/links")) == 2


def test_a_repeat_by_someone_who_is_logged_out_gets_nothing(stack, ada, site):
    key, path = new_key(), f"/api/sites/{site['id']}/links"
    body = {"title": "Once", "url": "https://example.com/"}
    expect(ada.post(path, json=body, key=key), 201)
    expect(Client(stack).post(path, json=body, key=key), 401, "unauthenticated")
