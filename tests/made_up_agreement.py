"""A made-up agreement: its file, and the steps that make it hold."""

from pathlib import Path

from homeroom.access.agreements import kept, keys
from homeroom.access.agreements.file import read_file
from homeroom.access.agreements.states import State
from homeroom.access.door import Use

ASKED_BY, APPROVED_BY = "Ines Duarte", "Tom Becker"
FILE = """
provider = "Reading Trail, Inc."
app = "Reading Trail"
purposes = ["rostering", "assessment"]
schools = {schools}
begin = {begin}
end = {end}
subprocessors = ["Cloud Example, hosting"]
retention = "Until 60 days after the school year."
at_the_end = "deleted"
namespaces = {namespaces}
{more}

[contact]
name = "Ada Privacy"
email = "privacy@reading-trail.example"

[elements]
{elements}

[writes]
{writes}
"""
NAMED = (
    'Student = ["studentUniqueId", "firstName", "lastSurname"]\nStudentSchoolAssociation = ["schoolReference.schoolId"]'
)


def agreement_file(
    folder: Path,
    schools: object = '"all"',
    elements: str = NAMED,
    begin: str = "2020-01-01",
    end: str = "2099-12-31",
    writes: str = "",
    namespaces: str = "[]",
    more: str = "",
) -> Path:
    """The file of an agreement, in `folder`; nothing is written where no `writes` say so. `more`: lines in no table."""
    path = folder / "agreement.toml"
    path.write_text(
        FILE.format(
            schools=schools, elements=elements, begin=begin, end=end, writes=writes, namespaces=namespaces, more=more
        )
    )
    return path


async def made_active(use: Use, file: Path) -> int:
    """Ask for it, approve and activate it; the agreement's number."""
    number = (await kept.ask(use, read_file(file), ASKED_BY)).number
    await kept.change(use, number, State.APPROVED, APPROVED_BY)
    await kept.change(use, number, State.ACTIVE, APPROVED_BY)
    return number


async def given_key(use: Use, file: Path) -> keys.Key:
    """The key of an app under a new agreement that is active."""
    return await keys.add_client(use, await made_active(use, file), APPROVED_BY)
