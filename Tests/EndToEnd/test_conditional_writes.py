"""Versions: who has not seen the last change cannot overwrite it."""

import pytest
from client import Client, at_once, expect


class Resource:
    """Something with a version, how to change it, and a field that shows the change."""

    def __init__(self, path, method, body, look):
        self.path, self.method, self.body, self.look = path, method, body, look


def imprint(text):
    return {"mode": "text", "text": {"en": text}}


RESOURCES = {
    "customer": ("/api/customer", "PATCH", lambda text: {"name": text}, lambda seen: seen["name"]),
    "imprint": ("/api/customer/legal/imprint", "PUT", imprint, lambda seen: seen["text"]["en"]),
    "privacy": ("/api/customer/legal/privacy", "PUT", imprint, lambda seen: seen["text"]["en"]),
    "profile": ("/api/profile", "PUT", lambda text: {"name": text}, lambda seen: seen["name"]),
    "site": ("/api/sites/{site}", "PATCH", lambda text: {"title": text}, lambda seen: seen["title"]),
    "page": ("/api/sites/{site}/pages/{page}", "PATCH", lambda text: {"title": text}, lambda seen: seen["title"]),
    "link": ("/api/sites/{site}/links/{link}", "PATCH", lambda text: {"title": text}, lambda seen: seen["title"]),
}


@pytest.fixture(params=RESOURCES)
def resource(request, ada):
    path, method, body, look = RESOURCES[request.param]
    if "{" in path:
        site = ada.new_site()
        path = path.format(site=site["id"], page=ada.new_page(site)["id"] if "page" in path else "",
                           link=ada.new_link(site)["id"] if "link}" in path else "")
    return Resource(path, method, body, look)


def write(client, resource, text, if_match=None):
    return client.request(resource.method, resource.path, json=resource.body(text), if_match=if_match)


def read(client, resource):
    answer = client.get(resource.path)
    seen = expect(answer, 200)
    assert answer.headers["ETag"] == f'"{seen["version"]}"'
    return seen


def test_a_write_with_the_version_that_was_read_counts_it_up(ada, resource):
    version = read(ada, resource)["version"]
    answer = write(ada, resource, "First", version)
    written = expect(answer, 200)
    assert written["version"] > version and answer.headers["ETag"] == f'"{written["version"]}"'
    assert read(ada, resource) == written
    assert resource.look(written) == "First"


def test_a_write_with_an_older_version_changes_nothing(ada, resource):
    version = read(ada, resource)["version"]
    expect(write(ada, resource, "First tab", version), 200)
    seen = read(ada, resource)
    expect(write(ada, resource, "Second tab", version), 412, "stale")
    assert read(ada, resource) == seen


@pytest.mark.parametrize("field", ['"999"', '"-1"', '"x"', '""', 'W/"{version}"', '"{version}x"', '"0{version}"'])
def test_only_the_same_tag_counts_and_strongly(ada, resource, field):
    expect(write(ada, resource, "Before"), 200)
    version = read(ada, resource)["version"]
    expect(write(ada, resource, "After", field.replace("{version}", str(version))), 412, "stale")
    assert resource.look(read(ada, resource)) == "Before"


@pytest.mark.parametrize("field", [None, "*", '"{version}"', '"999", "{version}"'], ids=str)
def test_no_condition_a_star_and_a_list_with_the_tag_are_met(ada, resource, field):
    expect(write(ada, resource, "Before"), 200)
    version = read(ada, resource)["version"]
    expect(write(ada, resource, "After", field and field.replace("{version}", str(version))), 200)


def test_of_many_tabs_at_once_one_wins(ada, resource):
    version = read(ada, resource)["version"]
    tabs = [ada.clone() for _ in range(12)]
    answers = at_once(12, lambda index: write(tabs[index], resource, f"Tab {index}", version))
    winners = [index for index, answer in enumerate(answers) if answer.status_code == 200]
    assert len(winners) == 1, [answer.status_code for answer in answers]
    assert {answer.status_code for answer in answers} == {200, 412}
    assert resource.look(read(ada, resource)) == f"Tab {winners[0]}"


@pytest.mark.parametrize("name", ["site", "page", "link"])
def test_a_deletion_with_an_older_version_deletes_nothing(ada, site, name):
    path = f"/api/sites/{site['id']}"
    if name != "site":
        made = ada.new_page(site) if name == "page" else ada.new_link(site)
        path = f"{path}/{name}s/{made['id']}"
    version = expect(ada.get(path), 200)["version"]
    expect(ada.patch(path, json={"title": "Changed elsewhere"}), 200)
    expect(ada.delete(path, if_match=version), 412, "stale")
    version = expect(ada.get(path), 200)["version"]
    expect(ada.delete(path, if_match=version), 204)
    expect(ada.get(path), 404, "not_found")
    expect(ada.delete(path, if_match=version), 404, "not_found")


def test_what_was_never_saved_has_version_zero(stack):
    client = Client(stack).log_in()
    for path in ("/api/customer/legal/imprint", "/api/customer/legal/privacy", "/api/profile"):
        assert expect(client.get(path), 200)["version"] == 0
