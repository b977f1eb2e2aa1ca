"""The key of a district's log."""

import pytest

from homeroom.access.disclosure_log.signing_key import signing_key


@pytest.fixture
def key(tmp_path):
    return signing_key(tmp_path / "disclosure_log_key", "Maple Grove")
