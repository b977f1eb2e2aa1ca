"""In a sandbox an application works at once; and whatever is asked of the Admin API, nothing breaks."""

from collections import Counter

import pytest
import requests
import schemathesis
from administrator_program import Program, application
from sandbox_client import GRAND_BEND
from test_generated_requests import CHECKS, MODES, REQUESTS, made_for
from test_sandbox_clients import AGENCY

OWN = "uri://trail.example"


@pytest.fixture(scope="module")
def program(sandbox) -> Program:
    return Program.of(sandbox, with_account=False)


@pytest.fixture(scope="module")
def vendor(program) -> int:
    return program.vendor("Sandbox Trail", namespacePrefixes=OWN)


def test_a_key_works_at_once_and_loads_the_district(program, vendor):
    key = program.application(vendor, [GRAND_BEND], "SIS Vendor")
    app = program.app(key)
    assert app.post("localEducationAgencies", json=AGENCY).status_code == 201
    terms = program.agreement_of(key["id"]).terms
    assert (terms.provider, terms.app, terms.sandbox) == ("Sandbox Trail", "Reading Trail", True)
    (told,) = program.got("apiclients", applicationid=key["id"])
    assert (told["useSandbox"], told["keyStatus"]) == (True, "Active")
    (instance,) = program.got("odsInstances")
    assert (instance["name"], instance["instanceType"]) == ("Grand Bend ISD", "Sandbox")


def test_with_other_terms_it_works_at_once_as_well(program, vendor):
    key = program.application(vendor, [GRAND_BEND], "SIS Vendor", applicationName="To be changed")
    assert program.app(key).get("grades").status_code == 200
    sent = application(vendor, [GRAND_BEND], "Roster Vendor", applicationName="To be changed")
    program.put(f"applications/{key['id']}", sent)
    app = program.app(key)
    assert (app.get("students").status_code, app.get("grades").status_code) == (200, 403)


def test_a_claim_set_that_authorizes_nothing_further_lets_write_no_more_than_the_standards(program, vendor):
    own = program.made("claimSets/copy", {"originalId": 1, "name": "Anything goes"})
    (school,) = program.got("resourceClaimActions", resourceName="primaryRelationships")
    below = f"v2/claimSets/{own}/resourceClaimActions/{school['resourceClaimId']}"
    override = {"actionName": "Create", "authorizationStrategies": ["NoFurtherAuthorizationRequired"]}
    assert program.http.post(f"{below}/overrideAuthorizationStrategy", json=override).status_code == 200
    key = program.application(vendor, [GRAND_BEND], "Anything goes", applicationName="Anything")
    assert "StudentSchoolAssociation" not in program.agreement_of(key["id"]).terms.unrestricted


def test_each_operation_answers_as_it_is_described(program, vendor):
    asked = program.application(vendor, [GRAND_BEND], "Roster Vendor", applicationName="Generated")
    (key,) = program.got("apiclients", applicationid=asked["id"])
    own = program.made("claimSets/copy", {"originalId": 4, "name": "Generated"})
    known = {"vendors": vendor, "applications": asked["id"], "apiclients": key["id"], "claimSets": own}
    described = schemathesis.openapi.from_url(f"{program.http.base_url}swagger/v2/swagger.json")
    # What is deleted is not there for the others.
    operations = sorted((one.ok() for one in described.get_all_operations()), key=lambda one: one.method == "delete")
    statuses: Counter[int] = Counter()
    # There is less to get wrong than in all resources: a tenth of their requests are enough.
    most = max(2, REQUESTS // 10 // len(operations))
    with requests.Session() as session:
        session.headers["Authorization"] = program.http.headers["Authorization"]
        for operation in operations:
            for mode in MODES if operation.query or operation.body else MODES[:1]:
                for number, case in enumerate(made_for(operation, mode, most)):
                    word = operation.path.split("/")[3]
                    if number % 2 and case.path_parameters and word in known:
                        case.path_parameters[next(iter(case.path_parameters))] = known[word]
                    response = case.call(session=session)
                    statuses[response.status_code] += 1
                    case.validate_response(response, checks=CHECKS)
    assert {200, 201, 400, 404} <= set(statuses)
