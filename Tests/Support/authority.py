"""A certificate authority of a test's own: Debian's pebble on loopback, behind a front that plays what pebble never
does: an authority that is away, that refuses for a rate limit, or that takes its time.

The client that Core runs trusts the machine's list of authorities and no other, and cannot be told of one more. So
`client` is a program that lays another list over that one, in a mount namespace of its own, and becomes the client.
"""

import contextlib
import http.client
import json
import os
import shutil
import ssl
import subprocess
import tempfile
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from stack import free_ports, wait_until


class Authority:
    """One pebble. `http_port` is where it looks for challenges, whatever the name; `dns` is "127.0.0.1:port"."""

    def __init__(self, http_port: int, dns: str, seconds: int = 90 * 86_400, binding: tuple[str, str] | None = None):
        self.http_port = http_port
        self.dns = dns
        self.seconds = seconds
        self.binding = binding
        self.folder = Path(tempfile.mkdtemp(prefix="smartpages-authority-"))
        self.port, self.management_port, self.front_port = free_ports(3)
        self.process: subprocess.Popen | None = None
        self._make_certificate()
        self.front = Front(("127.0.0.1", self.front_port), FrontHandler)
        self.front.pebble_port = self.port
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.folder / "certificate.pem", self.folder / "key.pem")
        self.front.socket = context.wrap_socket(self.front.socket, server_side=True, do_handshake_on_connect=False)

    def _make_certificate(self) -> None:
        """One for pebble and the front, and the client that trusts it."""
        key, certificate = self.folder / "key.pem", self.folder / "certificate.pem"
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
                        "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1", "-days", "30",
                        "-keyout", key, "-out", certificate], check=True, capture_output=True, timeout=60)
        # Who is not root is so in a namespace of users; where root may make none, one of mounts is enough.
        space = "unshare --mount" if os.geteuid() == 0 else "unshare --map-root-user --mount"
        self.client.write_text(f"""#!/bin/sh
exec {space} /bin/sh -c '
mount --bind "{certificate}" /etc/ssl/certs/ca-certificates.crt && exec /usr/bin/uacme "$@"' uacme "$@"
""")
        self.client.chmod(0o755)

    def __enter__(self) -> "Authority":
        self.start()
        return self

    def __exit__(self, *_) -> None:
        self.close()

    @property
    def directory(self) -> str:
        """What SMARTPAGES_ACME_DIRECTORY is set to."""
        return f"https://127.0.0.1:{self.front_port}/dir"

    @property
    def client(self) -> Path:
        """What SMARTPAGES_ACME_CLIENT is set to."""
        return self.folder / "client"

    def start(self) -> None:
        """Starts pebble and the front, and waits until both answer."""
        threading.Thread(target=self.front.serve_forever, name="authority", daemon=True).start()
        self.run()

    def run(self) -> None:
        """Starts pebble, with another validity perhaps: `seconds` counts from now on. Accounts are forgotten."""
        configuration = {
            "listenAddress": f"127.0.0.1:{self.port}", "managementListenAddress": f"127.0.0.1:{self.management_port}",
            "certificate": str(self.folder / "certificate.pem"), "privateKey": str(self.folder / "key.pem"),
            "httpPort": self.http_port, "tlsPort": 1, "certificateValidityPeriod": self.seconds,
            "externalAccountBindingRequired": self.binding is not None,
        }
        if self.binding:
            configuration["externalAccountMACKeys"] = dict([self.binding])
        (self.folder / "pebble.json").write_text(json.dumps({"pebble": configuration}))
        environment = {**os.environ, "PEBBLE_VA_NOSLEEP": "1", "PEBBLE_WFE_NONCEREJECT": "0", "PEBBLE_AUTHZREUSE": "0"}
        with open(self.folder / "pebble.log", "ab") as log:
            self.process = subprocess.Popen(
                ["pebble", "-config", str(self.folder / "pebble.json"), "-dnsserver", self.dns, "-strict"],
                env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        wait_until(self._answers, 30, "pebble")

    def _answers(self) -> bool:
        assert self.process.poll() is None, self.log()
        with contextlib.suppress(OSError):
            return self.root().startswith("-----BEGIN CERTIFICATE")
        return False

    def halt(self) -> None:
        """Ends pebble."""
        if self.process:
            self.process.terminate()
            self.process.wait(15)
            self.process = None

    def close(self) -> None:
        """Ends all and removes the folder."""
        self.halt()
        self.front.shutdown()
        self.front.server_close()
        shutil.rmtree(self.folder, ignore_errors=True)

    # --- What pebble says of itself

    def manage(self, path: str) -> str:
        """An answer of pebble's management interface."""
        connection = http.client.HTTPSConnection("127.0.0.1", self.management_port, timeout=10, context=unchecked())
        with contextlib.closing(connection):
            connection.request("GET", path)
            return connection.getresponse().read().decode()

    def root(self) -> str:
        """The root certificate, in PEM."""
        return self.manage("/roots/0")

    def status(self, serial: str) -> str:
        """Valid or Revoked, of a certificate by its serial number (hexadecimal)."""
        return json.loads(self.manage(f"/cert-status-by-serial/{serial.lower().lstrip('0')}"))["Status"]

    def log(self) -> str:
        """What pebble has said."""
        return (self.folder / "pebble.log").read_text(errors="replace")

    # --- Moods

    @property
    def orders(self) -> int:
        """How many orders were asked for, those that were refused too."""
        return self.front.orders

    @contextlib.contextmanager
    def mood(self, name: str):
        """For the time of the block: "away" (connections are cut), "rate_limited" (no new orders), "broken" (500)."""
        self.front.mood = name
        try:
            yield
        finally:
            self.front.mood = None

    @contextlib.contextmanager
    def paused(self, step: str):
        """Requests to `step` (new-order, finalize …: part of their path) wait until the block's end; gives an event
        that is set once one waits."""
        self.front.arrived.clear()
        self.front.released.clear()
        self.front.gate = step
        try:
            yield self.front.arrived
        finally:
            self.front.gate = None
            self.front.released.set()


class Front(ThreadingHTTPServer):
    """What stands before pebble."""

    daemon_threads = True
    pebble_port: int
    mood: str | None = None
    gate: str | None = None

    def __init__(self, *arguments):
        super().__init__(*arguments)
        self.orders = 0
        self.lock = threading.Lock()
        self.arrived = threading.Event()
        self.released = threading.Event()

    def handle_error(self, request, client_address):
        pass  # who went away while we answered


class FrontHandler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Front

    def log_message(self, *_):
        pass

    def do_GET(self):
        self.forward()

    do_HEAD = do_POST = do_GET

    def forward(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        is_order = self.command == "POST" and "order-plz" in self.path
        if is_order:
            with self.server.lock:
                self.server.orders += 1
        if self.server.gate and self.server.gate in self.path:
            self.server.arrived.set()
            self.server.released.wait(120)
        if self.server.mood == "away":
            self.close_connection = True
            return
        if self.server.mood == "broken":
            return self.refuse(500, "serverInternal", "An internal error")
        if self.server.mood == "rate_limited" and is_order:
            return self.refuse(429, "rateLimited", "Too many certificates already issued")
        self.pass_on(body)

    def pass_on(self, body: bytes) -> None:
        connection = http.client.HTTPSConnection("127.0.0.1", self.server.pebble_port, timeout=60, context=unchecked())
        with contextlib.closing(connection):
            skipped = {"connection", "content-length", "accept-encoding"}
            headers = {name: value for name, value in self.headers.items() if name.lower() not in skipped}
            headers["Content-Length"] = str(len(body))
            connection.request(self.command, self.path, body, headers)
            answer = connection.getresponse()
            content = answer.read()
            self.send_response_only(answer.status)
            for name, value in answer.getheaders():
                if name.lower() not in ("transfer-encoding", "connection", "content-length"):
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(content)

    def refuse(self, status: int, kind: str, detail: str) -> None:
        content = json.dumps(
            {"type": f"urn:ietf:params:acme:error:{kind}", "detail": detail, "status": status}).encode()
        self.send_response_only(status)
        self.send_header("Content-Type", "application/problem+json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


def unchecked() -> ssl.SSLContext:
    """For pebble's own addresses on loopback, whose certificate nobody vouches for."""
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context
