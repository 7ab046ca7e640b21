"""Everything can be taken along: whole, without secrets, and only by who owns it."""

import re
import uuid
from datetime import datetime, timedelta

import pytest
from client import Client, Mailbox, age_proofs, at_once, expect, new_email, wait_for_mail
from export import Export
from letters import lay_message
from pictures import png
from stack import wait_until


@pytest.fixture(scope="module")
def full(stack):
    """A customer with everything, and its export."""
    owner = Client(stack).log_in()
    stack.subscribe(owner, "business")
    member = owner.new_member()
    invited = new_email()
    owner.invite(invited)
    image = owner.new_image(png(700, 500), "Sunrise.png")
    expect(owner.patch(f"/api/images/{image['id']}", json={"alt": "The sun over the sea"}), 200)
    expect(owner.put("/api/profile", json={"name": "Ada's café", "bio": "Coffee & cake", "picture": image["id"]}), 200)
    expect(owner.put("/api/customer/legal/imprint", json={"mode": "text", "text": {"en": "My imprint"}}), 200)
    site = owner.new_site(title="Café ☕")
    owner.new_page(site, "menu", title="Menu", blocks=[
        {"kind": "heading", "text": "What there is", "level": 2}, {"kind": "links"}])
    links = [owner.new_link(site, f"Link {number}", url=f"https://example.com/{number}") for number in range(3)]
    owner.new_short_link(site)
    owner.publish(site, note="The first one")
    lay_message(owner, site)
    draft = owner.new_site(title="Not public")
    gone = owner.new_site(title="Thrown away")
    owner.new_page(gone, "old", title="Old page")
    owner.new_short_link(gone, title="Old flyer")
    lay_message(owner, gone)
    owner.publish(gone, note="Long ago")
    page = owner.new_page(site, "past", title="Past page")
    link = owner.new_link(site, "Past link")
    for path in (f"/api/sites/{site['id']}/pages/{page['id']}", f"/api/sites/{site['id']}/links/{link['id']}",
                 f"/api/sites/{gone['id']}"):
        expect(owner.delete(path), 204)
    stack.sql(f"""INSERT INTO customer.site_days (site_id, day, views) VALUES ('{site['id']}', '2026-11-01', 12);
        INSERT INTO customer.site_counts (site_id, day, kind, name, count)
        SELECT '{site['id']}', '2026-11-01', 'referrer', 'host-' || n || '.example', n
        FROM generate_series(1, 450) n""")

    class Full:
        pass

    found = Full()
    found.owner, found.member, found.invited, found.image, found.site, found.draft, found.links = (
        owner, member, invited, image, site, draft, links)
    found.entry = owner.new_export()
    found.export = Export(owner, found.entry)
    return found


def test_the_data_is_all_there(full):
    data = full.export.data
    assert data["customer"]["id"] == full.owner.identity["customer"]["id"]
    assert {(member["email"], member["role"]) for member in data["members"]} == {
        (full.owner.email, "owner"), (full.member.email, "editor")}
    assert data["profile"]["bio"] == "Coffee & cake" and data["imprint"]["text"]["en"] == "My imprint"
    assert data["privacy"] is None
    (image,) = data["images"]
    assert (image["name"], image["alt"]) == ("Sunrise.png", "The sun over the sea")
    assert image["file"] in full.export.names
    first, second = data["sites"]
    assert first["site"]["title"] == "Café ☕" and second["site"]["title"] == "Not public"
    site = f"/api/sites/{full.site['id']}"
    for name, path in (("pages", "pages"), ("links", "links"), ("short_links", "short-links")):
        shown = full.owner.all_items(f"{site}/{path}")
        assert sorted(first[name], key=lambda item: item["id"]) == sorted(shown, key=lambda item: item["id"]), name
    assert [version["note"] for version in first["versions"]] == ["The first one"]
    assert [(letter["name"], letter["text"]) for letter in first["messages"]] == [("Grace", "Hello")]
    assert first["statistics"]["days"][0]["views"] == 12
    counts = {entry["name"]: entry["count"] for entry in first["statistics"]["counts"]}
    assert counts == {f"host-{number}.example": number for number in range(1, 451)}
    assert {"site_published", "export_requested"} <= {entry["action"] for entry in data["activity"]}


def test_what_lies_in_the_trash_is_told_as_such(full):
    trash = {entry["kind"]: entry for entry in full.export.data["trash"]}
    assert set(trash) == {"page", "link", "site"} and all(entry["deleted"] is True for entry in trash.values())
    assert all(entry["deleted_by"] == full.owner.email and entry["deleted_at"] for entry in trash.values())
    (page,), (link,) = trash["page"]["pages"], trash["link"]["links"]
    assert (page["title"], page["slug"], page["home"]) == ("Past page", "past", False)
    assert (link["title"], trash["link"]["site_id"]) == ("Past link", full.site["id"]) and link["code"]
    site = trash["site"]
    assert site["site"]["title"] == site["title"] == "Thrown away" and site["site"]["locale"]
    assert {page["title"] for page in site["pages"]} >= {"Old page"} and len(site["pages"]) == 2
    assert [entry["title"] for entry in site["short_links"]] == ["Old flyer"]
    assert [entry["name"] for entry in site["messages"]] == ["Grace"]
    assert [entry["note"] for entry in site["versions"]] == ["Long ago"]
    # It is nowhere else: what is there is not mixed with what was deleted.
    assert {entry["site"]["title"] for entry in full.export.data["sites"]} == {"Café ☕", "Not public"}


def test_no_secrets_are_in_it(stack, full):
    text = full.export.zip.read("data.json").decode()
    secrets = [row[0] for row in stack.sql(
        "SELECT digest FROM customer.invitations UNION SELECT stripe_customer FROM billing.accounts "
        "WHERE stripe_customer IS NOT NULL UNION SELECT subscription FROM billing.accounts "
        "WHERE subscription IS NOT NULL")]
    assert secrets and not [secret for secret in secrets if secret in text]
    assert not re.search(r"cus_|sub_|in_1|digest|epoch|token", text)
    assert full.owner.cookie("session") not in text


def test_the_sites_are_files(full):
    names = full.export.names
    root = f"site/{full.site['slug']}"
    assert {f"{root}/index.html", f"{root}/menu/index.html", f"{root}/imprint/index.html", f"{root}/404.html",
            f"site/{full.draft['slug']}/index.html", "README.txt"} <= set(names)
    assert any(name.startswith(f"{root}/media/") for name in names)
    assert len(names) == len(set(names)) and not [name for name in names if ".." in name or name.startswith("/")]
    menu = full.export.zip.read(f"{root}/menu/index.html").decode()
    assert all(f"https://example.com/{number}" in menu for number in range(3)), "links lead where they should directly"
    assert "Not public" in full.export.zip.read(f"site/{full.draft['slug']}/index.html").decode()


def test_a_site_opens_from_a_plain_file_server_with_pictures_and_no_broken_link(full, browser, tmp_path):
    with full.export.served(full.site["slug"], tmp_path) as address:
        page = browser.new_context().new_page()
        answers = {}
        page.on("response", lambda answer: answers.__setitem__(answer.url, answer.status))
        open_paths, seen = ["/"], set()
        while open_paths:
            path = open_paths.pop()
            if path in seen:
                continue
            seen.add(path)
            page.goto(address + path, wait_until="load")
            assert page.locator("h1").count() >= 1, path
            for broken in page.evaluate(
                    "Promise.all([...document.images].map(async (i) => { i.loading = 'eager'; "
                    "await i.decode().catch(() => 0); return i.naturalWidth > 0 ? null : i.src }))"):
                assert broken is None, f"{path}: {broken}"
            open_paths += page.evaluate(
                "[...document.querySelectorAll('a[href^=\"/\"]')].map((a) => a.getAttribute('href').split('#')[0])")
        assert {"/", "/menu/", "/imprint/"} <= seen
        assert page.goto(address).ok and page.locator("img").count() == 1
        assert not {url: status for url, status in answers.items() if status >= 400}, answers
        assert all(url.startswith((address, "data:")) for url in answers), "nothing of anybody else's"
        page.context.close()


def test_its_owner_is_told_by_mail_and_can_fetch_it_for_a_week(stack, full):
    mail = wait_for_mail(stack, full.owner.email, "export_ready")
    assert f"{stack.app_url}/account" in mail["text"]
    assert len(Mailbox.of(stack).to(full.owner.email, "export_ready")) == 1
    answer = full.owner.get(f"/api/exports/{full.entry['id']}/file")
    assert answer.headers["Content-Type"] == "application/zip" and "no-store" in answer.headers["Cache-Control"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert re.fullmatch(r'attachment; filename="smartpages-[\d-]+\.zip"', answer.headers["Content-Disposition"])
    created = datetime.fromisoformat(full.entry["finished_at"])
    assert datetime.fromisoformat(full.entry["expires_at"]) - created == timedelta(days=7)


def sweep(stack) -> None:
    key = f"test-{new_email()}"
    stack.sql(f"INSERT INTO jobs.jobs (kind, key) VALUES ('customer.sweep', '{key}')")
    wait_until(lambda: stack.sql(f"SELECT 1 FROM jobs.jobs WHERE key = '{key}' AND state = 'completed'"), 60)


def test_it_is_gone_after_its_time(stack, ada):
    export, kept = ada.new_export(), ada.new_export()
    file = stack.bucket / "exports" / f"{export['id']}.zip"
    assert file.exists()
    stack.sql(f"UPDATE customer.exports SET expires_at = now() - interval '1 second' WHERE id = '{export['id']}'")
    expect(ada.get(f"/api/exports/{export['id']}/file"), 404)
    sweep(stack)
    assert not file.exists() and (stack.bucket / "exports" / f"{kept['id']}.zip").exists()
    assert [entry["id"] for entry in ada.all_items("/api/exports")] == [kept["id"]]


def test_the_oldest_gives_way(stack, ada):
    made = [ada.new_export()["id"] for _ in range(4)]
    assert [entry["id"] for entry in ada.all_items("/api/exports")] == made[:0:-1]
    wait_until(lambda: not (stack.bucket / "exports" / f"{made[0]}.zip").exists(), 10)


def test_of_twenty_at_once_one_is_made_at_a_time(ada):
    clients = [ada.clone() for _ in range(20)]
    at_once(20, lambda index: expect(clients[index].post("/api/exports", json={}), 202))
    made = wait_until(lambda: (lambda found: found if all(entry["state"] == "ready" for entry in found) else None)(
        ada.all_items("/api/exports")), 30)
    assert all(later["created_at"] >= earlier["finished_at"] for later, earlier in zip(made, made[1:]))


def test_it_needs_a_recent_proof_and_nothing_paid(stack, ada):
    stack.sql(f"UPDATE billing.accounts SET trial_ends_at = now() - interval '1 day' "
              f"WHERE customer_id = '{ada.identity['customer']['id']}'")
    export = ada.new_export()
    age_proofs(stack, ada)
    expect(ada.post("/api/exports", json={}), 403, "proof_required")
    expect(ada.get(f"/api/exports/{export['id']}/file"), 403, "proof_required")
    assert len(ada.all_items("/api/exports")) == 1


def test_an_export_that_is_not_ready_cannot_be_fetched(stack, ada):
    customer = ada.identity["customer"]["id"]
    stack.sql("INSERT INTO customer.exports (id, customer_id) "
              f"VALUES ('01990000-0000-7000-8000-{uuid.uuid4().hex[:12]}', '{customer}')")
    (waiting,) = ada.all_items("/api/exports")
    expect(ada.get(f"/api/exports/{waiting['id']}/file"), 409, "conflict")
    assert expect(ada.post("/api/exports", json={}), 202)["id"] == waiting["id"]


def test_nobody_else_reaches_it(stack, full, bob, anonymous):
    path = f"/api/exports/{full.entry['id']}/file"
    expect(bob.get(path), 404, "not_found")
    expect(anonymous.get(path), 401)
    expect(full.member.get(path), 403, "forbidden")
    # Not past Core either, on no host.
    name = f"{full.entry['id']}.zip"
    for address in (f"{stack.app_url}/_export/{name}", f"{stack.sites_url(full.site['slug'])}/_export/{name}",
                    f"{stack.sites_url(full.site['slug'])}/exports/{name}",
                    f"{stack.sites_url(full.site['slug'])}/_blob/../exports/{name}", f"{stack.app_url}/exports/{name}"):
        answer = anonymous.get(address)
        assert not answer.content.startswith(b"PK"), address
        assert answer.status_code in (400, 404) or "text/html" in answer.headers["Content-Type"], address
