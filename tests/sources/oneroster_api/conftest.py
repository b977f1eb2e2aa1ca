"""Services of both versions, and who asks one of them."""

import pytest
from asking_district import District
from oneroster_server import oneroster_service

from homeroom.sources import authorized_service as asking


@pytest.fixture(autouse=True)
def impatient(monkeypatch):
    """Nothing is waited for."""
    monkeypatch.setattr(asking, "_FIRST_PAUSE", 0.0)


@pytest.fixture
def old():
    """A service of version 1.1, to which requests are signed."""
    with oneroster_service("1.1") as service:
        yield service


@pytest.fixture
def new():
    """A service of version 1.2, which gives tokens."""
    with oneroster_service("1.2") as service:
        yield service


@pytest.fixture
def district(tmp_path, old):
    return District(tmp_path, old)
