"""The API's own description as a judge: no answer may differ from what /api/openapi.json says.

Each answer is checked for its status, media type, headers and body. What the description does not know fails the test
that saw it.
"""

import json
import re
import weakref
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urlsplit

import requests
from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

WRITTEN = Path(__file__).resolve().parents[2] / "Sources" / "Core" / "openapi.json"
# Days of a range, which belong to nobody.
DAYS = {"from": "2026-11-01", "to": "2026-11-30"}
METHODS = ("get", "put", "post", "patch", "delete")


@dataclass(frozen=True)
class Operation:
    """One method of one path."""

    method: str
    path: str
    spec: dict = field(hash=False, compare=False)
    example: dict | None = field(hash=False, compare=False, default=None)
    """A body that the operation takes, if it takes one in JSON."""

    def __str__(self) -> str:
        return f"{self.method} {self.path}"

    @property
    def operation_id(self) -> str:
        return self.spec["operationId"]

    @property
    def access(self) -> str:
        """Who may call it: public, user, viewer, editor, owner, or signature: whoever knows the secret."""
        return self.spec["x-access"]

    @property
    def entitlement(self) -> str | None:
        """What the plan must allow for it: write, publish or nothing."""
        return self.spec.get("x-entitlement")

    @property
    def is_safe(self) -> bool:
        return self.method == "GET"

    def parameters(self, place: str) -> list[str]:
        """The names of its parameters in `path`, `query` or `header`."""
        return [parameter["name"] for parameter in self.spec.get("parameters", []) if parameter["in"] == place]

    def url(self, ids: dict[str, str]) -> str:
        """The path with the ids put in."""
        return re.sub(r"\{(\w+)\}", lambda found: str({**DAYS, **ids}[found[1]]), self.path)


class Description:
    """An OpenAPI 3.1 document, with its validators kept."""

    _of_stacks: "weakref.WeakKeyDictionary" = weakref.WeakKeyDictionary()

    @classmethod
    def of(cls, stack) -> "Description":
        """The document that a stack serves, fetched once."""
        if stack not in cls._of_stacks:
            answer = requests.get(f"{stack.app_url}/api/openapi.json", timeout=10)
            assert answer.status_code == 200, answer.text
            cls._of_stacks[stack] = cls(answer.json())
        return cls._of_stacks[stack]

    @classmethod
    def written(cls) -> "Description":
        """The document in the repository: known before anything runs."""
        return cls(json.loads(WRITTEN.read_text()))

    def __init__(self, document: dict):
        self.document = document
        resource = Resource.from_contents(document, default_specification=DRAFT202012)
        self._registry = Registry().with_resource("urn:api", resource)
        self._validators: dict[str, Draft202012Validator] = {}
        self._paths = {}
        for path in sorted(document["paths"], key=lambda path: path.count("{")):
            pattern = re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(path))
            self._paths[path] = re.compile(pattern)

    def operations(self) -> list[Operation]:
        return [
            Operation(method.upper(), path, self._resolved(item[method]), self._example(item[method]))
            for path, item in self.document["paths"].items()
            for method in METHODS
            if method in item
        ]

    def _resolved(self, spec: dict) -> dict:
        return {**spec, "parameters": [self._follow(parameter) for parameter in spec.get("parameters", [])]}

    def _example(self, spec: dict) -> dict | None:
        if "requestBody" not in spec:
            return None
        content = spec["requestBody"]["content"]
        if "application/json" not in content:
            return None  # a file
        schema = self._follow(content["application/json"]["schema"])
        while "oneOf" in schema:
            schema = self._follow(schema["oneOf"][-1])
        if "examples" in schema:
            return schema["examples"][0]
        return {name: self._follow(node)["examples"][0] for name, node in schema.get("properties", {}).items()}

    def _follow(self, node: dict) -> dict:
        while "$ref" in node:
            target = self.document
            for part in node["$ref"].removeprefix("#/").split("/"):
                target = target[part]
            node = target
        return node

    def path_of(self, url: str) -> str | None:
        """The path of the document that an address belongs to; paths with fewer ids win."""
        path = urlsplit(url).path
        return next((name for name, pattern in self._paths.items() if pattern.fullmatch(path)), None)

    def check(self, answer: requests.Response) -> None:
        """Fails unless the document describes this answer."""
        method, url = answer.request.method, answer.request.url
        said = f"{method} {unquote(urlsplit(url).path)} answered {answer.status_code} {answer.text[:600]}"
        path = self.path_of(url)
        pointer, response = self._response(method, path, answer.status_code, said)
        self._check_headers(response, answer, said)
        content = response.get("content", {})
        if not content or method == "HEAD":
            assert answer.content == b"", f"{said}: no body is described"
            return
        media_type = answer.headers.get("Content-Type", "").split(";")[0].strip().lower()
        if media_type.startswith("image/") and "image/*" in content:
            return
        assert media_type in content, f"{said}: media type {media_type!r} is not described"
        if not media_type.endswith("json"):
            return
        try:
            value = answer.json()
        except ValueError as error:
            raise AssertionError(f"{said}: the body is not JSON: {error}") from None
        escaped = media_type.replace("~", "~0").replace("/", "~1")
        faults = list(self._validator(f"{pointer}/content/{escaped}/schema").iter_errors(value))
        assert not faults, f"{said}\ndiffers from the description: " + "; ".join(
            f"{fault.json_path}: {fault.message[:300]}" for fault in faults[:5])

    def _response(self, method: str, path: str | None, status: int, said: str) -> tuple[str, dict]:
        if path is None:
            assert status in (404, 401), f"{said}: the path is not described"
            name = "NotFound" if status == 404 else "Unauthenticated"
            return f"/components/responses/{name}", self.document["components"]["responses"][name]
        if method == "OPTIONS" and status == 204:
            return "", {}  # a preflight, which grants nothing that its headers do not say
        described = "get" if method == "HEAD" else method.lower()
        item = self.document["paths"][path]
        if described not in item:
            assert status == 405, f"{said}: the method is not described, so it must be 405"
            return "/components/responses/MethodNotAllowed", self.document["components"]["responses"]["MethodNotAllowed"]
        responses = item[described]["responses"]
        assert str(status) in responses, f"{said}: the status is not described"
        node = responses[str(status)]
        if "$ref" in node:
            return node["$ref"].removeprefix("#"), self._follow(node)
        escaped = path.replace("~", "~0").replace("/", "~1")
        return f"/paths/{escaped}/{described}/responses/{status}", node

    def _check_headers(self, response: dict, answer: requests.Response, said: str) -> None:
        for name, node in response.get("headers", {}).items():
            header = self._follow(node)
            value = answer.headers.get(name)
            if value is None:
                assert not header.get("required"), f"{said}: the header {name} is missing"
                continue
            faults = list(Draft202012Validator(header["schema"]).iter_errors(value))
            assert not faults, f"{said}: header {name}: {value!r}: {faults[0].message}"
        if answer.headers.get("Content-Type", "").startswith("application/problem+json"):
            problem = answer.json()
            assert problem["status"] == answer.status_code, said
            assert problem["request_id"] == answer.headers["X-Request-Id"], said
            if "Retry-After" in answer.headers and "retry_after" in problem:
                assert int(answer.headers["Retry-After"]) == problem["retry_after"], said
        if "Cache-Control" in response.get("headers", {}):
            return
        assert "no-store" in answer.headers.get("Cache-Control", ""), f"{said}: the API's answers are not for caches"

    def _validator(self, pointer: str) -> Draft202012Validator:
        if pointer not in self._validators:
            self._validators[pointer] = Draft202012Validator(
                {"$ref": f"urn:api#{pointer}"}, registry=self._registry,
                format_checker=Draft202012Validator.FORMAT_CHECKER)
        return self._validators[pointer]
