"""Another natural key for a row, at an app's wish: what refers to the row follows.

That is a dozen statements on tables of which the app may write one. They are made as the record's owner, between two
looks at the row as the app; it is rare, so that it has a connection and a thread of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

import psycopg
from psycopg import ConnectionInfo, sql
from psycopg.conninfo import make_conninfo

from homeroom.access.door import Refused
from homeroom.access.resources.refusals import ChangedSince, KeyInUse, NoSuchRow, NotValid, SourcesSay, Unresolved
from homeroom.access.resources.tables import KEY_CHANGED
from homeroom.access.resources.writer import (
    AS_OWNER,
    AS_WRITER,
    BECOME,
    ROLE,
    Writer,
    busy,
    check_free,
    noted,
)
from homeroom.record.descriptors import unknown
from homeroom.record.document import Document, InvalidDocument
from homeroom.record.identifiers import table
from homeroom.record.key_change import SaidBySources, change_key
from homeroom.record.upsert import KeyTaken, unknown_codes

# Those whose keys the Ed-Fi ODS/API lets be changed (`x-Ed-Fi-isUpdatable` in its description of the resources).
KEYS_THAT_CHANGE = frozenset({
    "ClassPeriod", "Grade", "GradebookEntry", "Location", "Section", "Session", "StudentSchoolAssociation",
    "StudentSectionAssociation",
})  # fmt: skip


def change_key_of_row(
    info: ConnectionInfo,
    writer: Writer,
    taken: Document,
    document: Any,
    id_: UUID,
    written: tuple[str, ...],
    fits: Callable[[str], bool],
) -> int:
    """Make the row what the document says, its key included; its new change version. `info`: where the record is.

    Raises NoSuchRow; ChangedSince where `fits` says no; Refused where the row is out of reach then; NotValid;
    Unresolved; KeyInUse; SourcesSay where the sources say the key; Busy.
    """
    resource = taken.resource
    asked = sql.SQL("select change_version from {} where id = %s").format(table(resource))
    try:
        with psycopg.connect(make_conninfo(info.dsn, password=info.password)) as record:
            check_free(record.execute(BECOME, writer.settings | AS_WRITER).fetchone())
            row = record.execute(asked + sql.SQL(" for update"), [id_]).fetchone()
            if row is None:
                raise NoSuchRow("There is no such row, or none that the agreement lets you see.")
            if not fits(str(row[0])):
                raise ChangedSince("The row was changed since it was read. Read it again, and then change it.")
            record.execute(ROLE, AS_OWNER)
            if lacking := unknown_codes(taken.codes, unknown(record, taken.codes.values())):
                raise NotValid(lacking)
            changed = change_key(record, resource, id_, document, writer.name, written, against_sources=False)
            record.execute(ROLE, AS_WRITER)
            if record.execute(asked + sql.SQL(" for update"), [id_]).fetchone() is None:
                raise Refused(f"With this key the {resource} would be out of the agreement's reach.")
            one = sql.SQL("(select %(id)s::uuid as id) as changed")
            record.execute(noted(sql.SQL("id"), sql.Literal(KEY_CHANGED), resource, one), writer.settings | {"id": id_})
    except InvalidDocument as problem:
        raise Unresolved(problem.faults) from None
    except KeyTaken as problem:
        raise KeyInUse(str(problem)) from None
    except SaidBySources as problem:
        raise SourcesSay(str(problem)) from None
    except (psycopg.errors.LockNotAvailable, psycopg.errors.DeadlockDetected):
        raise busy() from None
    return changed.change_version
