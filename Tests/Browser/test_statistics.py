"""The view of statistics: numbers as bars and as tables, in both languages, and as a file."""

import csv
import re
import uuid

import pytest
from playwright.sync_api import expect
from visits import AGENTS, BOTS, count_all, lay, line

NAMES = {
    "en": {"nav": "Statistics", "views": "Views", "none": "Nothing was counted", "table": "Numbers as a table",
           "left_out": "requests were not counted", "bots": "Search engines", "csv": "Download as CSV",
           "deleted": "Deleted since", "devices": "Devices", "phone": "Phone", "7": "7 days", "365": "365 days",
           "range": "Range", "came": "Where they came from"},
    "de": {"nav": "Statistik", "views": "Aufrufe", "none": "noch nichts gezählt", "table": "Zahlen als Tabelle",
           "left_out": "Anfragen wurden nicht gezählt", "bots": "Suchmaschinen", "csv": "Als CSV herunterladen",
           "deleted": "Inzwischen gelöscht", "devices": "Geräte", "phone": "Telefon", "7": "7 Tage",
           "365": "365 Tage", "range": "Zeitraum", "came": "Woher die Besuche kamen"},
}


@pytest.mark.parametrize("locale", ["de", "en"])
def test_statistics(visit, stack, email, locale):
    names = NAMES[locale]
    slug = f"stats-{uuid.uuid4().hex[:12]}"
    host = f"{slug}.sites.localhost"
    dashboard = visit(locale)
    dashboard.log_in(email)
    dashboard.make_site("Ada", slug)
    page, main = dashboard.page, dashboard.page.locator("main")
    menu = page.get_by_role("navigation", name=re.compile("Main|Haupt"))
    menu.get_by_role("link", name=names["nav"], exact=True).click()
    dashboard.settle()
    dashboard.expect_heading(names["nav"])
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    expect(main).to_contain_text(names["none"])
    dashboard.check_view()

    lay(stack, slug, [
        *[line(host, address=f"192.0.2.{number}", agent=AGENTS["phone"], referer="https://instagram.com/")
          for number in range(25)],
        *[line(host, agent=bot) for bot in BOTS], line(host, method="HEAD")])
    count_all(stack)
    page.reload()
    dashboard.settle()
    total = main.locator(".stats-totals > div").filter(has_text=names["views"]).locator("dd")
    expect(total).to_have_text("25")
    chart = main.get_by_role("img")
    assert "25" in chart.get_attribute("aria-label")
    assert chart.locator("rect.bar-views").count() == 30
    main.locator("summary", has_text=names["table"]).click()
    expect(main.locator(".chart tbody tr").first.locator("td").first).to_have_text("25")
    devices = main.get_by_role("table", name=names["devices"])
    expect(devices.get_by_role("row", name=re.compile(rf"{names['phone']}.*25"))).to_be_visible()
    expect(main.get_by_role("table", name=names["came"])).to_contain_text("instagram.com")
    left_out = main.locator("summary", has_text=names["left_out"])
    expect(left_out).to_contain_text("11")
    left_out.click()
    expect(main.get_by_role("row", name=re.compile(rf"{names['bots']}.*10"))).to_be_visible()
    dashboard.check_view()

    ranges = main.get_by_role("navigation", name=names["range"])
    ranges.get_by_role("link", name=names["7"], exact=True).press("Enter")
    expect(chart.locator("rect.bar-views")).to_have_count(7)
    expect(ranges.locator("[aria-current]")).to_have_text(names["7"])
    expect(page).to_have_url(re.compile("days=7$"))
    ranges.get_by_role("link", name=names["365"], exact=True).click()
    # A trial keeps thirty days, and the view says so.
    expect(main.locator(".notice")).to_be_visible()
    expect(chart.locator("rect.bar-views")).to_have_count(30)
    dashboard.check_view()

    with page.expect_download() as downloading:
        main.get_by_role("link", name=names["csv"]).click()
    assert re.fullmatch(r"statistics-[\d-]+\.csv", downloading.value.suggested_filename)
    with open(downloading.value.path(), newline="") as table:
        rows = list(csv.DictReader(table))
    assert ("views", "25") in [(row["kind"], row["count"]) for row in rows]


def test_looking_at_ones_own_site_from_the_dashboard_does_not_count(visit, stack, email):
    slug = f"stats-{uuid.uuid4().hex[:12]}"
    dashboard = visit("en")
    dashboard.log_in(email)
    dashboard.make_site("Ada", slug)
    dashboard.go("publish")
    dashboard.button("publish_now").click()
    with dashboard.page.context.expect_page() as opening:
        dashboard.page.locator(".published a").click()
    opened = opening.value
    opened.wait_for_load_state()
    assert slug in opened.url
    # The site learns of the dashboard's host and of nothing else.
    assert opened.evaluate("document.referrer") == f"{stack.app_url}/"
