"""Workspaces whose record is a database on the tests' server: no server is started for them, which takes seconds."""

from pathlib import Path

from homeroom.settings import Workspace


def own_workspace(folder: Path, record: str, district: str = "Maple Grove") -> Workspace:
    """A new workspace without sources in `folder`, its record the database at the URL `record`."""
    workspace = Workspace.create(folder, district)
    use_record(workspace, record)
    return workspace


def use_record(workspace: Workspace, record: str) -> None:
    """From now on the workspace's record is the database at the URL `record`."""
    settings = workspace.settings_file
    settings.write_text(f'{settings.read_text()}\n[record]\nurl = "{record}"\n')
