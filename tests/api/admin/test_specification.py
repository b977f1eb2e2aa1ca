"""What is answered has the shapes of the Ed-Fi Management API 2.3.0, whose facts stand in a file beside this one."""

import json
from pathlib import Path

import pytest
from administrator_program import Program, application, profile_sent
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate

SPECIFIED = json.loads(Path(__file__).with_name("management_api_2_3.json").read_text())
OPERATIONS = SPECIFIED["operations"]
# A district is one database.
REFUSED = ("odsInstances", "odsInstanceContexts", "odsInstanceDerivatives")


def is_refused(operation: str) -> bool:
    verb, path = operation.split()
    return verb != "GET" and path.split("/")[2] in REFUSED


def check(operation: str, answered) -> None:
    """That an answer has the status and the shape of its operation."""
    told = OPERATIONS[operation]
    assert answered.status_code == (told["status"] or 200), answered.text
    if told["answer"] is None:
        assert operation.startswith("GET") or not answered.content
        return
    kind = told["answer"].removeprefix("[]")
    schema = {"$ref": f"#/schemas/{kind}", "schemas": SPECIFIED["schemas"]}
    if told["answer"].startswith("[]"):
        schema = {"type": "array", "items": {"$ref": f"#/schemas/{kind}"}, "schemas": SPECIFIED["schemas"]}
    Draft202012Validator(schema).validate(answered.json())
    one = answered.json()[0] if isinstance(answered.json(), list) and answered.json() else answered.json()
    if isinstance(one, dict):
        assert set(one) == set(SPECIFIED["schemas"][kind]["properties"])


@pytest.fixture(scope="module")
def things(program: Program, school: int) -> dict[str, int]:
    """The number of one thing of each kind, by the first word of its path."""
    vendor = program.vendor("Specified, Inc.")
    asked = program.application(vendor, [school], "SIS Vendor", applicationName="Specified")
    (key,) = program.got("apiclients", applicationid=asked["id"])
    profile = program.http.post("v2/profiles", json=profile_sent("Specified"))
    return {
        "vendors": vendor, "applications": asked["id"], "apiclients": key["id"], "claimSets": 1, "odsInstances": 1,
        "resourceClaims": 1, "profiles": int(profile.headers["Location"].rpartition("/")[2]),
    }  # fmt: skip


def test_whatever_can_be_read_has_the_specified_shape(program, things):
    asked = set()
    for operation in [one for one in OPERATIONS if one.startswith("GET /v2/")]:
        path = operation.removeprefix("GET /v2/").replace("{tenantName}", "default")
        word = path.split("/")[0]
        if "{id}" in path and word not in things:
            assert program.http.get(f"v2/{path.format(id=1)}").status_code == 404
            continue
        place = path.format(id=things.get(word))
        params = {"applicationid": things["applications"]} if operation == "GET /v2/apiclients" else {"limit": 500}
        check(operation, program.http.get(f"v2/{place}", params=params))
        asked.add(operation)
    assert len(asked) == 25


def test_whatever_can_be_changed_answers_as_specified(program, school):
    vendor_sent = {"company": "Changed, Inc.", "namespacePrefixes": "uri://changed.example", "contactName": "Ada",
                   "contactEmailAddress": "ada@changed.example"}  # fmt: skip
    done = {operation for operation in OPERATIONS if not operation.startswith(("GET", "POST /connect"))}
    done -= {operation for operation in done if is_refused(operation)}

    def ask(operation: str, sent=None, **numbers: int):
        verb, path = operation.split()
        answered = program.http.request(verb, path.format(**numbers).lstrip("/"), json=sent)
        check(operation, answered)
        done.discard(operation)
        where = answered.headers.get("Location", "")
        return int(where.rpartition("/")[2]) if where else 0

    vendor = ask("POST /v2/vendors", vendor_sent)
    ask("PUT /v2/vendors/{id}", {**vendor_sent, "contactName": "Grace"}, id=vendor)
    sent = application(vendor, [school], "Roster Vendor")
    number = ask("POST /v2/applications", sent)
    ask("PUT /v2/applications/{id}", {**sent, "applicationName": "Another"}, id=number)
    ask("PUT /v2/applications/{id}/reset-credential", id=number)
    client = {"name": "Second", "isApproved": True, "applicationId": number, "odsInstanceIds": [1]}
    key = ask("POST /v2/apiclients", client)
    ask("PUT /v2/apiclients/{id}", client, id=key)
    ask("PUT /v2/apiclients/{id}/reset-credential", id=key)
    ask("DELETE /v2/apiclients/{id}", id=key)
    ask("DELETE /v2/applications/{id}", id=number)
    ask("DELETE /v2/vendors/{id}", id=vendor)
    copy = ask("POST /v2/claimSets/copy", {"originalId": 1, "name": "Copied"})
    ask("DELETE /v2/claimSets/{id}", id=copy)
    profile = ask("POST /v2/profiles", profile_sent("Another"))
    ask("PUT /v2/profiles/{id}", profile_sent("Renamed"), id=profile)
    ask("DELETE /v2/profiles/{id}", id=profile)
    exported = program.got("claimSets/4/export")
    imported = ask(
        "POST /v2/claimSets/import", {"name": "Imported as specified", "resourceClaims": exported["resourceClaims"]}
    )
    ask("DELETE /v2/claimSets/{id}", id=imported)
    own = ask("POST /v2/claimSets", {"name": "Own"})
    ask("PUT /v2/claimSets/{id}", {"name": "Own, renamed"}, id=own)
    actions = [{"name": "Read", "enabled": True}]
    ask("POST /v2/claimSets/{claimSetId}/resourceClaimActions",
        {"resourceClaimId": 5, "resourceClaimActions": actions}, claimSetId=own)  # fmt: skip
    below = "/v2/claimSets/{claimSetId}/resourceClaimActions/{resourceClaimId}"
    numbers = {"claimSetId": own, "resourceClaimId": 5}
    ask(f"PUT {below}", {"resourceClaimActions": [*actions, {"name": "readchanges", "enabled": True}]}, **numbers)
    override = {"actionName": "Read", "authorizationStrategies": ["namespacebased"]}
    ask(f"POST {below}/overrideAuthorizationStrategy", override, **numbers)
    ask(f"POST {below}/resetAuthorizationStrategies", **numbers)
    ask(f"DELETE {below}", **numbers)
    assert done == set()


def test_the_description_has_every_operation_and_parameter_that_is_specified(program):
    document = program.http.get("swagger/v2/swagger.json").json()
    validate(document)
    described = document["paths"]
    for operation, told in OPERATIONS.items():
        verb, path = operation.split()
        if path.startswith("/v2/") and not is_refused(operation):
            found = described[f"/admin{path}"][verb.lower()]
            assert set(told["query"]) <= {one["name"] for one in found.get("parameters", [])}, operation


def test_what_a_district_has_one_of_is_not_made_or_changed(program):
    for operation in filter(is_refused, OPERATIONS):
        verb, path = operation.split()
        answered = program.http.request(verb, path.format(id=1).lstrip("/"), json={})
        assert (answered.status_code, answered.json()["status"]) == (403, 403), operation
        assert answered.json()["detail"]
