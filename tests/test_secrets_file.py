"""Secrets of sources lie apart from the settings, for their owner alone, and never show."""

import re
from pathlib import Path

import pytest

import homeroom.sources
from homeroom.errors import CannotRun
from homeroom.secrets_file import NAMES, is_secret, secrets_of


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "secrets.toml"
    path.write_text('[sis-api]\nclient_id = "homeroom"\nclient_secret = "swordfish"\n')
    path.chmod(0o600)
    return path


def test_a_source_has_its_own_secrets_alone(file):
    assert secrets_of("sis-api", file)["client_secret"] == "swordfish"
    assert "client_secret" not in secrets_of("warehouse", file)


def test_the_environment_counts_before_the_file(file, monkeypatch):
    monkeypatch.setenv("HOMEROOM_SIS_API_CLIENT_SECRET", "marlin")
    assert secrets_of("sis-api", file)["client_secret"] == "marlin"


def test_a_missing_secret_is_told_with_both_places_to_write_it(file):
    with pytest.raises(CannotRun, match=r"secrets\.toml.*HOMEROOM_WAREHOUSE_PASSWORD"):
        secrets_of("warehouse", file)["password"]


def test_a_file_that_others_can_read_is_refused(file):
    file.chmod(0o644)
    with pytest.raises(CannotRun, match="chmod 600"):
        secrets_of("sis-api", file)


def test_a_file_that_is_not_toml_is_told_without_its_words(file):
    file.write_text("[sis-api]\nclient_secret = swordfish\n")
    file.chmod(0o600)
    with pytest.raises(CannotRun) as problem:
        secrets_of("sis-api", file)
    assert "swordfish" not in str(problem.value)


def test_secrets_never_show_in_text(file):
    assert "swordfish" not in repr(secrets_of("sis-api", file))


def test_whatever_a_source_is_let_in_with_is_known_to_be_a_secret():
    modules = [path.read_text() for path in Path(homeroom.sources.__file__).parent.glob("*.py")]
    asked = {name for text in modules for name in re.findall(r'secrets(?:\.get\(|\[)"(\w+)"', text)}
    assert asked == set(NAMES)


@pytest.mark.parametrize("name", ["api_key", "apikey", "Secret", "bearer_token", "db_password", "credentials"])
def test_what_sounds_like_a_secret_is_taken_for_one(name):
    assert is_secret(name)


@pytest.mark.parametrize("name", ["namespace", "dates", "keyboard", "region"])
def test_what_does_not_is_not(name):
    assert not is_secret(name)
