"""QR codes, read by a reader as a telephone does."""

import re
import struct
import subprocess

import pytest
from client import expect
from test_customer import PROFILE

ANY_ID = "0199a6c2-7d1e-7a40-8c55-3f0e9b1d2a60"


def read(file) -> str:
    """What a reader makes of a picture that holds one code."""
    found = subprocess.run(["zbarimg", "--raw", "-q", "--oneshot", str(file)], capture_output=True, timeout=60)
    assert found.returncode == 0, found.stderr
    return found.stdout.decode()


def read_svg(svg: str, folder) -> str:
    """Draws the only kind of path that the codes have, as grey pixels."""
    scale, size = 8, int(re.search(r'viewBox="0 0 (\d+) \d+"', svg)[1])
    rows = [bytearray(b"\xff" * size) for _ in range(size)]
    for x, y, width in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\3z", svg):
        rows[int(y)][int(x):int(x) + int(width)] = b"\0" * int(width)
    assert all(byte == 0xff for row in (*rows[:4], *rows[-4:]) for byte in row), "the quiet zone"
    file = folder / "code.pgm"
    drawn = b"".join(bytes(value for value in row for _ in range(scale)) * scale for row in rows)
    file.write_bytes(b"P5 %d %d 255\n" % (size * scale, size * scale) + drawn)
    return read(file)


def read_both(client, site, kind, id, folder) -> str:
    path = f"/api/sites/{site['id']}/qr/{kind}/{id}"
    png = client.get(f"{path}.png")
    assert png.status_code == 200 and png.headers["Content-Type"] == "image/png"
    assert struct.unpack(">II", png.content[16:24]) == (1024, 1024)
    (folder / "code.png").write_bytes(png.content)
    svg = client.get(f"{path}.svg")
    assert svg.status_code == 200 and svg.headers["Content-Type"] == "image/svg+xml"
    content = read(folder / "code.png")
    assert read_svg(svg.text, folder) == content
    return content


def test_pages_links_and_short_links_lead_to_the_sites_host(stack, ada, site, tmp_path):
    home = f"{stack.sites_url(site['slug'])}/"
    assert read_both(ada, site, "page", ada.home_page(site)["id"], tmp_path) == f"{home}?via=qr"
    about = ada.new_page(site, "a-rather-long-address-of-a-page")
    assert read_both(ada, site, "page", about["id"], tmp_path) == f"{home}a-rather-long-address-of-a-page/?via=qr"
    link = ada.new_link(site, url="https://example.com/" + "x" * 1500)
    assert read_both(ada, site, "link", link["id"], tmp_path) == f"{home}l/{link['code']}?via=qr"
    short = ada.new_short_link(site, code="x" * 40, url="https://müller.example/größe")
    assert read_both(ada, site, "short_link", short["id"], tmp_path) == f"{home}l/{'x' * 40}?via=qr"


def test_the_codes_follow_the_site_to_its_new_name(stack, ada, site, tmp_path):
    page = ada.home_page(site)["id"]
    renamed = expect(ada.patch(f"/api/sites/{site['id']}", json={"slug": site["slug"] + "-new"}), 200)
    assert read_both(ada, site, "page", page, tmp_path) == f"{stack.sites_url(renamed['slug'])}/?via=qr"


def test_a_business_card_stands_in_the_code_itself(stack, ada, site, tmp_path):
    profile = {**PROFILE, "name": "Jörg Müller; Söhne, & Cie", "phone": "+49 30 123", "bio": "x" * 2000}
    expect(ada.put("/api/profile", json=profile), 200)
    card = read_both(ada, site, "vcard", site["id"], tmp_path)
    lines = card.replace("\r\n", "\n").strip().split("\n")
    assert (lines[0], lines[-1]) == ("BEGIN:VCARD", "END:VCARD")
    assert "FN:Jörg Müller\\; Söhne\\, & Cie" in lines and "TEL:+49 30 123" in lines
    assert f"EMAIL;TYPE=INTERNET:{PROFILE['email']}" in lines
    assert f"URL:{stack.sites_url(site['slug'])}/" in lines


def test_a_card_that_is_too_large_is_an_address(stack, ada, site, tmp_path):
    expect(ada.put("/api/profile", json={**PROFILE, "name": "Ü" * 100, "headline": "ß" * 160,
                                         "website": "https://example.com/" + "w" * 400}), 200)
    assert read_both(ada, site, "vcard", site["id"], tmp_path) == f"{stack.sites_url(site['slug'])}/?via=qr"


def test_no_card_breaks_out_of_its_lines(ada, site, tmp_path):
    expect(ada.put("/api/profile", json={**PROFILE, "name": "A\nTEL:666", "headline": "B\r\nURL:https://evil.example/"}),
           (200, 422))
    card = read_both(ada, site, "vcard", site["id"], tmp_path)
    assert not re.search(r"(?m)^(TEL:666|URL:https://evil)", card)


def test_a_code_has_a_name_and_is_not_sent_twice(ada, site):
    path = f"/api/sites/{site['id']}/qr/page/{ada.new_page(site)['id']}.png"
    first = ada.get(path)
    assert first.headers["Content-Disposition"] == f'attachment; filename="qr-{site["slug"]}-about.png"'
    again = ada.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert ada.get(path).content == first.content


@pytest.mark.parametrize("path", [
    f"page/{ANY_ID}.svg", f"link/{ANY_ID}.svg", f"short_link/{ANY_ID}.png", f"vcard/{ANY_ID}.png", "page/x.svg",
    f"site/{ANY_ID}.svg", f"page/{ANY_ID}.gif", f"page/{ANY_ID}", f"page/{ANY_ID}.svg/x", "page/.svg",
])
def test_there_is_no_code_of_what_is_not_there(ada, site, path):
    expect(ada.get(f"/api/sites/{site['id']}/qr/{path}"), 404, "not_found")


def test_a_link_of_another_site_has_no_code_in_this_one(ada, site):
    other = ada.new_site()
    link = ada.new_link(other)
    expect(ada.get(f"/api/sites/{site['id']}/qr/link/{link['id']}.svg"), 404, "not_found")
    expect(ada.get(f"/api/sites/{site['id']}/qr/vcard/{other['id']}.svg"), 404, "not_found")
