"""The volume with the published sites, seen from outside: whole, and nothing half left behind."""

import gzip
import hashlib
import re
from pathlib import Path

_LAYOUT = re.compile(
    r"blob/[0-9a-f]{2}/[0-9a-f]{2}/[0-9a-f]{64}(\.(br|gz|zst))?"
    r"|deploys/[^/]+/[^/.][^/]*\.manifest"
    r"|sites/[^/]+/current"
    r"|hosts/[^/]+/[^/.][^/]*"
    r"|exports/[0-9a-f-]{36}\.zip")


def files(bucket: Path) -> list[str]:
    """All files, by their path within the volume."""
    return sorted(str(path.relative_to(bucket)) for path in bucket.rglob("*") if path.is_file())


def strays(bucket: Path) -> list[str]:
    """Files that have no place in the layout: what a broken write would leave."""
    return [name for name in files(bucket) if not _LAYOUT.fullmatch(name)]


def damaged(bucket: Path) -> list[str]:
    """Stored contents that are not what their name says, and empty files. What a killed process had begun under
    another name is nobody's content, and swept later."""
    found = []
    for name in filter(_LAYOUT.fullmatch, files(bucket)):
        content = (bucket / name).read_bytes()
        if not content:
            found.append(f"{name} is empty")
        if not name.startswith("blob/"):
            continue
        digest, _, encoding = Path(name).name.partition(".")
        if encoding == "gz":
            content = gzip.decompress(content)
        if encoding in ("", "gz") and hashlib.sha256(content).hexdigest() != digest:
            found.append(f"{name} is not what it says")
    return found
