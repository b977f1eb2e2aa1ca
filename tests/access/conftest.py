"""Maple Grove's record, asked through the door."""

import pytest

from homeroom.access.door import prepare
from homeroom.settings import Workspace


@pytest.fixture(scope="session")
def district(maple_grove: Workspace) -> str:
    """The URL of Maple Grove's record, ready to be asked."""
    url = maple_grove.settings().record_url
    assert url
    prepare(url)
    return url
