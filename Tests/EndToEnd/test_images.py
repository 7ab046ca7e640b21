"""Pictures: what a stranger sends is never handed on; what is made of it is small, upright and says nothing else."""

import io
import os
import time
import uuid
import zlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pillow_heif
import pytest
import requests
from client import Client, expect, expect_fields
from core_process import CoreProcess
from pictures import chunk, png
from PIL import Image, ImageCms, ImageOps
from stack import wait_until

pillow_heif.register_heif_opener()
PLACE = "48.137154"


def encoded(image: Image.Image, form: str, **options) -> bytes:
    output = io.BytesIO()
    image.save(output, form, **options)
    return output.getvalue()


def drawing(width: int = 800, height: int = 600, mode: str = "RGB") -> Image.Image:
    """Left half red, right half blue: orientation and colours can be read off it."""
    image = Image.new("RGB", (width, height), (220, 30, 30))
    image.paste((30, 30, 220), (width // 2, 0, width, height))
    return image.convert(mode)


def send(client: Client, data: bytes, kind: str = "image/jpeg", **more) -> requests.Response:
    """Uploads, again while all encoders are busy."""
    def upload():
        answer = client.post("/api/images", raw=data, headers={"Content-Type": kind, **more.pop("headers", {})}, **more)
        # An answer that is an error is false.
        return None if answer.status_code == 503 and answer.json()["code"] == "overloaded" else [answer]

    return wait_until(upload, 60, "an encoder")[0]


def files(client: Client, image: dict) -> list[tuple[dict, bytes]]:
    return [(variant, expect_bytes(client.get(variant["url"]))) for variant in image["variants"]]


def expect_bytes(answer: requests.Response) -> bytes:
    assert answer.status_code == 200, answer.text
    return answer.content


# --- What is taken


@pytest.mark.parametrize(("form", "kind"), [
    ("JPEG", "image/jpeg"), ("PNG", "image/png"), ("WEBP", "image/webp"), ("AVIF", "image/avif"),
    ("HEIF", "image/heic"),
])
def test_each_kind_is_made_into_webp_and_jpeg(ada, form, kind):
    image = expect(send(ada, encoded(drawing(1500, 1000), form), kind), 201)
    assert [variant["width"] for variant in image["variants"]] == [320, 640, 960, 1280, 1500, 960]
    assert [variant["format"] for variant in image["variants"]] == ["webp"] * 5 + ["jpeg"]
    assert (image["width"], image["height"], image["alt"]) == (1500, 1000, None)
    assert image["bytes"] == sum(variant["size"] for variant in image["variants"])
    for variant, data in files(ada, image):
        picture = Image.open(io.BytesIO(data))
        assert picture.format.lower() == variant["format"] and len(data) == variant["size"]
        assert picture.size == (variant["width"], variant["height"])
        assert abs(picture.height / picture.width - 2 / 3) < 0.01
        red = picture.convert("RGB").getpixel((10, 10))
        assert red[0] > 180 and red[2] < 80, red


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16", "RGBA;empty"])
def test_all_kinds_of_png_become_colours_of_8_bits(ada, mode):
    image = Image.new("I;16", (500, 400), 40_000) if mode == "I;16" else drawing(500, 400, mode.split(";")[0])
    if mode in ("RGBA", "LA"):
        image.putalpha(120)
    answer = expect(send(ada, encoded(image, "PNG"), "image/png"), 201)
    see_through = mode in ("RGBA", "LA")
    assert answer["variants"][-1]["format"] == ("png" if see_through else "jpeg")
    for _, data in files(ada, answer):
        assert Image.open(io.BytesIO(data)).mode == ("RGBA" if see_through else "RGB")


def test_colours_of_print_and_of_other_profiles_become_srgb(ada):
    printed = expect(send(ada, encoded(Image.new("CMYK", (400, 300), (0, 255, 255, 0)), "JPEG")), 201)
    _, data = files(ada, printed)[0]
    red = Image.open(io.BytesIO(data)).convert("RGB").getpixel((50, 50))
    assert red[0] > 180 and red[1] < 80 and red[2] < 80
    # A profile whose red is what sRGB calls blue would show if it were dropped without being applied.
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    expect(send(ada, encoded(drawing(), "JPEG", icc_profile=profile)), 201)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_picture_stands_upright_and_tells_nothing_of_camera_and_place(ada, orientation):
    exif = Image.Exif()
    exif[0x0112], exif[0x010F], exif[0x9286] = orientation, "Camera of Anna", "secret"
    exif.get_ifd(0x8825).update({1: "N", 2: (48.0, 8.0, 13.75)})
    data = encoded(drawing(800, 600), "JPEG", exif=exif, comment=b"secret", icc_profile=ImageCms.ImageCmsProfile(
        ImageCms.createProfile("sRGB")).tobytes(), xmp=f"<x:xmpmeta>{PLACE}</x:xmpmeta>".encode())
    assert PLACE.encode() in data and b"Camera of Anna" in data
    image = expect(send(ada, data), 201)
    turned = orientation >= 5
    assert (image["width"], image["height"]) == ((600, 800) if turned else (800, 600))
    upright = Image.open(io.BytesIO(data))
    expected = ImageOps.exif_transpose(upright).convert("RGB")
    for variant, made in files(ada, image):
        picture = Image.open(io.BytesIO(made))
        for word in (b"Camera", b"secret", PLACE.encode(), b"Exif", b"ICC_PROFILE", b"ICCP", b"http://"):
            assert word not in made, word
        assert not picture.getexif() and not {"icc_profile", "exif", "xmp", "comment"} & set(picture.info)
        for place in ((0.1, 0.1), (0.9, 0.9)):
            wanted = expected.getpixel((int(place[0] * expected.width), int(place[1] * expected.height)))
            got = picture.convert("RGB").getpixel((int(place[0] * picture.width), int(place[1] * picture.height)))
            assert all(abs(one - other) < 40 for one, other in zip(wanted, got)), (variant, wanted, got)


def test_of_what_moves_the_first_picture_is_taken(ada):
    frames = [drawing(300, 200), Image.new("RGB", (300, 200), (0, 255, 0))]
    data = encoded(frames[0], "WEBP", save_all=True, append_images=frames[1:], duration=100)
    image = expect(send(ada, data, "image/webp"), 201)
    for _, made in files(ada, image):
        assert getattr(Image.open(io.BytesIO(made)), "n_frames", 1) == 1
        assert b"ANIM" not in made


@pytest.mark.parametrize(("size", "widths"), [((1, 1), [1]), ((320, 10), [320]), ((12_000, 20), [320, 640, 960, 1280, 1920]),
                                              ((30, 12_000), [30])])
def test_no_variant_is_larger_than_the_picture(ada, size, widths):
    image = expect(send(ada, png(*size), "image/png"), 201)
    assert [variant["width"] for variant in image["variants"][:-1]] == widths


# --- What is refused


def svg(extra: str = "") -> bytes:
    return f'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" {extra}><script>alert(1)</script></svg>'.encode()


@pytest.mark.parametrize(("data", "kind"), [
    (svg(), "SVG"), (b"<svg onload=alert(1)>", "SVG"), (encoded(drawing(), "GIF"), "GIF"), (b"%PDF-1.7\n", "PDF"),
    (encoded(drawing(), "TIFF"), "TIFF"), (encoded(drawing(), "BMP"), "BMP"), (b"PK\x03\x04" + b"x" * 99, "ZIP"),
    (b"\0\0\0\x18ftypisom\0\0\0\0iso2mp41", "MP4"),
])
def test_other_kinds_are_refused_by_name_whatever_they_call_themselves(ada, data, kind):
    for content_type in ("image/png", "image/jpeg", "image/svg+xml"):
        problem = expect(send(ada, data, content_type), 415, "image_unsupported")
        assert problem["format"] == kind


@pytest.mark.parametrize("data", [
    b"", b"\0", b"hello", b"<html><script>alert(1)</script>", b"GIF", b"RIFF\0\0\0\0AVI ", b"#!/bin/sh\n", b"{}",
    b"push graphic-context\nviewbox 0 0 640 480\nfill 'url(https://example.com/x.png)'", b"%!PS-Adobe-3.0",
    b"\x7fELF" + b"\0" * 60, b"\x01" * 4096,
])
def test_what_is_no_picture_is_said_to_be_none(ada, data):
    expect(send(ada, data, "image/png"), 415, "image_unknown")


@pytest.mark.parametrize("content_type", ["application/json", "text/html", "application/octet-stream", "multipart/form-data"])
def test_a_picture_is_sent_as_one(ada, content_type):
    expect(send(ada, png(), content_type), 415, "image_unknown")


@pytest.mark.parametrize(("data", "code"), [
    (png(30_000, 30_000, depth=1, kind=0, rows=3000), "image_too_large"),
    (png(1, 1, declared=(2**31 - 1, 2**31 - 1)), "image_broken"),
    (png(1, 1, declared=(12_001, 1)), "image_too_large"),
    (png(1, 1, declared=(11_000, 11_000)), "image_too_large"),
    (png(1, 1, declared=(0, 0)), "image_broken"),
    (png(1, 1, declared=(5000, 5000)), "image_broken"),
    (png(7000, 7000, depth=1, kind=0, rows=7000)[:1000], "image_broken"),
    (b"\x89PNG\r\n\x1a\n", "image_broken"),
    (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", b"\0" * 13), "image_broken"),
    (b"\xff\xd8\xff\xe0" + b"\0" * 100, "image_broken"),
    (b"RIFF\xff\xff\xff\xffWEBPVP8X" + b"\xff" * 60, "image_broken"),
    (b"\0\0\0\x18ftypavif\0\0\0\0mif1avif" + b"\xff" * 100, "image_broken"),
    (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\xff" * 100, "image_broken"),
], ids=str)
def test_bombs_and_broken_files_are_refused_before_they_cost_anything(ada, data, code):
    assert len(data) < 200_000
    answer = send(ada, data, "image/png")
    expect(answer, 422, code)
    assert answer.elapsed.total_seconds() < 10


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "AVIF", "HEIF"])
@pytest.mark.parametrize("kept", [0.02, 0.5, 0.9])
def test_a_cut_off_file_is_never_half_a_picture(ada, form, kept):
    noise = Image.effect_noise((600, 400), 90).convert("RGB")
    data = encoded(noise, form)
    expect(send(ada, data[:int(len(data) * kept)]), 422, "image_broken")


def test_a_picture_with_50_megapixels_is_taken(ada):
    image = expect(send(ada, png(7000, 7000, depth=1, kind=0), "image/png"), 201)
    assert image["width"] == 1920


@pytest.mark.parametrize("tail", [
    b"PK\x03\x04" + b"\0" * 26 + b"evil.sh", b"<script>alert(document.cookie)</script>", b"<?php system($_GET[0]); ?>",
    b"*/=alert(1)/*", b"%PDF-1.4\n",
])
def test_nothing_that_hides_in_or_behind_a_picture_gets_through(ada, tail):
    exif = Image.Exif()
    exif[0x010F] = tail.decode("latin-1")
    jpeg = encoded(drawing(400, 300), "JPEG", exif=exif, comment=tail) + tail
    inner = chunk(b"tEXt", b"Comment\0" + tail) + chunk(b"zTXt", b"x\0\0" + zlib.compress(tail))
    plain = png()
    text = plain[:33] + inner + plain[33:] + tail
    for data in (jpeg, text):
        image = expect(send(ada, data), 201)
        for _, made in files(ada, image):
            assert tail not in made


def test_a_file_of_more_than_20_mb_is_not_even_looked_at(ada):
    data = b"\xff\xd8\xff\xe0" + b"\0" * (20 << 20)
    expect(ada.post("/api/images", raw=data, headers={"Content-Type": "image/jpeg"}), 413, "body_too_large")
    expect(send(ada, data[:20 << 20]), 422, "image_broken")


# --- What its owner does with it


def test_a_picture_is_named_described_and_listed(ada):
    first = ada.new_image(name="Ein Foto — groß.png")
    second = ada.new_image(name="../../etc/pass\nwd\u202egnp.jpg")
    assert first["name"] == "Ein Foto — groß.png" and second["name"] == "passwdgnp.jpg"
    assert [each["id"] for each in ada.all_items("/api/images", 1)][:2] == [second["id"], first["id"]]
    path = f"/api/images/{first['id']}"
    changed = expect(ada.patch(path, json={"alt": "A square"}, if_match=first["version"]), 200)
    assert (changed["alt"], changed["name"], changed["version"]) == ("A square", first["name"], 2)
    expect(ada.patch(path, json={"alt": "x"}, if_match=first["version"]), 412, "stale")
    assert expect(ada.patch(path, json={"alt": ""}), 200)["alt"] == ""
    assert expect(ada.patch(path, json={"alt": None, "name": "n"}), 200)["alt"] is None
    expect_fields(ada.patch(path, json={"name": ""}), ("/name", "required"))
    expect(ada.delete(path), 204)
    expect(ada.get(path), 404)
    expect(ada.get(first["variants"][0]["url"]), 404)


@pytest.mark.parametrize("name", ["%", "%zz", "%ff", "x" * 2000])
def test_a_file_name_that_is_not_one_is_refused(ada, name):
    answer = ada.post("/api/images", raw=png(), headers={"Content-Type": "image/png", "X-File-Name": name})
    expect(answer, 400, "bad_request")


def test_a_file_is_shown_to_its_owner_only_and_asked_for_by_its_tag(ada, bob):
    variant = ada.new_image()["variants"][0]
    answer = ada.get(variant["url"])
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "private, no-cache"
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    again = ada.get(variant["url"], headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304 and again.content == b""
    expect(bob.get(variant["url"]), 404, "not_found")
    assert Client(ada.stack).get(variant["url"]).status_code == 401
    for file in ("321", "0", "320.svg", "320.webp.webp", "-1", "320.", "0320", "99999999999999999999"):
        expect(ada.get(variant["url"].rsplit("/", 1)[0] + f"/{file}"), 404)


def test_a_repeat_is_one_picture(ada):
    data, key = png(310, 200), os.urandom(8).hex()
    first = expect(send(ada, data, "image/png", key=key), 201)
    assert expect(send(ada, data, "image/png", key=key), 201) == first
    expect(send(ada, png(311, 200), "image/png", key=key), 422, "idempotency_key_reused")
    assert sum(each["id"] == first["id"] for each in ada.all_items("/api/images")) == 1


def test_there_is_an_end_of_pictures_and_of_room(ada):
    mine = Client(ada.stack).log_in()
    image = mine.new_image()
    customer = mine.identity["customer"]["id"]
    mine.stack.sql(f"UPDATE customer.images SET bytes = {1 << 30} WHERE id = '{image['id']}'")
    problem = expect(send(mine, png(), "image/png"), 409, "images_full")
    assert (problem["limit"], problem["limit_bytes"]) == (500, 1 << 30)
    mine.stack.sql(f"""UPDATE customer.images SET bytes = 1 WHERE id = '{image['id']}';
        INSERT INTO customer.images (id, customer_id, name, width, height, bytes, variants)
        SELECT gen_random_uuid(), '{customer}', 'x', 1, 1, 1, '[]' FROM generate_series(1, 498)""")
    expect(send(mine, png(), "image/png"), 201)
    expect(send(mine, png(), "image/png"), 409, "images_full")


# --- Profile and pages


def test_a_profiles_picture_takes_the_place_of_the_initials(ada, bob, visitor_of):
    site = ada.new_site()
    image = ada.new_image()
    expect_fields(bob.put("/api/profile", json={"name": "Bob", "picture": image["id"]}), ("/picture", "invalid"))
    expect_fields(ada.put("/api/profile", json={"name": "Ada", "picture": "x"}), ("/picture", "invalid"))
    assert expect(ada.put("/api/profile", json={"name": "Ada", "picture": image["id"]}), 200)["picture"] == image["id"]
    problem = expect(ada.delete(f"/api/images/{image['id']}"), 409, "in_use")
    assert problem["used_by"] == [{"what": "profile"}]
    assert expect(ada.get(f"/api/images/{image['id']}"), 200)["used_by"] == 1
    ada.publish(site)
    page = visitor_of(site)
    sources = [variant for variant in page.split('"') if variant.startswith("/media/")]
    assert any(".webp 320w" in source for source in sources)
    address = ada.stack.sites_url(site["slug"])
    for path in {part.split()[0] for source in sources for part in source.split(", ")}:
        answer = requests.get(address + path, timeout=10)
        assert answer.status_code == 200 and answer.headers["Cache-Control"].endswith("immutable")
        Image.open(io.BytesIO(answer.content)).verify()
    expect(ada.put("/api/profile", json={"name": "Ada", "picture": None}), 200)
    expect(ada.delete(f"/api/images/{image['id']}"), 204)
    # What is published stays whole.
    assert requests.get(address + sources[-1].split()[0], timeout=10).status_code == 200


def test_the_sweep_takes_what_no_picture_and_no_version_names(stack, ada):
    site = ada.new_site()
    shown, idle, gone = (ada.new_image(png(330 + number, 200)) for number in range(3))
    expect(ada.put("/api/profile", json={"name": "Ada", "picture": shown["id"]}), 200)
    ada.publish(site)
    expect(ada.put("/api/profile", json={"name": "Ada"}), 200)
    blobs = {image["id"]: stack.sql(f"""SELECT v->>'blob' FROM customer.images, jsonb_array_elements(variants) v
        WHERE id = '{image['id']}'""") for image in (shown, idle, gone)}
    expect(ada.delete(f"/api/images/{shown['id']}"), 204)
    expect(ada.delete(f"/api/images/{gone['id']}"), 204)

    def there(image: dict) -> list[bool]:
        return [(stack.bucket / "blobs" / blob[:2] / blob[2:4] / blob).exists() for (blob,) in blobs[image["id"]]]

    def sweep() -> None:
        job = uuid.uuid4().hex
        stack.sql(f"INSERT INTO jobs.jobs (kind, key) VALUES ('customer.sweep', '{job}')")
        wait_until(lambda: stack.sql(f"SELECT 1 FROM jobs.jobs WHERE key = '{job}' AND state = 'completed'"), 60)

    sweep()
    assert all(there(gone)), "the grace time is not over"
    for path in (stack.bucket / "blobs").rglob("*"):
        if path.is_file():
            os.utime(path, (time.time() - 3 * 86_400,) * 2)
    sweep()
    assert all(there(shown)), "a version that is kept shows it"
    assert all(there(idle)) and not any(there(gone))
    assert expect_bytes(ada.get(idle["variants"][0]["url"]))


@pytest.fixture
def visitor_of(stack):
    def page(site: dict) -> str:
        answer = requests.get(stack.sites_url(site["slug"]) + "/", timeout=10)
        assert answer.status_code == 200
        return answer.text

    return page


# --- Many, and in the middle


def test_20_uploads_at_once_all_arrive(ada):
    mine = Client(ada.stack).log_in()
    clones = [mine.clone() for _ in range(20)]
    with ThreadPoolExecutor(20) as pool:
        made = list(pool.map(lambda pair: pair[1].new_image(png(400 + pair[0], 300)), enumerate(clones)))
    assert len({image["id"] for image in made}) == 20
    assert len(mine.all_items("/api/images")) == 20


def test_beyond_the_encoders_at_once_one_is_told_to_come_again(ada, slow_picture):
    mine = Client(ada.stack).log_in()
    clones = [mine.clone() for _ in range(8)]
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(
            lambda client: client.post("/api/images", raw=slow_picture, headers={"Content-Type": "image/png"}), clones))
    refused = [answer for answer in answers if answer.status_code == 503]
    assert refused and all(int(answer.headers["Retry-After"]) > 0 for answer in refused)
    assert {answer.status_code for answer in answers} <= {201, 503}, [answer.text for answer in answers]


@pytest.fixture(scope="module")
def slow_picture() -> bytes:
    """Decoding it takes a second or so."""
    return png(4000, 4000, depth=16, kind=6)


def encoders(pid: int) -> list[int]:
    """The encoders of one Core that run now."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((process / "stat").read_text().rsplit(")", 1)[1].split()[1])
            name = (process / "comm").read_text().strip()
        except (OSError, ValueError):
            continue
        if parent == pid and name.startswith("smartpages-imag"):
            found.append(int(process.name))
    return found


def test_an_encoder_that_is_killed_costs_one_repeat(ada, slow_picture):
    pid = ada.stack.pid("core")
    with ThreadPoolExecutor(1) as pool:
        upload = pool.submit(ada.post, "/api/images", raw=slow_picture, headers={"Content-Type": "image/png"})
        child = wait_until(lambda: encoders(pid), 20, "an encoder")[0]
        os.kill(child, 9)
        expect(upload.result(), 503, "overloaded")
    expect(send(ada, png(), "image/png"), 201)


def test_an_encoder_has_nothing_of_cores(ada, slow_picture):
    pid = ada.stack.pid("core")
    with ThreadPoolExecutor(1) as pool:
        upload = pool.submit(send, ada, slow_picture, "image/png")
        child = Path("/proc") / str(wait_until(lambda: encoders(pid), 20, "an encoder")[0])
        wait_until(lambda: "Max open files            0 " in (child / "limits").read_text(), 20, "the closed door")
        assert b"SMARTPAGES" not in (child / "environ").read_bytes()
        kept = {int(entry.name): os.readlink(entry) for entry in (child / "fd").iterdir()}
        assert set(kept) <= {0, 1, 2} and all("memfd" in kept[number] for number in (0, 1)), kept
        assert "NoNewPrivs:\t1" in (child / "status").read_text()
        assert expect(upload.result(), 201)["width"] == 1920


def test_core_killed_while_uploading_leaves_nothing_half(stack, slow_picture):
    mine = Client(stack).log_in()
    before = expect(mine.get("/api/images"), 200)["items"]
    with CoreProcess(stack) as core:
        core.wait_live()
        with ThreadPoolExecutor(1) as pool:
            upload = pool.submit(requests.post, f"{stack.app_url}/api/images", data=slow_picture, timeout=30,
                                 headers={"Content-Type": "image/png", "Origin": stack.app_url,
                                          "Cookie": f"session={mine.cookie('session')}"})
            child = wait_until(lambda: encoders(core.process.pid), 20, "an encoder")[0]
            core.kill()
            assert upload.result().status_code >= 500
        wait_until(lambda: not Path(f"/proc/{child}").exists() or
                   "Z" in Path(f"/proc/{child}/stat").read_text().split(")")[1][:3], 10, "the encoder's end")
        core.start()
        core.wait_live()
        assert expect(mine.get("/api/images"), 200)["items"] == before
        expect(send(mine, png(), "image/png"), 201)
