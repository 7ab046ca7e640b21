"""A site written to the volume by hand, in the form in which publishing writes it: any paths, of any content."""

import gzip
import hashlib
import itertools
import os
import sys
import time
import uuid
from dataclasses import dataclass, field
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1] / "Load"))

from many_sites import host_folder  # noqa: E402

MODIFIED = 1_784_111_777
POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
_versions = itertools.count()


@dataclass
class File:
    """`forms`: the encodings that are stored beside the content itself. What stands for Brotli here is not really
    compressed by it: nobody decodes it on the way."""
    content: bytes
    media_type: str = "text/html; charset=utf-8"
    cache: str = "revalidate"
    forms: tuple[str, ...] = ()
    modified: int = MODIFIED

    def form(self, encoding: str | None) -> bytes:
        if encoding == "br":
            return b"brotli of " + hashlib.sha256(self.content).digest()
        return gzip.compress(self.content, mtime=0) if encoding == "gzip" else self.content

    @property
    def name(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


@dataclass
class VolumeSite:
    """Its paths are not encoded. `host` is what it is known by; `write` makes it public, `say` states a host."""
    bucket: Path
    host: str
    files: dict[str, File]
    redirects: dict[str, tuple[int, str]] = field(default_factory=dict)
    not_found: str | None = "/404.html"
    name: str = field(default_factory=lambda: str(uuid.uuid4()))

    def write(self) -> "VolumeSite":
        version = f"v-{next(_versions)}"
        for file in self.files.values():
            for form, suffix in ((None, ""), ("br", ".br"), ("gzip", ".gz")):
                if form is None or form in file.forms:
                    folder = f"blob/{file.name[:2]}/{file.name[2:4]}"
                    self._put(f"{folder}/{file.name}{suffix}", file.form(form))
        self._put(f"deploys/{self.name}/{version}.manifest", self._manifest())
        self._put(f"sites/{self.name}/current", f"{version}\n".encode())
        self.say(self.host)
        return self

    def say(self, host: str, state: str = "active", canonical: str | None = None, expires: int | None = None,
            hsts: bool = False) -> None:
        """What is served under a host; by default this site."""
        version = 3 if hsts else 2 if expires is not None else 1
        text = f"smartpages-host {version}\nsite {self.name}\ncanonical {canonical or host}\nstate {state}\n"
        text += f"expires {expires}\n" if expires is not None else ""
        self._put(f"hosts/{host_folder(host)}/{host}", (text + ("hsts\n" if hsts else "")).encode())

    def silence(self, host: str) -> None:
        """Nothing is served under it any more."""
        (self.bucket / "hosts" / host_folder(host) / host).unlink()

    def _manifest(self) -> bytes:
        lines = ["smartpages-manifest 1", f"csp\t{POLICY}"]
        lines += [f"notfound\t{self.not_found}"] if self.not_found else []
        for path, file in sorted(self.files.items()):
            sizes = [str(len(file.form(form))) if form in file.forms else "-" for form in ("br", "gzip")]
            lines.append("\t".join(["file", path, file.name, str(len(file.content)), *sizes, file.cache,
                                    str(file.modified), file.media_type]))
        lines += [f"redirect\t{path}\t{status}\t{to}" for path, (status, to) in sorted(self.redirects.items())]
        return "\n".join([*lines, f"end\t{len(lines)}", ""]).encode()

    def _put(self, path: str, content: bytes) -> None:
        """In one step, as publishing does."""
        target = self.bucket / path
        target.parent.mkdir(parents=True, exist_ok=True)
        beside = target.with_name(f".tmp-{uuid.uuid4()}")
        beside.write_bytes(content)
        # A fine time, by which a change is seen even if it follows at once.
        os.utime(beside, ns=(time.time_ns(), time.time_ns()))
        beside.rename(target)
