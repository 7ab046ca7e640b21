"""Hostile texts in published pages do nothing in a browser, even without the policy that would stop them."""

import pytest
from client import Client, expect
from hostile import corpus, every_kind

BATCH = 5


@pytest.fixture(scope="module")
def published(stack):
    """A site whose pages hold a part of the corpus each; and a way to publish the next part."""
    client = Client(stack).log_in()
    site = client.new_site()
    names = [f"page-{number}" for number in range(client.identity["entitlements"]["pages"] - 1)]
    pages = {name: client.new_page(site, name)["id"] for name in names}

    def publish(texts):
        for name, start in zip(names, range(0, len(texts), BATCH)):
            part = texts[start:start + BATCH]
            blocks = [block for text in part for block in every_kind(text) if block["kind"] != "form"]
            markdown = [{"kind": "text", "markdown": text} for text in part]
            path = f"/api/sites/{site['id']}/pages/{pages[name]}"
            expect(client.patch(path, json={"title": texts[start], "blocks": blocks + markdown}), 200)
        profile = {"name": texts[0], "headline": texts[1], "bio": "\n\n".join(texts[:20])}
        expect(client.put("/api/profile", json=profile), 200)
        expect(client.post(f"/api/sites/{site['id']}/publish"), 201)
        return [f"{stack.sites_url(site['slug'])}/{name}/" for name, _ in zip(names, range(0, len(texts), BATCH))]

    publish.size = len(names) * BATCH
    return publish


def test_no_text_runs_loads_or_leads_away(published, browser):
    texts = [text for text in corpus() if all(character >= " " or character in "\t\n" for character in text)]
    with browser.new_context(bypass_csp=True) as context:
        alarms, asked = [], []
        context.add_init_script("window.alert = (text) => { window.__ran = true; console.log('ran ' + text); }")
        context.on("request", lambda request: asked.append(request.url))
        page = context.new_page()
        page.on("dialog", lambda dialog: (alarms.append(dialog.message), dialog.dismiss()))
        page.on("console", lambda message: alarms.append(message.text))
        page.on("pageerror", lambda error: alarms.append(str(error)))
        for start in range(0, len(texts), published.size):
            for address in published(texts[start:start + published.size]):
                page.goto(address)
                page.evaluate("document.querySelectorAll('details').forEach((one) => (one.open = true))")
                page.mouse.move(200, 300)
                assert page.evaluate("window.__ran") is None, address
                assert page.url == address
        assert not alarms
        foreign = {url for url in asked if ".localhost" not in url.split("/")[2] and not url.startswith("data:")}
        assert not foreign
