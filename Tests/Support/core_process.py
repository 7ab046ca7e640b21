"""Core as a child of the test: killed and started again at once, which the supervisor does with more patience."""

import contextlib
import subprocess
from pathlib import Path

import requests
from stack import Stack, wait_until


class CoreProcess:
    """Takes the place of a stack's Core for the time of a `with` block. Settings of the program may be given."""

    def __init__(self, stack: Stack, **settings: str):
        self.stack = stack
        self.settings = settings
        self.process: subprocess.Popen | None = None

    def __enter__(self) -> "CoreProcess":
        self.stack.stop_service("core")
        self.start()
        return self

    def __exit__(self, *_) -> None:
        self.process.terminate()
        self.process.wait(30)
        self.stack.start_service("core")
        self.stack.wait_ready()

    def start(self) -> None:
        """Starts it; `wait_live` says when it answers."""
        program = Path(str(self.stack.settings["BINARIES"])) / "smartpages-core"
        environment = {**self.stack.environment, **self.stack._program_environment(), **self.settings}
        with open(self.stack.home / "log" / "core.log", "ab") as log:
            self.process = subprocess.Popen([program], env=environment, stdin=subprocess.DEVNULL, stdout=log,
                                            stderr=log, start_new_session=True)

    def kill(self) -> None:
        """SIGKILL, and waits for the end."""
        self.process.kill()
        self.process.wait(30)

    def wait_live(self) -> None:
        def is_live():
            assert self.process.poll() is None, "Core has ended"
            with contextlib.suppress(requests.RequestException):
                return requests.get(f"{self.stack.app_url}/api/health/live", timeout=5).status_code == 200

        wait_until(is_live, 20, "Core's answer")
