"""The interface as a whole: where it stands, what it is called, and what it says when something is wrong."""

import httpx
import pytest
from served_pages import serving


@pytest.mark.parametrize("path", ["api", "api/"])
def test_the_root_says_where_everything_is(served, path):
    answered = served.client.get(f"/{path}")
    assert answered.status_code == 200
    root = answered.json()
    assert {"version", "suite", "dataModels", "urls"} <= set(root)
    assert root["dataModels"][0]["name"] == "Ed-Fi"
    base = f"{served.address}api"
    assert root["urls"]["oauth"] == f"{base}/oauth/token"
    assert root["urls"]["identity"] == f"{base}/identity/v2"
    assert {"dependencies", "dataManagementApi"} <= set(root["urls"])
    for name in ("openApiMetadata", "dependencies", "changeQueries"):
        assert root["urls"][name].startswith(base)


@pytest.mark.parametrize(
    ("method", "path", "status", "kind"),
    [
        ("GET", "/api/nothing", 404, "not-found"),
        ("DELETE", "/api/oauth/token", 405, "method-not-allowed"),
        ("GET", "/api/static/homeroom.css", 404, "not-found"),
    ],
)
def test_every_answer_that_is_a_problem_says_so(served, method, path, status, kind):
    answered = served.client.request(method, path)
    assert (answered.status_code, answered.json()["type"]) == (status, f"urn:ed-fi:api:{kind}")
    assert answered.headers["content-type"] == "application/problem+json"
    assert answered.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "192.168.1.5", "["])
def test_a_name_that_is_not_its_own_is_refused(served, host):
    answered = served.client.get("/api/", headers={"Host": host})
    assert answered.status_code == 400
    assert answered.json()["type"] == "urn:ed-fi:api:bad-request"


def test_a_form_guard_of_the_pages_does_not_stand_before_programs(served):
    answered = served.client.post("/api/oauth/token", data={}, headers={"Origin": "https://app.example"})
    assert answered.status_code == 400
    assert answered.json()["error"] == "invalid_request"


def test_the_pages_are_where_they_were(served):
    assert served.client.get("/").headers["content-type"].startswith("text/html")
    assert served.client.get("/apiary").headers["content-type"].startswith("text/html")
    assert served.client.post("/students", headers={"Origin": "https://evil.example"}).status_code == 403


def test_the_interface_does_not_open_the_pages_to_other_names(served):
    assert httpx.get(served.address, headers={"Host": "homeroom.springfield.example"}).status_code == 400


def test_apps_come_by_the_name_that_the_district_gave_it(record, tmp_path):
    def named(workspace):
        text = workspace.settings_file.read_text()
        workspace.settings_file.write_text(f'{text}\n[api]\naddress = "https://homeroom.springfield.example/api"\n')

    for served in serving(record, tmp_path, named):
        by_name = {"Host": "homeroom.springfield.example"}
        urls = served.client.get("/api/", headers=by_name).json()["urls"]
        assert urls["identity"] == "https://homeroom.springfield.example/api/identity/v2"
        assert served.client.get("/", headers=by_name).status_code == 400
        assert served.client.get("/api/").json()["urls"]["oauth"] == f"{served.address}api/oauth/token"
