"""The configuration that production runs with: nginx takes it, a linter finds nothing in it, and what it offers over
TLS has no weakness that testssl.sh knows of."""

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from stack import REPOSITORY, free_ports, wait_until

APP, SITES = "app.example.com", "sites.example.net"

# Findings of the linter that are wanted, and why.
ARGUED = {
    # Domain says it for sites, by the state of each host; nginx must not say it for all.
    "hsts_header": lambda finding: f"server_name {APP}" not in finding["config"],
    # A note on speed. The dashboard's files are looked up each time, so that a new version is seen at once and whole.
    "try_files_is_evil_too": lambda finding: f"server_name {APP}" in finding["config"],
}

# What testssl.sh says here whatever the configuration.
LOCAL_ONLY = {
    "cert_revocation": "the authority is private and has no address for revocation",
    "engine_problem": "Debian's OpenSSL has no GOST, in which testssl.sh would ask too",
    "sessionresumption_ticket": "it tries to use a ticket, and none are given",
    "secure_renego": "it gives no server's name there, which the handshake refuses; asked below with one",
}


def run(*command, seconds: float = 120, **options) -> subprocess.CompletedProcess:
    return subprocess.run([str(part) for part in command], capture_output=True, text=True, stdin=subprocess.DEVNULL,
                          timeout=seconds, **options)


class Production:
    """nginx with the configuration for production, but for ports, folders and a certificate of this machine."""

    def __init__(self, folder: Path, **values):
        self.folder, self.configuration = folder, folder / "nginx" / "smartpages.conf"
        self.http_port, self.https_port, metrics_port = free_ports(3)
        self.authority = folder / "ca.crt"
        for name in ("home", "log", "bucket", "certificates"):
            (folder / name).mkdir()
        self.make_certificate()
        self.values = {
            "OWNER": "", "HOME": folder / "home", "LOG": folder / "log", "BUCKET": folder / "bucket",
            "CORE_SOCKET": folder / "core.sock", "DOMAIN_SOCKET": folder / "domain.sock", "ADDRESS4": "127.0.0.1",
            "ADDRESS6": "[::1]", "IPV6": "on" if socket.has_dualstack_ipv6() else "off", "APP_HOST": APP,
            "SITES_HOST": SITES, "HTTP_PORT": self.http_port, "HTTPS_PORT": self.https_port,
            "METRICS_PORT": metrics_port, "CERTIFICATE": folder / "site.crt", "CERTIFICATE_KEY": folder / "site.key",
            "CERTIFICATES": folder / "certificates", **values,
        }
        environment = {**os.environ, **{f"NGINX_{name}": str(value) for name, value in self.values.items()}}
        done = run(REPOSITORY / "scripts" / "lib" / "render-nginx", folder / "nginx", env=environment)
        assert done.returncode == 0, done.stderr

    def make_certificate(self) -> None:
        """Of an authority of its own, for 90 days as a public one would give it."""
        new_key = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-noenc")
        run("openssl", "req", "-x509", *new_key, "-keyout", self.folder / "ca.key", "-out", self.authority,
            "-days", 365, "-subj", "/CN=Authority of a test", "-addext", "keyUsage=critical,keyCertSign,cRLSign",
            check=True)
        run("openssl", "req", *new_key, "-keyout", self.folder / "site.key", "-out", self.folder / "site.csr",
            "-subj", f"/CN={APP}", check=True)
        extensions = self.folder / "extensions"
        extensions.write_text("basicConstraints=critical,CA:false\nkeyUsage=critical,digitalSignature\n"
                              "extendedKeyUsage=serverAuth\nauthorityKeyIdentifier=keyid\n"
                              f"subjectAltName=DNS:{APP},DNS:{SITES},DNS:*.{SITES}\n")
        run("openssl", "x509", "-req", "-in", self.folder / "site.csr", "-CA", self.authority,
            "-CAkey", self.folder / "ca.key", "-days", 90, "-extfile", extensions, "-out", self.folder / "site.crt",
            check=True)

    def nginx(self, *arguments: str) -> list[str]:
        return ["/usr/sbin/nginx", "-e", str(self.folder / "log" / "start.log"), "-c", str(self.configuration),
                *arguments]

    @contextlib.contextmanager
    def running(self):
        process = subprocess.Popen(self.nginx("-g", "daemon off;"), stdin=subprocess.DEVNULL)
        try:
            wait_until(self.answers, 20, "nginx")
            yield self
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(20)

    def answers(self) -> bool:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.https_port), 2):
            return True
        return False


@pytest.fixture(params=["off", "on"], ids=["fresh", "cached"])
def production(tmp_path, request):
    tmp_path.chmod(0o755)
    return Production(tmp_path, SITES_CACHE=request.param)


def test_nginx_takes_it(production):
    done = run(*production.nginx("-t"))
    assert done.returncode == 0, done.stderr
    assert "warn" not in done.stderr


def test_the_linter_finds_nothing(production):
    done = run(Path(sys.executable).parent / "gixy", "-f", "json", production.configuration)
    findings = json.loads(done.stdout)
    assert findings, "even what is argued is found, or the linter did not read it"
    unargued = [finding for finding in findings
                if not ARGUED.get(finding["plugin"], lambda _: False)(finding)]
    assert not unargued, json.dumps(unargued, indent=2)


def test_the_linter_can_find_something(production):
    snippet = production.folder / "nginx" / "snippets" / "metrics.conf"
    snippet.write_text(snippet.read_text() + "\nlocation /back { return 302 https://$host$uri; }\n")
    done = run(Path(sys.executable).parent / "gixy", "-f", "json", production.configuration)
    assert "http_splitting" in {finding["plugin"] for finding in json.loads(done.stdout)}


@pytest.mark.parametrize("production", ["off"], ids=["fresh"], indirect=True)
def test_tls_has_no_weakness_above_low(production):
    report = production.folder / "report.json"
    with production.running():
        done = run("testssl", "--quiet", "--warnings", "off", "--color", "0", "--ip", "127.0.0.1", "--sneaky",
                   "--add-ca", production.authority, "--protocols", "--std", "--server-preference", "--fs",
                   "--server-defaults", "--headers", "--heartbleed", "--ccs-injection", "--ticketbleed", "--robot",
                   "--renegotiation", "--compression", "--poodle", "--tls-fallback", "--sweet32", "--freak", "--drown",
                   "--logjam", "--beast", "--lucky13", "--rc4", "--jsonfile", report, f"{APP}:{production.https_port}",
                   seconds=900)  # half a minute on an idle machine; it starts thousands of processes
        renegotiation = run("openssl", "s_client", "-tls1_2", "-servername", APP, "-connect",
                            f"127.0.0.1:{production.https_port}")
    findings = json.loads(report.read_text())
    graded = {finding["id"].split(" ")[0]: finding for finding in findings}
    # The report is whole.
    assert {"TLS1_2", "TLS1_3", "PFS", "HSTS_time", "cert_chain_of_trust", "LOGJAM"} <= graded.keys(), done.stdout
    weak = [f"{finding['severity']} {name}: {finding['finding']}" for name, finding in graded.items()
            if finding["severity"] in ("WARN", "MEDIUM", "HIGH", "CRITICAL", "FATAL") and name not in LOCAL_ONLY]
    assert not weak, weak
    assert "Secure Renegotiation IS supported" in renegotiation.stdout
    assert graded["cert_chain_of_trust"]["severity"] == "OK", "the test's own authority is trusted in the test"
