"""The made-up district as a workspace: its systems’ files, and the sources that read them."""

from __future__ import annotations

import json
from pathlib import Path

from homeroom.demo.maple_grove import WAREHOUSE_YEARS, make_maple_grove
from homeroom.errors import WrongUse
from homeroom.progress import Steps
from homeroom.settings import SETTINGS_FILE, Workspace

DISTRICT = "Maple Grove"
# In the workspace: what was made, beside the files of its systems.
MADE = Path("systems", "made.json")


def make_demo_workspace(
    folder: Path, students: int, source_kinds: tuple[str, ...], progress: Steps, warehouse_years: int = WAREHOUSE_YEARS
) -> Workspace:
    """A workspace for the made-up district in `folder`, with its systems' files in `systems/` and the sources added.

    `warehouse_years`: as `make_maple_grove` has it. What is there already stays. Raises WrongUse where the folder holds
    something else, or another number of students or years.
    """
    made = folder / MADE
    systems = made.parent
    size = {"students": students, "warehouse_years": warehouse_years}
    if made.exists():
        if json.loads(made.read_text("utf-8")) != size:
            raise WrongUse(
                f"{folder} holds a {DISTRICT} of another size already. Remove that folder, "
                "or name another one with --folder."
            )
        return Workspace.open(folder)
    if folder.exists() and any(folder.iterdir()) and not systems.exists():
        raise WrongUse(f"{folder} holds something else. Name another folder for {DISTRICT} with --folder.")
    with progress.step("make Maple Grove's files") as step:
        maple_grove = make_maple_grove(
            systems, students, progress=lambda _, rows: step.advance(rows), warehouse_years=warehouse_years
        )
    (folder / SETTINGS_FILE).unlink(missing_ok=True)
    workspace = Workspace.create(folder, DISTRICT)
    for source in maple_grove.sources:
        workspace.add_source(source.name, source.kind, source.path, source_kinds, source.options)
    made.write_text(json.dumps(size), "utf-8")
    return workspace
