"""The mail folder: each accepted mail is one JSON file, the body as it was posted.

Named by time and id, as the folder transport of the product names them, so that readers find both alike.
"""

import os
import re
from datetime import datetime, timezone
from pathlib import Path

from .times import rfc3339

_NAME = re.compile(r"(\d{4}-\d\d-\d\d)T(\d\d)-(\d\d)-(\d\d\.\d{3})Z-([0-9a-f-]{36})\.json\Z")


class MailFolder:
    def __init__(self, path: Path) -> None:
        self.path = path
        path.mkdir(mode=0o700, parents=True, exist_ok=True)

    def write(self, id: str, body: bytes, accepted_at: float) -> str:
        """The name of the file, which appears whole. Raises OSError."""
        name = f"{rfc3339(accepted_at).replace(':', '-')}-{id}.json"
        temporary = self.path / f"{name}.tmp"
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(body)
                file.flush()
                os.fsync(file.fileno())
            temporary.rename(self.path / name)
        except OSError:
            temporary.unlink(missing_ok=True)
            raise
        return name

    def read(self, newest: int) -> list[tuple[str, str, float, bytes]]:
        """Name, id, time and body of the newest mails, oldest first."""
        found = []
        for name in sorted(os.listdir(self.path))[-newest:]:
            if match := _NAME.match(name):
                date, hour, minute, second, id = match.groups()
                moment = datetime.fromisoformat(f"{date}T{hour}:{minute}:{second}").replace(tzinfo=timezone.utc)
                found.append((name, id, moment.timestamp(), (self.path / name).read_bytes()))
        return found

    def clear(self) -> None:
        for name in os.listdir(self.path):
            if _NAME.match(name):
                (self.path / name).unlink(missing_ok=True)
