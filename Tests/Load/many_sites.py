"""Fills a volume with published sites, many a second, in the form in which publishing writes them: each is a copy of one
that was published, with further files that only its manifest names and a blob of its own.

Usage as a program, to see how publishing and delivery bear many sites:
  many_sites.py SETUP RESULT VOLUME MOST
"""

import hashlib
import json
import os
import statistics
import subprocess
import sys
import time
import uuid
from pathlib import Path

STEPS = (100, 10_000, 100_000)
FILES = 30


def host_folder(host: str) -> str:
    """As BucketLayout.host: FNV-1a, folded to one byte."""
    value = 2_166_136_261
    for byte in host.encode():
        value = ((value ^ byte) * 16_777_619) & 0xFFFFFFFF
    return f"{(value ^ value >> 8 ^ value >> 16 ^ value >> 24) & 0xFF:02x}"


class Volume:
    """A volume that is being filled after the example of one of its sites."""

    def __init__(self, root: Path, site: str, sites_host: str = "sites.localhost"):
        self.root, self.sites_host = root, sites_host
        lines = active_manifest(root, site).decode().split("\n")[:-2]
        # Files come before redirects, each in the order of their paths.
        first = next((index for index, line in enumerate(lines) if line.startswith("redirect\t")), len(lines))
        self.files, self.redirects = lines[:first], lines[first:]
        self.missing = FILES - sum(line.startswith("file\t") for line in self.files)
        self.count = 0

    def grow(self, count: int) -> None:
        """Until there are so many. Not durable one by one: the file system writes them back as a whole."""
        for number in range(self.count, count):
            self._add(number)
        self.count = max(self.count, count)
        os.sync()

    def host(self, number: int) -> str:
        return f"many-{number}.{self.sites_host}"

    def _add(self, number: int) -> None:
        name, version = str(uuid.UUID(int=number + 1)), f"v-{number}"
        content = f"only of site {number}\n".encode()
        blob = hashlib.sha256(content).hexdigest()
        self._write(f"blob/{blob[:2]}/{blob[2:4]}", blob, content)
        self._write(f"deploys/{name}", f"{version}.manifest", self._manifest(number, blob, len(content)))
        self._write(f"sites/{name}", "current", f"{version}\n".encode())
        host = self.host(number)
        record = f"smartpages-host 1\nsite {name}\ncanonical {host}\nstate active\n"
        self._write(f"hosts/{host_folder(host)}", host, record.encode())

    def _manifest(self, number: int, blob: str, size: int) -> bytes:
        more = [f"file\t/~own\t{blob}\t{size}\t-\t-\trevalidate\t1700000000\ttext/plain"]
        for place in range(self.missing - 1):
            other = hashlib.sha256(f"{number} {place}".encode()).hexdigest()
            more.append(f"file\t/~own-{place:02}\t{other}\t10\t-\t-\trevalidate\t1700000000\ttext/plain")
        lines = [*self.files, *more, *self.redirects]
        return "\n".join([*lines, f"end\t{len(lines)}", ""]).encode()

    def _write(self, folder: str, name: str, content: bytes) -> None:
        path = f"{self.root}/{folder}/{name}"
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
        except FileNotFoundError:
            os.makedirs(f"{self.root}/{folder}", exist_ok=True)
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
        os.write(descriptor, content)
        os.close(descriptor)


def active_manifest(root: Path, site: str) -> bytes:
    version = (root / "sites" / site / "current").read_text().strip()
    return (root / "deploys" / site / f"{version}.manifest").read_bytes()


def publish(api, site: str, count: int) -> float:
    """The median of some publishings in milliseconds, each after a small change."""
    milliseconds = []
    for number in range(count + 2):
        api.call("PATCH", f"/sites/{site}", {"title": f"Among many, {number}"})
        start = time.perf_counter()
        api.call("POST", f"/sites/{site}/publish", {})
        milliseconds.append((time.perf_counter() - start) * 1000)
    return statistics.median(milliseconds[2:])


def sweep(api, database: str, pid: int) -> dict:
    """How long a sweep of the whole volume takes, and how much memory Core takes at most during it."""
    Path(f"/proc/{pid}/clear_refs").write_text("5")
    before = peak_megabytes(pid)
    start = time.perf_counter()
    query(database, "INSERT INTO jobs.jobs (kind, payload) VALUES ('customer.sweep', '{}')")
    while query(database, "SELECT count(*) FROM jobs.jobs WHERE kind = 'customer.sweep' AND key IS NULL "
                "AND state IN ('available', 'running')") != "0":
        time.sleep(0.2)
    return {"seconds": time.perf_counter() - start, "before": before, "most": peak_megabytes(pid)}


def query(database: str, statement: str) -> str:
    done = subprocess.run(["psql", "-X", "-A", "-t", "-q", "-v", "ON_ERROR_STOP=1", database], check=True, text=True,
                          capture_output=True, input=statement)
    return done.stdout.strip()


def peak_megabytes(pid: int) -> float:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:")) / 1024


def main() -> None:
    from api import Api
    from cases import CASES, HOSTS
    from rounds import wrk

    setup, result = json.loads(Path(sys.argv[1]).read_text()), Path(sys.argv[2])
    root, most = Path(sys.argv[3]), int(sys.argv[4])
    api = Api(setup["http_port"], Path(setup["mail"]))
    api.cookies = dict([setup["cookie"].split("=", 1)])
    publish(api, setup["publish_site"], 1)
    volume = Volume(root, setup["publish_site"])
    page = next(case for case in CASES if case.name == "page")
    steps = []
    for count in (step for step in STEPS if step <= most):
        volume.grow(count)
        api.connection.close()  # it has been idle for too long
        wrk(page, setup, 1, 64)
        rates, hosts = ([wrk(case, setup, 2, 64)["rate"] for _ in range(3)] for case in (page, HOSTS))
        steps.append({"sites": count, "publish": publish(api, setup["publish_site"], 20),
                      "rate": statistics.median(rates), "hosts": statistics.median(hosts)})
        print(f"  {count:7,} sites: publish {steps[-1]['publish']:6.1f} ms, page {steps[-1]['rate']:9,.0f}/s, "
              f"100 hosts {steps[-1]['hosts']:9,.0f}/s", flush=True)
    swept = sweep(api, setup["database"], setup["core_pid"])
    print(f"  sweep of {steps[-1]['sites']:,} sites: {swept['seconds']:.0f} s, "
          f"core {swept['before']:.0f} → {swept['most']:.0f} MB", flush=True)
    result.write_text(json.dumps({"steps": steps, "sweep": swept}))


if __name__ == "__main__":
    main()
