"""An export comes back whole into another account, and a ZIP that somebody has changed does no harm."""

import copy
import io
import json
import struct
import zipfile

import pytest
from client import Client, at_once, expect
from export import Export
from letters import lay_message
from pictures import png
from stack import wait_until
from visitor import page

PREVIEW, IMPORT = "/api/import/preview", "/api/import"


def rich(stack):
    """A customer with one of everything that an export brings along."""
    owner = Client(stack).log_in()
    stack.subscribe(owner, "business")
    sun, cake = owner.new_image(png(700, 500), "Sunrise.png"), owner.new_image(png(300, 300, colour=0x20), "Cake.png")
    expect(owner.patch(f"/api/images/{sun['id']}", json={"alt": "The sun over the sea"}), 200)
    expect(owner.put("/api/profile", json={
        "name": "Ada's café", "headline": "Baker", "bio": "Coffee & *cake*", "email": "ada@example.com",
        "phone": "+49 30 1", "website": "https://example.com/", "picture": sun["id"],
        "address": {"street": "Weg 1", "postal_code": "10115", "city": "Berlin", "country": "DE"},
        "social": [{"label": "Fediverse", "url": "https://social.example/@ada"}]}), 200)
    expect(owner.put("/api/customer/legal/imprint", json={"mode": "text", "text": {"en": "My imprint"}}), 200)
    expect(owner.put("/api/customer/legal/privacy", json={"mode": "form", "form": {"controller": "Ada"}}), 200)
    site = owner.new_site(title="Café ☕", description="Sweet", design={"theme": "night", "radius": "round"})
    about = owner.new_page(site, "menu", title="Menu", description="All", blocks=[
        {"kind": "hero", "heading": "Hello", "image": cake["id"],
         "button": {"label": "Go", "url": "https://a.example/"}},
        {"kind": "gallery", "images": [{"image": sun["id"], "alt": "Sun"}, {"image": cake["id"]}]},
        {"kind": "form", "heading": "Write", "thanks": "Thanks"}, {"kind": "links"},
        {"kind": "faq", "items": [{"question": "Why?", "answer": "So."}]}])
    owner.new_page(site, "karte", title="Karte", language="de", translation_of=about["id"])
    for number in range(3):
        owner.new_link(site, f"Link {number}", url=f"https://example.com/{number}", group=["A", None][number % 2],
                       hidden=number == 1, code=f"code-{number}", until="2999-01-01T00:00:00Z")
    owner.new_short_link(site, code="short", permanent=True, utm={"source": "x"}, fallback_url="https://example.org/")
    owner.publish(site, note="First")
    lay_message(owner, site)
    owner.new_site(title="Second")
    return owner


@pytest.fixture(scope="module")
def ada(stack):
    return rich(stack)


@pytest.fixture(scope="module")
def export(ada):
    """Its bytes."""
    return ada.get(f"/api/exports/{ada.new_export()['id']}/file").content


@pytest.fixture(scope="module")
def small(export):
    """The same without the sites' files."""
    return remade(export, drop=lambda name: name.startswith("site/"))


def remade(export, data=None, drop=lambda name: False, add=()):
    source, output = zipfile.ZipFile(io.BytesIO(export)), io.BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in source.namelist():
            if not drop(name) and not (data is not None and name == "data.json"):
                archive.writestr(name, source.read(name))
        if data is not None:
            archive.writestr("data.json", data if isinstance(data, (bytes, str)) else json.dumps(data))
        for name, content in add:
            archive.writestr(name, content)
    return output.getvalue()


def data_of(export):
    return json.loads(zipfile.ZipFile(io.BytesIO(export)).read("data.json"))


def send(client, path, content, status, code=None, parts=None, **more):
    headers = {"Content-Type": "application/zip"} | ({} if parts is None else {"X-Import-Parts": parts})

    def attempt():
        answer = client.post(path, raw=content, headers=headers, **more)
        # An answer that is an error is false.
        return None if answer.status_code == 503 and answer.json()["code"] == "overloaded" else [answer]

    return expect(wait_until(attempt, 90, "a place for the import")[0], status, code)


TIMES = {"created_at", "updated_at", "exported_at", "version", "checked_at", "check", "site_id", "changed",
         "published_at", "published_version", "unread_messages"}


def plain(data):
    """What an export says but ids, times and what is not brought along; ids by the order of what they name."""
    names = {image["id"]: image["name"] for image in data["images"]}
    for site in data["sites"]:
        names |= {page["id"]: f"page {page['slug']}" for page in site["pages"]}

    def walk(value):
        if isinstance(value, dict):
            return {name: names.get(each, "id") if name == "id" else walk(each)
                    for name, each in value.items() if name not in TIMES}
        if isinstance(value, list):
            return [walk(each) for each in value]
        return names.get(value, value) if isinstance(value, str) else value

    kept = {name: walk(data[name]) for name in ("profile", "imprint", "privacy")}
    kept["images"] = sorted((image["name"], image["alt"], image["width"], image["height"]) for image in data["images"])
    kept["sites"] = sorted(({
        "site": walk({name: value for name, value in site["site"].items() if name not in ("slug", "url")}),
        "pages": walk(sorted(site["pages"], key=lambda page: page["position"])),
        "links": walk(sorted(site["links"], key=lambda link: link["position"])),
        "short_links": walk(sorted(site["short_links"], key=lambda link: link["code"])),
    } for site in data["sites"]), key=lambda site: site["site"]["title"])
    return kept


def lines(value):
    """For a difference that can be read."""
    return json.dumps(value, indent=1, ensure_ascii=False, sort_keys=True).splitlines()


def test_an_export_makes_an_equal_account(stack, ada, export):
    eve = Client(stack).log_in()
    stack.subscribe(eve, "business")
    before = Export(eve, eve.new_export()).data
    assert before["sites"] == [] and before["profile"] is None
    found = send(eve, PREVIEW, export, 200)
    assert found["source"] == "export" and found["images"] == 2
    assert [(site["title"], site["pages"], site["links"], site["short_links"]) for site in found["sites"]] == [
        ("Café ☕", 3, 3, 1), ("Second", 1, 0, 0)]
    assert {entry["field"]: entry["state"] for entry in found["profile"]}.keys() >= {"name", "picture", "social"}
    assert [entry["state"] for entry in found["legal"]] == ["new", "new"]
    assert {entry["what"]: entry["count"] for entry in found["left_out"]} == {
        "members": 1, "messages": 1, "versions": 1, "activity": len(data_of(export)["activity"])}
    made = send(eve, IMPORT, export, 201)
    assert made["images"] == 2 and made["legal"] == ["imprint", "privacy"] and len(made["profile"]) == 9
    assert [site["new"] for site in made["sites"]] == [True, True]
    after = Export(eve, eve.new_export()).data
    assert lines(plain(after)) == lines(plain(data_of(export)))
    ids = {"images": set(), "forms": set()}
    for data in (after, data_of(export)):
        text = json.dumps(data)
        new = {image["id"] for image in data["images"]}
        assert not ids["images"] & new
        ids["images"] |= new
        assert all(image["id"] in text for image in data["images"])
    # The addresses are taken by the first account's sites.
    assert [site["slug"] for site in made["sites"]] == [
        f"{site['site']['slug']}-2" for site in data_of(export)["sites"]]
    site = {"id": made["sites"][0]["id"], "slug": made["sites"][0]["slug"]}
    eve.publish(site)
    answer = page(stack, site["slug"], "/menu/")
    assert "<picture" in answer and "Link 0" in answer


def test_nothing_is_overwritten(stack, small):
    eve = Client(stack).log_in()
    stack.subscribe(eve, "business")
    expect(eve.put("/api/profile", json={"name": "Eve"}), 200)
    mine = expect(eve.put("/api/customer/legal/imprint", json={"mode": "text", "text": {"en": "Eve's"}}), 200)
    site = eve.new_site(title="Mine")
    before = expect(eve.get(f"/api/sites/{site['id']}"), 200)
    found = send(eve, PREVIEW, small, 200)
    assert {entry["field"]: entry["state"] for entry in found["profile"]}["name"] == "kept"
    assert {entry["part"]: entry["state"] for entry in found["legal"]} == {"imprint": "kept", "privacy": "new"}
    made = send(eve, IMPORT, small, 201)
    assert "name" not in made["profile"] and made["legal"] == ["privacy"]
    profile = expect(eve.get("/api/profile"), 200)
    assert profile["name"] == "Eve" and profile["headline"] == "Baker" and profile["picture"]
    assert expect(eve.get("/api/customer/legal/imprint"), 200) == mine
    assert expect(eve.get(f"/api/sites/{site['id']}"), 200)["title"] == before["title"]


def test_parts_can_be_chosen_and_a_key_makes_one(stack, small):
    eve = Client(stack).log_in()
    stack.subscribe(eve, "business")
    parts = "profile, site-1"
    made = send(eve, IMPORT, small, 201, parts=parts, key="one")
    assert send(eve, IMPORT, small, 201, parts=parts, key="one") == made
    assert [site["title"] for site in made["sites"]] == ["Second"] and made["legal"] == []
    assert made["images"] == 1, "the one of the profile"
    send(eve, IMPORT, small, 422, "idempotency_key_reused", parts="images", key="one")
    assert len(eve.all_items("/api/sites")) == 1


def test_an_editor_imports_no_legal_texts(stack, small):
    owner = Client(stack).log_in()
    stack.subscribe(owner, "business")
    editor = owner.new_member("editor")
    found = send(editor, PREVIEW, small, 200)
    assert [entry["state"] for entry in found["legal"]] == ["forbidden"] * 2
    made = send(editor, IMPORT, small, 201, parts="imprint,privacy")
    assert made["legal"] == [] and [entry["what"] for entry in made["left_out"] if entry["what"] == "owner"]
    assert expect(owner.get("/api/customer/legal/imprint"), 200)["version"] == 0
    viewer = owner.new_member("viewer")
    send(viewer, PREVIEW, small, 403, "forbidden")


def test_the_plan_bounds_the_whole_also_at_once(stack, small):
    eve = Client(stack).log_in()
    stack.subscribe(eve, "business")
    for _ in range(2):
        eve.new_site()
    problem = send(eve, IMPORT, small, 402, "limit_reached")
    assert problem["entitlement"] == "sites"
    assert len(eve.all_items("/api/sites")) == 2 and eve.all_items("/api/images") == []
    clients = [eve.clone() for _ in range(3)]
    headers = {"Content-Type": "application/zip", "X-Import-Parts": "site-1"}
    answers = at_once(3, lambda index: clients[index].post(IMPORT, raw=small, headers=headers).status_code)
    assert set(answers) <= {201, 402, 503} and answers.count(201) == 1
    assert len(eve.all_items("/api/sites")) == 3


# --- What somebody changed

@pytest.fixture(scope="module")
def eve(stack):
    eve = Client(stack).log_in()
    stack.subscribe(eve, "agency")
    return eve


def test_what_is_not_valid_is_left_out_and_named(eve, small):
    data = data_of(small)
    [site] = [each for each in data["sites"] if each["site"]["title"] == "Café ☕"]
    menu = next(each for each in site["pages"] if each["slug"] == "menu")
    menu["blocks"] += [{"kind": "script", "text": "x"}, {"kind": "text", "markdown": "ok"},
                       {"kind": "button", "label": "x", "url": "javascript:alert(1)"},
                       {"kind": "image", "image": "01990000-0000-7000-8000-000000000000"}, "x", None]
    site["links"] += [{"title": "x", "url": "javascript:alert(1)", "position": 9}, 7]
    site["pages"].append({**copy.deepcopy(menu), "slug": "../../etc", "title": "Out"})
    site["pages"].append({**copy.deepcopy(menu), "title": "Twice"})
    site["site"]["design"]["accent"] = "red"
    data["profile"]["email"] = "<script>"
    data["imprint"] = {"mode": "x"}
    data["sites"] += [{"site": {"title": "", "slug": "www"}}, None, 1]
    data["images"].append({"id": "x", "file": "images/none.webp"})
    changed = remade(small, data)
    found = send(eve, PREVIEW, changed, 200)
    made = send(eve, IMPORT, changed, 201, parts="profile,imprint,images,site-0,site-1,site-2,site-3,site-4")
    for answer in (found, made):
        counts = {entry["what"]: entry["count"] for entry in answer["left_out"]}
        assert counts["links"] == 2 and counts["pages"] == 2 and counts["design"] == 1 and counts["sites"] == 3
        assert counts["blocks"] >= 5 and counts["fields"] == 1 and counts["legal"] == 1 and counts["images"] == 1
        assert any("script" in name for entry in answer["left_out"] for name in entry["names"])
    new = next(each for each in made["sites"] if each["title"] == "Café ☕")
    pages = eve.all_items(f"/api/sites/{new['id']}/pages")
    kinds = [block["kind"] for block in next(each for each in pages if each["slug"] == "menu")["blocks"]]
    assert kinds == ["hero", "gallery", "form", "links", "faq", "text"]


def test_a_picture_that_is_none_is_left_out_with_its_blocks(eve, small):
    names = [name for name in zipfile.ZipFile(io.BytesIO(small)).namelist() if name.startswith("images/")]
    for bad in (b"<svg onload=alert(1)>", png(declared=(60_000, 60_000)), b"GIF89a" + b"\0" * 100, b""):
        changed = remade(small, drop=lambda name: name in names, add=[(name, bad) for name in names])
        made = send(eve, IMPORT, changed, 201, parts="profile,images,site-0")
        assert made["images"] == 0
        counts = {entry["what"]: entry["count"] for entry in made["left_out"]}
        assert counts["images"] == 2 and counts["blocks"] == 2
        expect(eve.delete(f"/api/sites/{made['sites'][0]['id']}"), 204)


SLIPS = ["../data.json", "images/../../x", "/etc/passwd", "images//x", "./x", "a\\..\\x", "C:/x", "images/./x",
         "images/\x01x", "x" * 600]


@pytest.mark.parametrize("name", SLIPS, ids=lambda name: repr(name[:20]))
def test_names_that_lead_out_are_refused(eve, small, name):
    send(eve, PREVIEW, remade(small, add=[(name, b"x")]), 422, "import_refused")
    send(eve, IMPORT, remade(small, add=[(name, b"x")]), 422, "import_refused")


def test_links_doubles_and_secrets_are_refused(eve, small):
    def with_entry(info, content=b"/etc/passwd"):
        output = io.BytesIO(small)
        with zipfile.ZipFile(output, "a") as archive:
            archive.writestr(info, content)
        return output.getvalue()

    link = zipfile.ZipInfo("images/link")
    link.create_system, link.external_attr = 3, 0o120777 << 16
    device = zipfile.ZipInfo("images/device")
    device.create_system, device.external_attr = 3, 0o020666 << 16
    secret = zipfile.ZipInfo("images/secret")
    for content in (with_entry(link), with_entry(device), with_entry("data.json", b"{}")):
        send(eve, PREVIEW, content, 422, "import_refused")
    content = bytearray(with_entry(secret))
    # The directory's and the entry's own flag say that it is encrypted.
    place = content.rindex(b"PK\x01\x02")
    struct.pack_into("<H", content, place + 8, 1)
    offset = struct.unpack_from("<I", content, place + 42)[0]
    struct.pack_into("<H", content, offset + 6, 1)
    send(eve, PREVIEW, bytes(content), 422, "import_refused")


def bomb(size, declared=None, name="data.json"):
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        with archive.open(name, "w", force_zip64=False) as file:
            for _ in range(size >> 20):
                file.write(b"\0" * (1 << 20))
    content = bytearray(output.getvalue())
    if declared is not None:
        place = content.rindex(b"PK\x01\x02")
        struct.pack_into("<I", content, place + 24, declared)
        struct.pack_into("<I", content, 22, declared)
    return bytes(content)


def test_bombs_are_refused_by_what_they_say_and_by_what_they_are(eve, small):
    problem = send(eve, PREVIEW, bomb(300 << 20), 413, "import_too_large")
    assert problem["limit"]
    for declared in (0, 10):
        answer = eve.post(PREVIEW, raw=bomb(300 << 20, declared), headers={"Content-Type": "application/zip"})
        assert answer.status_code in (413, 422), answer.text
    image = next(name for name in zipfile.ZipFile(io.BytesIO(small)).namelist() if name.startswith("images/"))
    swollen = remade(small, drop=lambda name: name == image, add=[(image, b"\0" * (30 << 20))])
    send(eve, PREVIEW, swollen, 200)
    send(eve, IMPORT, swollen, 413, "import_too_large")
    # What nobody asks for is not unpacked.
    send(eve, PREVIEW, remade(small, add=[("site/x/large", b"\0" * (60 << 20))]), 200)
    crowd = io.BytesIO()
    with zipfile.ZipFile(crowd, "w") as archive:
        for number in range(50_001):
            archive.writestr(f"images/{number}", b"")
    send(eve, PREVIEW, crowd.getvalue(), 413, "import_too_large")


def test_data_that_takes_too_much_memory_is_refused(eve, small):
    data = data_of(small) | {"filling": "x" * (8 << 20)}
    for path in (PREVIEW, IMPORT):
        assert send(eve, path, remade(small, data), 413, "import_too_large")["limit"] == 8 << 20


def test_polyglots_and_ruins_are_refused(eve, small):
    for content in (b"", b"PK\x03\x04", b"PK\x05\x06" + b"\0" * 18, b"\x89PNG\r\n\x1a\n" + small, b"<html>" + small,
                    small[: len(small) // 2], small[:-30], b"PK\x03\x04" + b"\xff" * 5000, json.dumps({}).encode()):
        send(eve, PREVIEW, content, 422, "import_broken")
    for data in (b"", b"{", b"[]", b"{\"format\":\"other\"}", b"[" * 100_000, b"\xff",
                 {"format": "smartpages-export", "format_version": 2}):
        send(eve, PREVIEW, remade(small, data), 422, "import_broken")
    empty = {"format": "smartpages-export", "format_version": 1}
    assert send(eve, PREVIEW, remade(small, empty), 200)["sites"] == []
    strange = {**empty, "profile": [], "imprint": 1, "images": {}, "sites": "x", "members": None}
    assert send(eve, IMPORT, remade(small, strange), 201)["sites"] == []


def test_what_is_larger_than_the_limit_is_told(eve):
    problem = send(eve, PREVIEW, b"PK\x03\x04" + b"\0" * (50 << 20), 413, "import_too_large")
    assert problem["limit"] == 50 << 20
