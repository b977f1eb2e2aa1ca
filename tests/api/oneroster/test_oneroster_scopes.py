"""A token opens what was asked for, as far as the agreement goes; one of OneRoster's scopes opens OneRoster alone."""

import httpx
import pytest
from roster_app import ELEMENTS_OF_ROSTERS, GRADEBOOK, RESOURCES, V1P1, V1P2

PREFIX = "https://purl.imsglobal.org/spec/or/v1p2/scope/"
GRANT = {"grant_type": "client_credentials"}


@pytest.fixture
def asking(served, roster_app):
    """`asking(scopes, named)`: the answer to a request for a token, and a client with it."""

    def ask(*scopes: str, named=None, prefix=PREFIX):
        key = roster_app(named).key
        client = httpx.Client(base_url=f"{served.address}api/", timeout=60)
        fields = GRANT | {"scope": " ".join(f"{prefix}{scope}" for scope in scopes)} if scopes else GRANT
        answered = client.post("oauth/token", data=fields, auth=(key.key, key.secret))
        if answered.status_code == 200:
            client.headers["Authorization"] = f"Bearer {answered.json()['access_token']}"
        return answered, client

    return ask


PATHS = {
    f"{V1P2}/users": {"roster-core.readonly", "roster.readonly"},
    f"{V1P2}/students": {"roster-core.readonly", "roster.readonly"},
    f"{V1P2}/schools/x/classes": {"roster.readonly"},
    f"{V1P2}/demographics": {"roster-demographics.readonly"},
    f"{GRADEBOOK}/results": {"gradebook-core.readonly", "gradebook.readonly"},
    f"{GRADEBOOK}/classes/x/results": {"gradebook.readonly"},
    f"{RESOURCES}/resources": {"resource-core.readonly", "resource.readonly"},
    f"{RESOURCES}/classes/x/resources": {"resource.readonly"},
}


@pytest.mark.parametrize("scope", sorted({scope for scopes in PATHS.values() for scope in scopes}))
def test_a_scope_opens_what_the_standard_says_and_nothing_else(asking, scope):
    answered, client = asking(scope)
    assert answered.json()["scope"] == f"{PREFIX}{scope}"
    opened = {path for path in PATHS if client.get(path, params={"limit": 1}).status_code != 403}
    assert opened == {path for path, scopes in PATHS.items() if scope in scopes}


def test_a_token_without_scopes_opens_all_that_the_agreement_names(asking):
    answered, client = asking()
    assert "scope" not in answered.json() or answered.json()["scope"] == ""
    assert {client.get(path, params={"limit": 1}).status_code for path in PATHS} == {200, 404}


def test_the_scopes_of_1p1_are_known_as_well(asking):
    answered, client = asking("roster.readonly", prefix=PREFIX.replace("v1p2", "v1p1"))
    assert answered.status_code == 200
    assert client.get(f"{V1P1}/users", params={"limit": 1}).status_code == 200
    assert client.get(f"{V1P1}/demographics").status_code == 403


def test_what_the_agreement_does_not_name_is_not_granted(asking):
    none = {resource: set() for resource in ELEMENTS_OF_ROSTERS if resource != "School"}
    answered, _ = asking("roster-core.readonly", "roster-demographics.readonly", "gradebook.readonly", named=none)
    assert answered.json()["scope"] == f"{PREFIX}roster-core.readonly"
    answered, _ = asking("roster-demographics.readonly", named=none)
    assert (answered.status_code, answered.json()["error"]) == (400, "invalid_scope")


@pytest.mark.parametrize("scope", ["everything", "gradebook.createput", "roster-core"])
def test_a_scope_that_there_is_not_is_refused(asking, scope):
    answered, _ = asking(scope)
    assert (answered.status_code, answered.json()["error"]) == (400, "invalid_scope")


def test_a_token_can_not_be_made_to_open_more(asking):
    answered, client = asking("roster-core.readonly")
    token = answered.json()["access_token"]
    for changed in (f"{token}d", token.rpartition(".")[0], f"{token.rpartition('.')[0]}.cdr"):
        client.headers["Authorization"] = f"Bearer {changed}"
        assert client.get(f"{V1P2}/demographics").status_code == 401


def test_a_token_of_onerosters_scopes_opens_nothing_else(asking):
    _, client = asking("roster.readonly", "roster-demographics.readonly")
    assert client.get("data/v3/ed-fi/students").status_code == 403
    assert client.post("identity/v2/identities/find", json=[]).status_code == 403


def test_nobody_reads_without_a_token(served):
    answered = httpx.get(f"{served.address}api/{V1P2}/users")
    assert answered.status_code == 401
    (field,) = answered.json()["imsx_CodeMinor"]["imsx_codeMinorField"]
    assert field["imsx_codeMinorFieldValue"] == "unauthorisedrequest"
    assert answered.headers["www-authenticate"].startswith("Bearer")
