"""Who uses the Admin API is a program in the name of a data manager, while the district calls that person one."""

import asyncio

import httpx
import pytest
from administrator_program import GRANT, SOMEBODY_ELSE, Program

from homeroom.access.accounts import kept as accounts
from homeroom.access.administration.administrators import add_administrator, remove_administrator
from homeroom.access.door import ask
from homeroom.access.permissions import Action, Role
from homeroom.errors import WrongUse


def token_of(program, **other):
    sent = {**GRANT, "client_id": program.key.key, "client_secret": program.key.secret, **other}
    return program.http.post("connect/token", data=sent)


def looked_after(program, question):
    return asyncio.run(ask(program.served.record, Action.LOOK_AFTER_ACCOUNTS, question))


def test_key_and_secret_give_a_token(program):
    told = token_of(program).json()
    assert (told["token_type"], told["expires_in"], told["scope"]) == ("Bearer", 1800, GRANT["scope"])
    basic = program.http.post("connect/token", data=GRANT, auth=(program.key.key, program.key.secret))
    assert basic.status_code == 200


@pytest.mark.parametrize(
    ("other", "status", "error"),
    [
        ({"client_secret": "wrong"}, 401, "invalid_client"),
        ({"scope": "everything"}, 400, "invalid_scope"),
        ({"grant_type": "password"}, 400, "unsupported_grant_type"),
    ],
)
def test_what_is_wrong_gives_none(program, other, status, error):
    answered = token_of(program, **other)
    assert (answered.status_code, answered.json()["error"]) == (status, error)


def test_a_key_that_nobody_has_gives_none(program):
    # Other tests fail at the same address, after ten failures of which nobody is let try for a while.
    assert token_of(program, client_id="nobody").status_code in (401, 429)


def test_nobody_makes_themselves_an_administrator(program):
    sent = {"ClientId": "me", "ClientSecret": "A" * 32, "DisplayName": "Me"}
    refused = program.http.post("connect/register", data=sent)
    assert refused.status_code == 403
    assert "homeroom administrator add" in refused.json()["detail"]


def test_without_a_token_nothing_but_the_description_is_told(program):
    base, nobody = str(program.http.base_url), httpx.Client()
    assert nobody.get(base).json()["version"] == "2.3"
    paths = nobody.get(f"{base}swagger/v2/swagger.json").json()["paths"]
    asked = [(verb, path) for path, verbs in paths.items() for verb in verbs]
    assert len(asked) > 40
    for verb, path in asked:
        place = f"{program.served.address}api{path}".replace("{tenantName}", "default")
        while "{" in place:
            place = place[: place.index("{")] + "1" + place[place.index("}") + 1 :]
        answered = nobody.request(verb, place, content=b'{"x": 1}')
        assert (answered.status_code, answered.json()["title"]) == (401, "Authentication Failed"), (verb, path)


def test_an_apps_token_is_none_for_it_and_its_token_none_for_the_record(program, app):
    token = app().client.headers["Authorization"]
    assert program.http.get("v2/vendors", headers={"Authorization": token}).status_code == 401
    record = f"{program.served.address}api/data/v3/ed-fi/students"
    assert httpx.get(record, headers={"Authorization": program.http.headers["Authorization"]}).status_code == 401


def test_it_ends_with_the_account(served):
    program = Program.of(served)
    assert program.http.get("v2/vendors").status_code == 200
    looked_after(program, lambda use: accounts.end(use, program.account, SOMEBODY_ELSE))
    assert program.http.get("v2/vendors").status_code == 401
    assert token_of(program).status_code == 401


def test_it_ends_when_it_is_removed(served):
    program = Program.of(served)
    looked_after(program, lambda use: remove_administrator(use, program.key.key, SOMEBODY_ELSE))
    assert program.http.get("v2/vendors").status_code == 401
    assert token_of(program).status_code == 401
    with pytest.raises(WrongUse, match="removed before"):
        looked_after(program, lambda use: remove_administrator(use, program.key.key, SOMEBODY_ELSE))


def test_only_for_a_data_manager_one_is_given(program):
    async def officer(use):
        made = await accounts.add(use, "Ada", "Tom", role=Role.PRIVACY_OFFICER, approved_by="Ruth")
        return await add_administrator(use, made.number, SOMEBODY_ELSE)

    with pytest.raises(WrongUse, match="not a district data manager's now"):
        looked_after(program, officer)
    with pytest.raises(WrongUse, match="does the work of one person"):
        looked_after(program, lambda use: add_administrator(use, None, SOMEBODY_ELSE))
    with pytest.raises(WrongUse, match="There is no account 99999"):
        looked_after(program, lambda use: add_administrator(use, 99_999, SOMEBODY_ELSE))
