"""What a settings file may say of where people find the pages, and by whom they sign in."""

import pytest

from homeroom.errors import CannotRun
from homeroom.jobs.sign_in_ways import sign_in_ways
from homeroom.settings import SignInSettings, Workspace

PROVIDER = '[sign_in]\nissuer = "https://accounts.springfield.example"\nclient_id = "homeroom"\n'


@pytest.fixture
def workspace(tmp_path) -> Workspace:
    return Workspace.create(tmp_path / "district", "Springfield")


def say(workspace: Workspace, text: str) -> None:
    workspace.settings_file.write_text(f"{workspace.settings_file.read_text()}\n{text}")


def test_a_new_workspace_has_no_provider_and_shows_its_pages_to_this_machine(workspace):
    assert (workspace.settings().sign_in, workspace.settings().pages_address) == (None, None)
    ways = sign_in_ways(workspace)
    assert (ways.address, ways.provider, ways.demo) == (None, None, None)


def test_a_provider_and_the_address_of_the_pages_are_read(workspace):
    say(workspace, '[pages]\naddress = "https://Homeroom.springfield.example/"\n' + PROVIDER)
    settings = workspace.settings()
    assert settings.pages_address == "https://homeroom.springfield.example"
    assert settings.sign_in == SignInSettings("https://accounts.springfield.example", "homeroom")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('[sign_in]\nissuer = "https://a.example"', "no client_id"),
        ('[sign_in]\nclient_id = "homeroom"', "no issuer"),
        ('[sign_in]\nissuer = "http://accounts.example"\nclient_id = "homeroom"', "begins with https"),
        (PROVIDER + 'client_secret = "x"', "secrets.toml"),
        (PROVIDER + 'isuer = "x"', "Was issuer meant"),
        ('[pages]\naddress = "http://homeroom.springfield.example"', "https://"),
        ('[pages]\naddress = "https://homeroom.springfield.example/pages"', "https:// and a name"),
    ],
)
def test_what_cannot_be_is_refused_with_what_to_do(workspace, text, words):
    say(workspace, text)
    with pytest.raises(CannotRun, match=words):
        workspace.settings()


def test_a_provider_without_its_secret_is_told_where_to_write_it(workspace):
    say(workspace, PROVIDER)
    with pytest.raises(CannotRun, match=r"secrets\.toml"):
        sign_in_ways(workspace)


@pytest.mark.parametrize("where", ["file", "variable"])
def test_the_secret_of_a_provider_lies_apart_from_the_settings(workspace, monkeypatch, where):
    say(workspace, PROVIDER)
    if where == "file":
        workspace.secrets_file.write_text('[sign_in]\nclient_secret = "x"\n')
        workspace.secrets_file.chmod(0o600)
    else:
        monkeypatch.setenv("HOMEROOM_SIGN_IN_CLIENT_SECRET", "x")
    assert sign_in_ways(workspace).provider
