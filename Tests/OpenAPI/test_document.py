"""The API's own description is valid OpenAPI 3.1 and complete enough to build a client from."""

import pytest
import requests
from openapi_spec_validator import validate

METHODS = ("get", "put", "post", "delete", "patch")


@pytest.fixture(scope="module")
def document(stack):
    answer = requests.get(f"{stack.app_url}/api/openapi.json", timeout=10)
    assert answer.status_code == 200
    return answer.json()


def operations(document):
    for path, item in document["paths"].items():
        for method in METHODS:
            if method in item:
                yield f"{method.upper()} {path}", item[method]


def test_is_valid_openapi_3_1(document):
    assert document["openapi"].startswith("3.1")
    validate(document)


def test_every_operation_has_an_id_of_its_own_and_answers(document):
    seen = {}
    for name, operation in operations(document):
        assert operation.get("operationId"), name
        assert operation["operationId"] not in seen, f"{name} and {seen[operation['operationId']]}"
        seen[operation["operationId"]] = name
        assert any(status[0] in "23" for status in operation["responses"]), name
    assert seen
