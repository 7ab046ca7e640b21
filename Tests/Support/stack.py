"""A whole SmartPages of a test's own: PostgreSQL, Redis, Core, Domain and nginx, started by scripts/up, with stand-ins
for Stripe and Resend in the test's own process.

Each stack has its own folder and its own free ports, so that tests of several checkouts run side by side, and is
stopped however the test ends.
"""

import atexit
import contextlib
import itertools
import json
import os
import re
import secrets
import shutil
import signal
import socket
import ssl
import subprocess
import tempfile
import time
from pathlib import Path

import requests
from fakes.resend import ResendFake
from fakes.stripe import StripeFake

REPOSITORY = Path(__file__).resolve().parents[2]
SERVICES = ("postgres", "redis", "stripe", "resend", "core", "domain", "nginx")
PORTS = ("HTTP", "HTTPS", "METRICS", "STRIPE_STANDIN", "RESEND_STANDIN")

# How long a start may take on a busy machine, in seconds.
START_SECONDS = 120


def resolve_localhost() -> None:
    """Makes every name below .localhost this machine (RFC 6761), which Debian's resolver does not."""
    original = socket.getaddrinfo
    if getattr(original, "knows_localhost", False):
        return

    def getaddrinfo(host, *arguments, **options):
        name = host.decode() if isinstance(host, bytes) else host
        if name and name.rstrip(".").endswith(".localhost"):
            host = "127.0.0.1"
        return original(host, *arguments, **options)

    getaddrinfo.knows_localhost = True
    socket.getaddrinfo = getaddrinfo


resolve_localhost()


# Different processes begin at different places, and none gives a port twice: it may be bound only later.
candidates = itertools.cycle(range(10_000, 32_000))
for _ in range((os.getpid() * 37 + int(time.monotonic() * 1000)) % 20_000):
    next(candidates)


def free_ports(count: int) -> list[int]:
    """Ports that nothing uses now. They lie below the range that the kernel gives to outgoing connections, so none
    of those can take one before the stack does."""
    ports: list[int] = []
    while len(ports) < count:
        candidate = next(candidates)
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", candidate))
            ports.append(candidate)
    return ports


def wait_until(condition, seconds: float = 15, what: str = "the condition"):
    """Calls `condition` until it gives something true, and returns that; fails the test after `seconds`."""
    deadline = time.monotonic() + seconds
    while True:
        result = condition()
        if result:
            return result
        assert time.monotonic() < deadline, f"{what} did not come true within {seconds} s"
        time.sleep(0.02)


class Stack:
    """One running SmartPages. Settings of scripts/lib/settings.bash may be given: `Stack(TRIAL_DAYS=0)`.

    `stripe` and `resend` are the stand-ins (of `fakes`), from the start on. `with_fakes=False`: the scripts start theirs.
    """

    stripe: StripeFake
    resend: ResendFake

    def __init__(self, with_fakes: bool = True, **settings):
        self.home = Path(tempfile.mkdtemp(prefix="smartpages-test-"))
        self.with_fakes = with_fakes
        self._fakes_run = False
        self.settings = {
            "HOME": self.home,
            "BINARIES": os.environ.get("SMARTPAGES_BINARIES") or REPOSITORY / ".build" / "release",
            "API_RATE": "100000r/s",
            "SITES_RATE": "1000000r/s",
            # Nothing that a test links to is asked for, unless the test is about that.
            "LINK_CHECK": "off",
            # Nor is anybody's DNS: nobody listens at that port.
            "DNS": "127.0.0.1:9",
            **settings,
        }
        # Nothing of the person's own stack leaks in.
        self.environment = {k: v for k, v in os.environ.items() if not k.startswith("SMARTPAGES_")}
        self._take_ports()
        if with_fakes:
            self._make_fakes()
        self.environment |= {f"SMARTPAGES_{name}": str(value) for name, value in self.settings.items()}

    def _take_ports(self) -> None:
        ports = dict(zip(PORTS, free_ports(len(PORTS))))
        self.http_port, self.https_port, self.metrics_port = (ports[name] for name in PORTS[:3])
        self.environment |= {f"SMARTPAGES_{name}_PORT": str(port) for name, port in ports.items()}

    def _make_fakes(self) -> None:
        """Not yet listening."""
        self.stripe = StripeFake(plans=self.settings.get("PLANS", REPOSITORY / "scripts" / "plans.json"),
                                 key=f"sk_test_{secrets.token_hex(16)}", webhook_secret=f"whsec_{secrets.token_hex(16)}")
        self.resend = ResendFake(folder=self.home / "mail")

    def _start_fakes(self) -> None:
        """Unless they run: a stack may be stopped by scripts/down and started again."""
        if self._fakes_run:
            return
        self._fakes_run = True
        for name, fake in self.fakes.items():
            fake.start()
            told = {"KEY": fake.key, "URL": fake.url, "WEBHOOK_SECRETS": fake.webhook_secret}
            for setting, value in told.items():
                if f"{name.upper()}_{setting}" not in self.settings:
                    self.environment[f"SMARTPAGES_{name.upper()}_{setting}"] = value

    def _aim_webhooks(self) -> None:
        for name, fake in self.fakes.items():
            fake.delivery.aim(f"http://127.0.0.1:{self.http_port}/api/webhooks/{name}", "app.localhost")

    @property
    def fakes(self) -> dict[str, StripeFake | ResendFake]:
        """Those in this process, by the name that our scripts and addresses have for the service."""
        return {"stripe": self.stripe, "resend": self.resend} if self.with_fakes else {}

    # --- Life

    @property
    def scripts(self) -> Path:
        return REPOSITORY / "scripts"

    def start(self, *arguments: str) -> "Stack":
        """Starts all parts and waits until they are ready."""
        atexit.register(self.close)
        self._start_fakes()
        for _ in range(3):
            self._aim_webhooks()
            done = self._run([REPOSITORY / "scripts" / "up", "--detach", "--no-build", *arguments], check=False)
            if done.returncode == 0:
                return self
            # Another test run took the port between our look and the start.
            if "is in use by another program" not in done.stderr and "Address already in use" not in done.stderr:
                break
            self._take_ports()
        self.close()
        raise RuntimeError(f"scripts/up failed ({done.returncode}):\n{done.stdout}\n{done.stderr}")

    def close(self) -> None:
        """Stops all parts and removes the data. Calling it again does nothing."""
        atexit.unregister(self.close)
        if not self.home.exists():
            return
        for name in SERVICES:
            self.service(name, "resume", check=False)
        self._run([REPOSITORY / "scripts" / "down"], check=False)
        for fake in self.fakes.values():
            fake.stop()
        keep = os.environ.get("SMARTPAGES_KEEP_TESTS")
        if keep:
            print(f"kept: {self.home}")
        else:
            shutil.rmtree(self.home, ignore_errors=True)

    def __enter__(self) -> "Stack":
        return self.start()

    def __exit__(self, *_) -> None:
        self.close()

    # --- Parts

    def service(self, name: str, action: str, *more: str, check: bool = True) -> str:
        """scripts/lib/service: start, stop, restart, ready, kill, pause, resume, pid, signal of one part."""
        return self._run([REPOSITORY / "scripts" / "lib" / "service", name, action, *more], check=check).stdout.strip()

    def start_service(self, name: str) -> None:
        """Starts one part; `wait_ready` says when it answers."""
        self.service(name, "start")

    def stop_service(self, name: str, *more: str) -> None:
        """Stops one part in the orderly way; it stays down until it is started."""
        self.service(name, "stop", *more)

    def restart_service(self, name: str) -> None:
        """Core and Domain: the new process takes over before the old one ends."""
        self.service(name, "restart")

    def kill_service(self, name: str) -> None:
        """SIGKILL; it stays dead until it is started."""
        self.service(name, "kill")

    def crash_service(self, name: str) -> None:
        """SIGKILL from outside: the supervisor brings it back."""
        os.kill(self.pid(name), signal.SIGKILL)

    @contextlib.contextmanager
    def paused(self, name: str):
        """The part hangs (SIGSTOP, with all its children) for the time of the block."""
        self.service(name, "pause")
        try:
            yield
        finally:
            self.service(name, "resume")

    @contextlib.contextmanager
    def without(self, name: str):
        """The part is stopped for the time of the block."""
        self.stop_service(name)
        try:
            yield
        finally:
            self.start_service(name)

    def pid(self, name: str) -> int:
        """The process of a part; `supervisor` is who restarts what died."""
        return int((self.home / "pid" / name).read_text().split()[0])

    def wait_ready(self, seconds: float = 30) -> None:
        """Until Core says through nginx that all it needs is there."""
        wait_until(self.is_ready, seconds, "ready")

    def is_ready(self) -> bool:
        with contextlib.suppress(requests.RequestException):
            return requests.get(f"{self.app_url}/api/health/ready", timeout=5).status_code == 200
        return False

    def command(self, *arguments: str, check: bool = True) -> subprocess.CompletedProcess:
        """The operator's command line, `smartpages …`, in this stack's environment."""
        environment = {**self.environment, **self._program_environment()}
        program = Path(str(self.settings["BINARIES"])) / "smartpages"
        return subprocess.run([program, *arguments], env=environment, check=check, capture_output=True, text=True,
                              stdin=subprocess.DEVNULL, timeout=START_SECONDS)

    def sql(self, statement: str) -> list[list[str]]:
        """Runs a statement as the application's role; rows of text."""
        done = subprocess.run(["psql", "-X", "-q", "-A", "-t", "-F", "\x1f", "-v", "ON_ERROR_STOP=1", "-c", statement,
                               self._program_environment()["SMARTPAGES_DATABASE_URL"]],
                              check=True, capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=60)
        return [line.split("\x1f") for line in done.stdout.splitlines()]

    def redis(self, *command: str) -> str:
        """Runs one Redis command."""
        done = subprocess.run(["redis-cli", "-s", str(self.home / "run" / "redis" / "redis.sock"), *command],
                              check=True, capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=60)
        return done.stdout.strip()

    def log(self, name: str) -> str:
        """What a part has logged: postgres, redis, core, domain, nginx, access-app, access-sites, supervisor."""
        path = self.home / "log" / f"{name}.log"
        return path.read_text(errors="replace") if path.exists() else ""

    # --- Addresses

    @property
    def app_url(self) -> str:
        return f"http://app.localhost:{self.http_port}"

    @property
    def app_url_tls(self) -> str:
        return f"https://app.localhost:{self.https_port}"

    def sites_url(self, slug: str, tls: bool = False) -> str:
        """Where a published site is, without a slash at the end."""
        scheme, port = ("https", self.https_port) if tls else ("http", self.http_port)
        return f"{scheme}://{slug}.sites.localhost:{port}"

    def metrics(self, program: str = "core") -> str:
        answer = requests.get(f"http://127.0.0.1:{self.metrics_port}/metrics/{program}", timeout=10)
        answer.raise_for_status()
        return answer.text

    @property
    def authority(self) -> str:
        """The root certificate of the HTTPS addresses."""
        return str(self.home / "tls" / "ca.crt")

    def tls_context(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=self.authority)

    @property
    def bucket(self) -> Path:
        return self.home / "bucket"

    # --- Payment

    def subscribe(self, client: "Session", plan: str = "start", interval: str = "month",
                  card: str = "4242424242424242", **more) -> dict:
        """Buys a plan as a person does: checkout, payment on Stripe's page, return. Gives what GET /api/billing does.

        `more` goes to the checkout (`promotion_code`). A refused card raises `fakes.stripe.StripeError`.
        """
        answer = client.post("/api/billing/checkout", json={"plan": plan, "interval": interval, **more})
        assert answer.status_code == 201, answer.text
        url = answer.json()["url"]
        session = next(each for each in self.stripe.all("checkout.session") if each["url"] == url)
        self.stripe.complete_checkout(session, card)

        def look():
            answer = client.post("/api/billing/sync", json={})
            assert answer.status_code == 200, answer.text
            billing = answer.json()
            return billing if billing["plan"] == plan else None

        return wait_until(look, 20, f"the plan {plan}")

    # --- Time and what happens by itself

    def pass_time(self, seconds: float) -> None:
        """So much time has passed for all that jobs, mails and payment have stored, of all customers: what was to
        happen later is due, what waited has waited longer. The stand-ins have clocks of their own."""
        self.sql(f"""
            DO $$
            DECLARE change text;
            BEGIN
              FOR change IN
                SELECT format('UPDATE %I.%I SET ', c.table_schema, c.table_name)
                  || string_agg(format('%1$I = %1$I - make_interval(secs => {seconds})', c.column_name), ', ')
                FROM information_schema.columns c
                JOIN information_schema.tables t USING (table_schema, table_name)
                WHERE c.table_schema IN ('jobs', 'mailer', 'billing') AND t.table_type = 'BASE TABLE'
                  AND c.data_type = 'timestamp with time zone' AND c.is_generated = 'NEVER'
                GROUP BY c.table_schema, c.table_name
              LOOP
                EXECUTE change;
              END LOOP;
            END $$""")
        # Core keeps for a minute what stands behind a user.
        standings = self.redis("--scan", "--pattern", "standing:*").splitlines()
        if standings:
            self.redis("DEL", *standings)

    def settled(self, seconds: float = 30) -> None:
        """Waits until no webhook is under way and no job is running or due."""
        wait_until(self.is_settled, seconds, "an end of jobs and webhooks")

    def is_settled(self) -> bool:
        def nothing_is_sent():
            return all(fake.delivery.wait(0) for fake in self.fakes.values())

        # A job may cause a webhook and the other way round: nothing of either, at one moment.
        return nothing_is_sent() and self.unfinished_jobs() == 0 and nothing_is_sent()

    def unfinished_jobs(self) -> int:
        """How many jobs run or are due."""
        return int(self.sql("SELECT count(*) FROM jobs.jobs WHERE state = 'running' "
                            "OR (state = 'available' AND run_at <= now())")[0][0])

    # --- Mail and login

    def mails(self, to: str | None = None) -> list[dict]:
        """The mails in the folder, newest first, perhaps only those to one address."""
        files = sorted((self.home / "mail").glob("*.json"), key=lambda file: (file.stat().st_mtime_ns, file.name))
        mails = [json.loads(file.read_text()) for file in reversed(files)]
        return [mail for mail in mails if to is None or to in mail["to"]]

    def wait_for_mail(self, to: str, template: str | None = None, after: int = 0, seconds: float = 15) -> dict:
        """The newest mail to an address, once there are more than `after` (of that template)."""

        def look():
            found = [mail for mail in self.mails(to) if template is None or template_of(mail) == template]
            return found[0] if len(found) > after else None

        return wait_until(look, seconds, f"a mail to {to}")

    def login(self, email: str = "ada@example.com", locale: str = "en", tls: bool = False) -> "Session":
        """Logs in by the mailed code, as a person does."""
        session = Session(self, tls)
        before = len([mail for mail in self.mails(email) if template_of(mail) == "login"])
        answer = session.post("/api/auth/start", json={"email": email, "locale": locale})
        assert answer.status_code == 202, answer.text
        mail = self.wait_for_mail(email, "login", after=before)
        answer = session.post("/api/auth/confirm", json={"email": email, "code": code_of(mail)})
        assert answer.status_code == 200, answer.text
        session.identity = answer.json()
        return session

    # --- Inside

    def _program_environment(self) -> dict[str, str]:
        """What scripts/lib/settings.bash makes of our settings."""
        if not hasattr(self, "_programs"):
            script = f'repository="{REPOSITORY}"; source "$repository/scripts/lib/all.bash"; env -0'
            output = self._run(["bash", "-euc", script]).stdout
            pairs = (entry.split("=", 1) for entry in output.split("\0") if "=" in entry)
            self._programs = {name: value for name, value in pairs if name.startswith("SMARTPAGES_")}
        return self._programs

    def _run(self, command, check: bool = True) -> subprocess.CompletedProcess:
        # Output goes to files, not pipes: services in the background would hold a pipe open for ever.
        with tempfile.TemporaryFile("w+") as output, tempfile.TemporaryFile("w+") as errors:
            done = subprocess.run([str(part) for part in command], env=self.environment, stdin=subprocess.DEVNULL,
                                  stdout=output, stderr=errors, timeout=300)
            for file in (output, errors):
                file.seek(0)
            done.stdout, done.stderr = output.read(), errors.read()
        if check and done.returncode != 0:
            raise RuntimeError(f"{command} failed ({done.returncode}):\n{done.stdout}\n{done.stderr}")
        return done


class Session(requests.Session):
    """A browser's view of the API: keeps cookies, sends the Origin that a page of the app would, and takes paths."""

    def __init__(self, stack: Stack, tls: bool = False):
        super().__init__()
        self.base = stack.app_url_tls if tls else stack.app_url
        self.headers["Origin"] = self.base
        self.headers["Sec-Fetch-Site"] = "same-origin"
        self.identity: dict | None = None
        if tls:
            self.verify = stack.authority
        self.trust_env = False

    def request(self, method, url, *arguments, **options):
        options.setdefault("timeout", 30)
        return super().request(method, self.base + url if url.startswith("/") else url, *arguments, **options)


def template_of(mail: dict) -> str | None:
    """The template that a mail was made from, by its tag."""
    return next((tag["value"] for tag in mail.get("tags", []) if tag["name"] == "template"), None)


def code_of(mail: dict) -> str:
    """The six-digit code in a login mail."""
    found = re.search(r"(?<![\w#/=-])(\d{3})[  ]?(\d{3})(?![\w-])", mail["text"])
    assert found, mail["text"]
    return found[1] + found[2]


def token_of(mail: dict) -> str:
    """The token in a login mail's link."""
    found = re.search(r"#token=([\w.~%-]+)", mail["text"])
    assert found, mail["text"]
    return found[1]
