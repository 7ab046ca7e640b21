"""The view in which a site gets its look: what one chooses is seen at once, and what cannot be read is said at once."""

import re
import uuid

import pytest
from playwright.sync_api import expect

SCREEN = ".preview-phone"


@pytest.fixture
def dashboard(visit, email, request):
    opened = visit(getattr(request, "param", "en"))
    opened.log_in(email)
    opened.make_site("Look", f"look-{uuid.uuid4().hex[:12]}")
    opened.go("design")
    return opened


def shown(dashboard, name: str) -> str:
    """A value that the preview wears."""
    return dashboard.page.locator(SCREEN).evaluate(f"element => element.style.getPropertyValue('--p-{name}')")


def wait_until_shown(dashboard, name: str, value: str) -> None:
    dashboard.page.wait_for_function(
        "([screen, name, value]) => document.querySelector(screen).style.getPropertyValue(name) === value",
        arg=[SCREEN, f"--p-{name}", value])


@pytest.mark.parametrize("dashboard", ["de", "en"], indirect=True)
def test_a_look_is_chosen_seen_saved_and_published(dashboard, stack):
    page = dashboard.page
    dashboard.check_view()
    assert shown(dashboard, "ground") == "#faf8f4"

    # By keyboard: the themes are one group of radio buttons.
    page.get_by_role("radio", name=re.compile("^Warm")).focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("radio", name=re.compile(f"^{dashboard.name('night')}"))).to_be_checked()
    wait_until_shown(dashboard, "ground", "#0d0f1c")
    expect(page.locator(".schemes")).to_be_hidden()

    page.get_by_role("radio", name=re.compile(f"^{dashboard.name('sea')}")).check()
    wait_until_shown(dashboard, "ground", "#f2f8fc")
    dashboard.button("dark").click()
    wait_until_shown(dashboard, "ground", "#08151f")
    dashboard.button("light").click()

    dashboard.field("accent").fill("7A1F5C")
    expect(page.get_by_text(dashboard.name("readable"))).to_be_visible()
    wait_until_shown(dashboard, "accent", "#7a1f5c")
    page.get_by_role("radio", name=dashboard.name("book"), exact=True).check()
    dashboard.field("layout").select_option("card")
    expect(page.locator(SCREEN)).to_have_class(re.compile("p-layout-card"))
    dashboard.expect_state("unsaved")
    dashboard.save()
    dashboard.check_view()
    page.reload()
    dashboard.settle()
    expect(dashboard.field("accent")).to_have_value("#7a1f5c")
    expect(dashboard.field("layout")).to_have_value("card")
    wait_until_shown(dashboard, "radius", "1rem")


def test_a_colour_that_cannot_be_read_is_said_while_one_types_and_mended_with_one_press(dashboard):
    page = dashboard.page
    dashboard.field("accent").fill("#ffe14d")
    offer = page.get_by_role("button", name=re.compile("^Take #"))
    expect(offer).to_be_visible()
    dashboard.check_view()
    nearest = re.search("#[0-9a-f]{6}", offer.inner_text())[0]
    # The preview shows what it would be like with the colour that can be read.
    wait_until_shown(dashboard, "accent", nearest)

    # Saving says it at the field, and loses nothing.
    dashboard.button("save").click()
    expect(dashboard.field("accent")).to_have_attribute("aria-invalid", "true")
    expect(dashboard.field("accent")).to_have_value("#ffe14d")
    offer.click()
    expect(dashboard.field("accent")).to_have_value(nearest)
    expect(dashboard.field("accent")).to_be_focused()
    wait_until_shown(dashboard, "accent", nearest)
    dashboard.save()

    dashboard.button("as_theme").first.click()
    expect(dashboard.field("accent")).to_have_value("")
    wait_until_shown(dashboard, "accent", "#1f5c50")
    dashboard.save()


def test_a_word_is_no_colour(dashboard):
    dashboard.field("ground").fill("red")
    dashboard.button("save").click()
    expect(dashboard.field("ground")).to_have_attribute("aria-invalid", "true")
    expect(dashboard.field("ground")).to_be_focused()
    dashboard.field("ground").fill("#0b3d2e")
    wait_until_shown(dashboard, "ground", "#0b3d2e")
    dashboard.save()


def test_the_editor_of_a_page_wears_the_look_too(dashboard):
    dashboard.page.get_by_role("radio", name=re.compile("^Night")).check()
    wait_until_shown(dashboard, "ground", "#0d0f1c")
    dashboard.save()
    dashboard.go("pages")
    dashboard.page.locator(".page-row a").first.click()
    dashboard.settle()
    wait_until_shown(dashboard, "ground", "#0d0f1c")


def test_the_dashboard_shows_the_fonts_that_sites_bring_along():
    from pathlib import Path

    root = Path(__file__).resolve().parents[2]
    own = {path.name: path for path in (root / "nginx/www/fonts").glob("*.woff2")}
    sites = {path.name.replace("_latin", ""): path
             for path in (root / "Sources/Customer/Rendering/Fonts").glob("*_latin.woff2")}
    assert own.keys() == sites.keys() and own
    assert all(path.read_bytes() == sites[name].read_bytes() for name, path in own.items())
