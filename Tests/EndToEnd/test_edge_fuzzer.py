"""A hundred thousand odd hosts and paths: no error of ours, no file that the site has not, nobody left waiting."""

import hashlib
import multiprocessing
import os
from collections import Counter
from concurrent.futures import ProcessPoolExecutor

import edge_fuzz
from raw_http import ask
from volume_site import File, VolumeSite

COUNT = 100_000
PROCESSES = 4
SEED = int(os.environ.get("SMARTPAGES_FUZZ_SEED", "20261121"))


def site(stack, name: str) -> VolumeSite:
    def page(path):
        return File(f"<!doctype html><title>{name} {path}</title>".encode() * 5, forms=("br", "gzip"))

    files = {path: page(path) for path in (
        "/", "/about/", "/about/team/", "/404.html", "/fr/", "/fr/404.html", "/caf\u00e9/", "/a b/", "/100%/",
        "/robots.txt",
        "/.well-known/security.txt")}
    files["/media/large.jpg"] = File(name.encode() * 20_000, "image/jpeg", cache="immutable")
    redirects = {"/old": (301, "/about/"), "/away": (302, "https://x.example/")}
    return VolumeSite(stack.bucket, f"{name}.sites.localhost", files, redirects)


def test_no_host_and_no_path_gets_what_is_not_the_site_s(own_stack):
    sites = [site(own_stack, name).write() for name in ("fuzzed-one", "fuzzed-two")]
    # On the volume, but of no site.
    hidden = b"hidden content of nobody"
    digest = hashlib.sha256(hidden).hexdigest()
    sites[0]._put(f"blob/{digest[:2]}/{digest[2:4]}/{digest}", hidden)
    blobs = [f"/{folder}/{digest[:2]}/{digest[2:4]}/{digest}".encode() for folder in ("_blob", "blob")]
    paths = [path.replace("%", "%25").replace(" ", "%20").encode() for path in sites[0].files]
    strangers = [b"smartpages-manifest", b"smartpages-host", b"root:x:", hidden]
    names = [site.host.split(".")[0].encode() for site in sites]
    known = edge_fuzz.Known(
        port=own_stack.http_port,
        contents={site.host: [file.form(form) for file in site.files.values() for form in (None, *file.forms)]
                  for site in sites},
        strangers={sites[0].host: [*strangers, names[1]], sites[1].host: [*strangers, names[0]]},
        paths=[*paths, b"/old", b"/away", b"/l/abc", f"/deploys/{sites[1].name}/".encode(),
               f"/sites/{sites[1].name}/current".encode(), *blobs])
    with ProcessPoolExecutor(PROCESSES, multiprocessing.get_context("spawn")) as pool:
        runs = [pool.submit(edge_fuzz.ask, known, SEED + number, COUNT // PROCESSES) for number in range(PROCESSES)]
        found = [run.result(timeout=600) for run in runs]
    wrong = [line for one in found for line in one.wrong]
    assert not wrong, "\n".join(wrong[:10])
    statuses = sum((one.statuses for one in found), Counter())
    assert statuses.total() == COUNT
    # It asked for all kinds of things, not for one thing again and again.
    assert {200, 206, 301, 302, 308, 400, 404, 421} <= set(statuses), statuses
    assert statuses[200] > COUNT / 20 and statuses[404] > COUNT / 20, statuses
    assert ask(own_stack.http_port, sites[0].host).status == 200
