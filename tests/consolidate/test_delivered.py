"""What a source delivers now is kept in the landing, wherever its files lie."""

import pytest
from servers import SSHD, sftp_server

from homeroom.consolidate.delivered import deliver
from homeroom.errors import CannotRun
from homeroom.settings import Workspace
from homeroom.sources.archive import ArchiveLimits

KINDS = ("oneroster-csv",)


@pytest.fixture
def workspace(tmp_path):
    return Workspace.create(tmp_path / "district", "Maple Grove")


def delivered(workspace):
    (source,) = workspace.settings().sources
    return deliver(source, workspace, ArchiveLimits())


@pytest.mark.skipif(SSHD is None, reason="OpenSSH's server is not installed")
def test_files_of_an_sftp_server_are_kept_and_nothing_else_is_left(workspace, tmp_path):
    with sftp_server(tmp_path) as server:
        (server.drop / "orgs.csv").write_text("sourcedId,name\n1,Maple Grove\n")
        workspace.add_source("sis", "oneroster-csv", server.address, KINDS, {"host_key": server.host_key})
        workspace.secrets_file.write_text(f'[sis]\nprivate_key = "{server.key}"\n')
        workspace.secrets_file.chmod(0o600)
        delivery = delivered(workspace)
    assert [file.path for file in delivery.files] == ["orgs.csv"]
    assert [path.name for path in workspace.landing.iterdir()] == ["sis"]


def test_of_a_pattern_the_newest_file_is_kept(workspace, tmp_path):
    for name in ("orgs-1.csv", "orgs-2.csv"):
        (tmp_path / name).write_text(f"sourcedId,name\n1,{name}\n")
    workspace.add_source("sis", "oneroster-csv", tmp_path / "orgs-*.csv", KINDS)
    assert [file.path for file in delivered(workspace).files] == ["orgs-2.csv"]


def test_an_address_that_can_not_be_asked_leaves_nothing(workspace):
    workspace.add_source("sis", "oneroster-csv", "ftp://vendor.example/out", KINDS)
    with pytest.raises(CannotRun, match="sftp://"):
        delivered(workspace)
    assert list(workspace.landing.iterdir()) == []
