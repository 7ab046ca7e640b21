"""An export as its owner has it: fetched, unpacked, and served by a web server that knows nothing of SmartPages."""

import contextlib
import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import requests
from client import expect
from stack import free_ports, wait_until


class Export:
    """The ZIP of a finished export."""

    def __init__(self, client, export: dict):
        answer = client.get(f"/api/exports/{export['id']}/file")
        expect(answer, 200)
        assert len(answer.content) == export["bytes"]
        self.zip = zipfile.ZipFile(io.BytesIO(answer.content))
        assert self.zip.testzip() is None

    @property
    def names(self) -> list[str]:
        return self.zip.namelist()

    @property
    def data(self) -> dict:
        return json.loads(self.zip.read("data.json"))

    @contextlib.contextmanager
    def served(self, slug: str, folder: Path):
        """Unpacks everything and serves a site; gives its address."""
        self.zip.extractall(folder)
        port = free_ports(1)[0]
        server = subprocess.Popen(
            [sys.executable, "-m", "http.server", str(port), "--bind", "127.0.0.1", "--directory",
             folder / "site" / slug], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        address = f"http://127.0.0.1:{port}"

        def answers():
            with contextlib.suppress(requests.ConnectionError):
                return requests.get(address, timeout=5)

        try:
            wait_until(answers, 15, "the file server")
            yield address
        finally:
            server.terminate()
            server.wait(10)
