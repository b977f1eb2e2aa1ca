"""The services describe themselves where the standard looks for it."""

import pytest
from openapi_spec_validator import validate
from roster_app import GRADEBOOK, RESOURCES, V1P1, V1P2

from homeroom.access.oneroster.collections import collections
from homeroom.access.oneroster.declaration import Version
from homeroom.access.oneroster.writing import PLACES
from homeroom.api.oneroster.openapi import document

FILES = [
    (V1P2, "onerosterv1p2rostersservice_openapi3_v1p0.json", "rostering", Version.V1P2),
    (V1P2, "imsorv1p2_rostering_openapi3_v1p0.json", "rostering", Version.V1P2),
    (GRADEBOOK, "onerosterv1p2gradebookservice_openapi3_v1p0.json", "gradebook", Version.V1P2),
    (GRADEBOOK, "imsorv1p2_gradebook_openapi3_v1p0.json", "gradebook", Version.V1P2),
    (RESOURCES, "onerosterv1p2resourcesservice_openapi3_v1p0.json", "resources", Version.V1P2),
    (RESOURCES, "imsorv1p2_resources_openapi3_v1p0.json", "resources", Version.V1P2),
    (V1P1, "onerosterv1p1_openapi3_v1p0.json", "rostering", Version.V1P1),
]


@pytest.mark.parametrize(("place", "file", "service", "version"), FILES, ids=[file for _, file, _, _ in FILES])
def test_a_service_is_described_where_the_standard_looks_for_it_and_wants_no_token(
    served, place, file, service, version
):
    told = served.client.get(f"/api/{place}/discovery/{file}").json()
    validate(told)
    assert told["servers"] == [{"url": f"{served.address}api/{place}"}]
    found = collections(service, version)
    single = {f"/{one.path}/{{sourcedId}}" for one in found if one.is_whole}
    sets = {f"/{one.path}" for one in PLACES if service == "gradebook"}
    assert set(told["paths"]) == {f"/{one.path}" for one in found} | single | sets


@pytest.mark.parametrize("path", [f"{V1P2}/discovery/nothing.json", f"{V1P2}/discovery/{FILES[2][1]}"])
def test_another_file_is_not_there(served, path):
    assert served.client.get(f"/api/{path}").status_code == 404


@pytest.mark.parametrize("version", Version)
def test_every_name_in_a_description_is_there(version):
    told = document("https://homeroom.springfield.example/api", "rostering", version)
    named = {
        tuple(reference.split("/")[2:])
        for reference in str(told).replace("'", '"').split('"')
        if reference.startswith("#/components/")
    }
    assert named <= {(part, name) for part in told["components"] for name in told["components"][part]}


def test_the_root_says_where_oneroster_is(served):
    assert served.client.get("/api/").json()["urls"]["oneRoster"] == f"{served.address}api/ims/oneroster"
