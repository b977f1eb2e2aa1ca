"""A bundle for the app of an agreement, taken by somebody at the district's own machine."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

from homeroom.access.agreements import kept
from homeroom.access.agreements.agreement import Agreement
from homeroom.access.agreements.states import same_person
from homeroom.access.door import Door
from homeroom.access.oneroster.csv_bundle import write_bundle
from homeroom.access.oneroster.csv_delta import write_delta
from homeroom.access.permissions import THIS_MACHINE, Action, Principal, Purpose, Role, purpose_of
from homeroom.errors import WrongUse


async def export_bundle(
    url: str, number: int, folder: Path, by: str, approved_by: str = "", since: Sequence[Path] = ()
) -> Mapping[str, int]:
    """Write all that an agreement lets its app have into a new folder; the rows of each file by its name.

    `since`: the manifests of earlier bundles, where only what has changed is to be written (`csv_delta`).
    Who is in it is logged as shown to the app, and who took it: `by`. A whole district leaves with two people, of whom
    the second is `approved_by`. Raises WrongUse where they are not named or the folder is there, and Refused where the
    agreement is not in force.
    """
    if not by.strip():
        raise WrongUse("Say who takes the files: --by NAME")
    if folder.exists():
        raise WrongUse(f"{folder} is there already. Name a new folder.")
    unfinished = folder.with_name(f"{folder.name}.unfinished")
    async with Door(url) as door:
        async with door.use(THIS_MACHINE, Action.SEE_AGREEMENTS, Purpose.CONSOLIDATION) as use:
            app = _app_of(await kept.agreement(use, number))
        taken_by = _taken_by(app, by.strip(), approved_by.strip())
        action = Action.READ_RESOURCES
        try:
            async with door.use(app, action, purpose_of(app, action)) as use:
                unfinished.mkdir(0o700, parents=True)
                written = await (
                    write_delta(use, unfinished, taken_by, since) if since else write_bundle(use, unfinished, taken_by)
                )
        except BaseException:
            shutil.rmtree(unfinished, ignore_errors=True)
            raise
    # The folder has its name when the log has its entry.
    unfinished.rename(folder)
    return written


def _taken_by(app: Principal, by: str, approved_by: str) -> str:
    """Who takes the files, in the words of the log. Raises WrongUse where one person would take a whole district."""
    if app.agreement is None or app.agreement.terms.schools is not None:
        return by[: kept.LONGEST_WORDS]
    if not approved_by or same_person(by, approved_by):
        raise WrongUse("The agreement is for the whole district: somebody else has to approve it. --approved-by NAME")
    return f"{by}, approved by {approved_by}"[: kept.LONGEST_WORDS]


def _app_of(agreement: Agreement) -> Principal:
    """The app for which the files are: nobody's key, as whoever may take them decides how many students are in them."""
    terms = agreement.terms
    return Principal(f"{terms.app} of {terms.provider}", Role.APP, agreement)
