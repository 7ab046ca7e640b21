"""A person at the API: logs in by the mailed code, and believes no answer that the description does not know."""

import hashlib
import itertools
import json
import os
import random
import uuid
import weakref
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timezone
from urllib.parse import quote

import pictures
import requests
from description import Description
from requests.adapters import HTTPAdapter
from stack import Session, Stack, code_of, template_of, token_of, wait_until

# Limits count by network, so each client comes from a network of its own: all of 127.0.0.0/8 is this machine.
_networks = itertools.count(random.randrange(60_000))


class _FromAddress(HTTPAdapter):
    """Connects from one of this machine's addresses."""

    def __init__(self, address: str):
        self.address = address
        super().__init__(pool_maxsize=64)

    def init_poolmanager(self, *arguments, **options):
        super().init_poolmanager(*arguments, source_address=(self.address, 0), **options)


class Client(Session):
    """A browser. Every answer of the API is held against its description, in all tests."""

    def __init__(self, stack: Stack, tls: bool = False, address: str | None = None):
        super().__init__(stack, tls)
        self.stack = stack
        self.tls = tls
        self.description = Description.of(stack)
        self.address = address or new_address()
        for scheme in ("http://", "https://"):
            self.mount(scheme, _FromAddress(self.address))

    # --- Requests

    def request(self, method, url, *arguments, if_match=None, key=None, raw=None, drop=(), **options):
        """Sends a request to a path of the API.

        - `if_match`: the version that was read, as a number, or a whole field value.
        - `key`: the Idempotency-Key.
        - `raw`: a body as bytes, sent as application/json unless `headers` say otherwise.
        - `drop`: headers that a browser would send and that are left out here.
        """
        headers = dict(options.pop("headers", None) or {})
        headers |= {name: None for name in drop}
        if if_match is not None:
            headers.setdefault("If-Match", f'"{if_match}"' if isinstance(if_match, int) else if_match)
        if key is not None:
            headers.setdefault("Idempotency-Key", key)
        if raw is not None:
            options["data"] = raw
            headers.setdefault("Content-Type", "application/json")
        options.setdefault("allow_redirects", False)
        answer = super().request(method, url, *arguments, headers=headers, **options)
        if url.startswith("/api/"):
            self.description.check(answer)
        return answer

    def cookie(self, name: str) -> str | None:
        """The value of our cookie; the name is without the prefix that it has over HTTPS."""
        return self.cookies.get(f"__Host-{name}" if self.tls else name)

    def clone(self) -> "Client":
        """The same browser once more: for use by another thread."""
        other = Client(self.stack, self.tls, self.address)
        other.cookies.update(self.cookies)
        other.identity = self.identity
        return other

    # --- Login

    def ask_for_login(self, email: str, locale: str = "en") -> dict:
        """Asks for a login mail and gives it."""
        before = count_login_mails(self.stack, email)
        expect(self.post("/api/auth/start", json={"email": email, "locale": locale}), 202)
        return wait_for_mail(self.stack, email, after=before)

    def log_in(self, email: str | None = None, locale: str = "en") -> "Client":
        """Logs in by the mailed code, as a person does; a new person unless an address is given."""
        email = email or new_email()
        mail = self.ask_for_login(email, locale)
        answer = self.post("/api/auth/confirm", json={"email": email, "code": code_of(mail)})
        self.identity = expect(answer, 200)
        return self

    @property
    def email(self) -> str:
        return self.identity["user"]["email"]

    # --- What tests need again and again

    def new_site(self, **more) -> dict:
        body = {"slug": new_slug(), "title": "A site", **more}
        return expect(self.post("/api/sites", json=body), 201)

    def new_image(self, data: bytes | None = None, name: str = "picture.png", **more) -> dict:
        """Uploads a picture, a small one unless given, again while all encoders are busy."""
        data = data or pictures.png()
        headers = {"Content-Type": "image/png", "X-File-Name": quote(name), **more.pop("headers", {})}

        def upload():
            answer = self.post("/api/images", raw=data, headers=headers, **more)
            # An answer that is an error is false.
            return None if answer.status_code == 503 and answer.json()["code"] == "overloaded" else [answer]

        return expect(wait_until(upload, 60, "an encoder")[0], 201)

    def new_domain(self, site: dict, host: str | None = None, **more) -> dict:
        """Notes a domain; the plan must have room."""
        body = {"host": host or f"{new_slug()}.example.com", "site_id": site["id"], **more}
        return expect(self.post("/api/domains", json=body), 201)

    def new_page(self, site: dict, slug: str = "about", **more) -> dict:
        body = {"slug": slug, "title": slug.capitalize(), **more}
        return expect(self.post(f"/api/sites/{site['id']}/pages", json=body), 201)

    def new_link(self, site: dict, title: str = "A link", **more) -> dict:
        body = {"title": title, "url": "https://example.com/", **more}
        return expect(self.post(f"/api/sites/{site['id']}/links", json=body), 201)

    def new_short_link(self, site: dict, title: str = "A short link", **more) -> dict:
        body = {"title": title, "url": "https://example.com/", **more}
        return expect(self.post(f"/api/sites/{site['id']}/short-links", json=body), 201)

    def home_page(self, site: dict) -> dict:
        pages = expect(self.get(f"/api/sites/{site['id']}/pages"), 200)["items"]
        return next(page for page in pages if page["home"])

    def new_export(self) -> dict:
        """Everything to take along, once it is ready."""
        export = expect(self.post("/api/exports", json={}), 202)

        def state():
            found = next(each for each in self.all_items("/api/exports") if each["id"] == export["id"])
            return found if found["state"] in ("ready", "failed") else None

        done = wait_until(state, 60, "the export")
        assert done["state"] == "ready", done
        return done

    def publish(self, site: dict, **more) -> dict:
        return expect(self.post(f"/api/sites/{site['id']}/publish", json=more), 201)

    def invite(self, email: str, role: str = "editor") -> dict:
        return expect(self.post("/api/invitations", json={"email": email, "role": role}), 201)

    def accept(self, token: str) -> dict:
        """Joins by an invitation's token, and acts for that customer from now on."""
        self.identity = expect(self.post("/api/invitations/accept", json={"token": token}), 200)
        return self.identity

    def new_member(self, role: str = "editor") -> "Client":
        """A new person who was invited by this one and has joined; the plan must have room."""
        member, email = Client(self.stack, self.tls), new_email()
        self.invite(email, role)
        token = token_of(wait_for_mail(self.stack, email, "invitation"))
        member.log_in(email)
        member.accept(token)
        return member

    def prove(self) -> None:
        """Proves the address once more, by the mailed code."""
        before = len(Mailbox.of(self.stack).to(self.email, "proof"))
        expect(self.post("/api/auth/proof/start", json={}), 202)
        mail = wait_for_mail(self.stack, self.email, "proof", after=before)
        self.identity = expect(self.post("/api/auth/proof", json={"code": code_of(mail)}), 200)

    @property
    def user(self) -> str:
        return self.identity["user"]["id"]

    def all_items(self, path: str, limit: int | None = None) -> list[dict]:
        """All entries of a list, part by part."""
        items, after = [], None
        for _ in range(1000):
            parameters = {name: value for name, value in {"limit": limit, "after": after}.items() if value is not None}
            part = expect(self.get(path, params=parameters), 200)
            items += part["items"]
            after = part["next"]
            if after is None:
                return items
        raise AssertionError(f"{path} has no end")


def expect(answer: requests.Response, status: int | tuple[int, ...], code: str | None = None):
    """The answer's JSON, if it has the status (and the problem's code); fails the test otherwise."""
    wanted = (status,) if isinstance(status, int) else status
    request = answer.request
    assert answer.status_code in wanted, (
        f"{request.method} {request.url} answered {answer.status_code}, not {wanted}: {answer.text[:1000]}")
    is_file = answer.headers.get("Content-Type", "").startswith(("text/csv", "application/zip"))
    content = answer.json() if answer.content and not is_file else None
    if code is not None:
        assert content["code"] == code, f"{request.method} {request.url}: {content}"
    return content


def expect_fields(answer: requests.Response, *fields: tuple[str, str]) -> None:
    """Expects exactly these refused fields, each as pointer and code."""
    problem = expect(answer, 422, "invalid_body")
    assert sorted((error["pointer"], error["code"]) for error in problem["errors"]) == sorted(fields)


def at_once(count: int, work) -> list:
    """Calls `work(index)` in so many threads at the same time; the results in order."""
    import threading

    barrier = threading.Barrier(count)

    def begin(index):
        barrier.wait(30)
        return work(index)

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(begin, range(count)))


def rfc3339(moment: datetime) -> str:
    """As the API takes and gives times."""
    return moment.astimezone(timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def new_email() -> str:
    return f"test-{uuid.uuid4().hex[:12]}@example.com"


def lay_domain(client: Client, site: dict) -> str:
    """A domain that the plan may have no room for; its id. Nobody looks at it."""
    number, host = f"{uuid.uuid4()}", f"{new_slug()}.example.com"
    domain = f"0199a6c2-7d1e-7{number[15:]}"
    client.stack.sql("INSERT INTO customer.domains (id, customer_id, site_id, last_site_id, host, registrable, token, "
                     f"label, state, next_check_at) VALUES ('{domain}', '{client.identity['customer']['id']}', "
                     f"'{site['id']}', '{site['id']}', '{host}', 'example.com', 't', 'd', 'expired', now())")
    return domain


def new_slug() -> str:
    return f"t-{uuid.uuid4().hex[:12]}"


def new_address() -> str:
    """An address of this machine in a network that no client has come from."""
    number = next(_networks) % 60_000
    return f"127.{1 + number // 250}.{1 + number % 250}.1"


class Mailbox:
    """The mails of a stack. Each file is read once, for there are hundreds of them."""

    _of_stacks: "weakref.WeakKeyDictionary" = weakref.WeakKeyDictionary()

    @classmethod
    def of(cls, stack: Stack) -> "Mailbox":
        return cls._of_stacks.setdefault(stack, cls(stack))

    def __init__(self, stack: Stack):
        self._folder = stack.home / "mail"
        self._read: set[str] = set()
        self._mails: dict[str, list[dict]] = {}

    def to(self, email: str, template: str) -> list[dict]:
        """The mails of a template to an address, oldest first."""
        for name in sorted(set(os.listdir(self._folder)) - self._read):
            if name.endswith(".json"):
                self._read.add(name)
                mail = json.loads((self._folder / name).read_text())
                for address in mail["to"]:
                    self._mails.setdefault(address, []).append(mail)
        return [mail for mail in self._mails.get(email, []) if template_of(mail) == template]


def wait_for_mail(stack: Stack, email: str, template: str = "login", after: int = 0) -> dict:
    """The newest mail of a template to an address, once there are more than `after`."""
    mailbox = Mailbox.of(stack)
    wait_until(lambda: len(mailbox.to(email, template)) > after, 15, f"a mail to {email}")
    return mailbox.to(email, template)[-1]


def count_login_mails(stack: Stack, email: str) -> int:
    return len(Mailbox.of(stack).to(email, "login"))


def redis_keys(stack: Stack, prefix: str = "") -> set[str]:
    return set(stack.redis("--scan", "--pattern", f"{prefix}*").splitlines())


def forgive(stack: Stack) -> None:
    """Forgets all counts of the rate limiter, so that a test may log the same person in again."""
    _delete(stack, redis_keys(stack, "limit:"))


def forget_standings(stack: Stack) -> None:
    """Core keeps for a minute what stands behind a user. Tests that change it in the database do not wait so long."""
    _delete(stack, redis_keys(stack, "standing:"))


def age_proofs(stack: Stack, *clients: Client) -> None:
    """Eleven minutes pass for what Core knows of when these sessions' people proved who they are."""
    for client in clients:
        key = "session:" + hashlib.sha256(client.cookie("session").encode()).hexdigest()
        fields = stack.redis("GET", key).rstrip("\n").split("\n")
        fields[5] = str(int(fields[5]) - 660_000_000)
        stack.redis("SET", key, "\n".join(fields), "KEEPTTL")


def expire(stack: Stack, before: set[str]) -> None:
    """What has been stored in Redis since `before` reaches the end of its life."""
    new = redis_keys(stack) - before
    assert new, "nothing was stored in Redis"
    _delete(stack, new)


def redis_values(stack: Stack, prefix: str = "") -> dict[str, str]:
    """All texts that Redis holds, by key."""
    keys = sorted(redis_keys(stack, prefix))
    script = """local values = {}
      for i, key in ipairs(KEYS) do
        values[i] = redis.call('TYPE', key).ok == 'string' and redis.call('GET', key) or ''
      end
      return cjson.encode(values)"""
    return dict(zip(keys, json.loads(stack.redis("EVAL", script, str(len(keys)), *keys)))) if keys else {}


def _delete(stack: Stack, keys: set[str]) -> None:
    if keys:
        stack.redis("DEL", *keys)


__all__ = ["Client", "age_proofs", "at_once", "code_of", "count_login_mails", "expect", "expect_fields", "expire", "forget_standings",
           "forgive", "lay_domain",
           "new_address", "new_email", "new_slug", "redis_keys", "redis_values", "template_of",
           "token_of", "wait_for_mail"]
