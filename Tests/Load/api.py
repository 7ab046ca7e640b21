"""A client of SmartPages' API on loopback, for the benchmark's preparation and its timing of publishing."""

import http.client
import json
import re
import time
from pathlib import Path


class Api:
    """One kept connection to nginx, as the app host, with the session's cookie after `login`."""

    def __init__(self, port: int, mail: Path):
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        self.host = f"app.localhost:{port}"
        self.mail = mail
        self.cookies: dict[str, str] = {}

    def login(self, email: str) -> None:
        """By the mailed code, as a person does."""
        self.call("POST", "/auth/start", {"email": email, "locale": "en"})
        deadline = time.monotonic() + 30
        while not (code := self._mailed_code(email)):
            if time.monotonic() > deadline:
                raise SystemExit(f"bench: no login mail to {email} in {self.mail}")
            time.sleep(0.05)
        self.call("POST", "/auth/confirm", {"email": email, "code": code})

    def _mailed_code(self, email: str) -> str | None:
        for file in sorted(self.mail.glob("*.json"), reverse=True):
            mail = json.loads(file.read_text())
            code = re.search(r"\b(\d{6})\b", mail["text"]) or re.search(r"\b(\d{3}) (\d{3})\b", mail["text"])
            if email in mail["to"] and code:
                return "".join(code.groups())
        return None

    def call(self, method: str, path: str, body=None):
        """The answer's JSON; ends the program on any status but 2xx."""
        headers = {"Host": self.host, "Origin": f"http://{self.host}", "Accept": "application/json"}
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        content = None
        if body is not None:
            content = json.dumps(body)
            headers["Content-Type"] = "application/json"
        self.connection.request(method, "/api" + path, content, headers)
        answer = self.connection.getresponse()
        text = answer.read()
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            name, value = cookie.split(";")[0].split("=", 1)
            self.cookies[name] = value
        if not 200 <= answer.status < 300:
            raise SystemExit(f"bench: {method} {path} was answered {answer.status}: {text.decode()}")
        return json.loads(text) if text else None

    @property
    def session(self) -> str:
        """The session's cookie as a header field."""
        return f"session={self.cookies['session']}"


def fetch(port: int, host: str, path: str) -> bytes:
    """The body of a page; ends the program on any status but 200."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", path, headers={"Host": host, "Accept-Encoding": "identity"})
    answer = connection.getresponse()
    body = answer.read()
    if answer.status != 200:
        raise SystemExit(f"bench: http://{host}{path} was answered {answer.status}")
    return body
