"""A command as somebody at a terminal gives it, in a workspace of its own."""

import commands
import pytest
from own_workspace import own_workspace


@pytest.fixture
def homeroom(record, tmp_path):
    """A command in a workspace of its own; it gives what was printed, or the sentence of the refusal."""
    place = own_workspace(tmp_path / "district", record)

    def run(*words):
        done = commands.homeroom(*words, "--workspace", place.root)
        assert "Traceback" not in done.stderr
        return done.stdout if done.returncode == 0 else f"{done.returncode} {done.stderr}"

    return run
