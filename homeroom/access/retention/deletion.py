"""What is due is looked at by one person, asked for by one and approved by another, and deleted with a certificate."""

from __future__ import annotations

import hashlib
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import astuple, dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from psycopg.types.json import Jsonb

from homeroom.access import disclosures
from homeroom.access.agreements.kept import LONGEST_WORDS
from homeroom.access.agreements.states import same_person
from homeroom.access.disclosure_log.entry import new_salt
from homeroom.access.door import Use
from homeroom.access.retention.apps import concerned, tell
from homeroom.access.retention.certificate import digest
from homeroom.access.retention.holds import held_students
from homeroom.errors import CannotRun, WrongUse
from homeroom.model.columns import columns, table_name
from homeroom.record.retention.due import due_statements
from homeroom.record.retention.let_go import let_go_statements
from homeroom.record.retention.schedules import BESIDE_THE_RECORD, Schedules
from homeroom.record.run_lock import TAKE_FOR_TRANSACTION

# A request that nobody approves for so long counts no more: what is due has become something else.
DAYS_TO_APPROVE = 30


@dataclass(frozen=True)
class Due:
    """What is due of a resource: how many rows, about how many students, and since when the oldest is."""

    resource: str
    rows: int
    students: int
    oldest: date


@dataclass(frozen=True)
class Files:
    """What lies in the workspace's folder. `deliveries`, `files`: how many are let go of; `kept`: by source, those that
    stay, which may hold what was deleted until their source sends something else."""

    deliveries: int
    files: int
    kept: Mapping[str, int]


async def due(use: Use, schedules: Schedules, day: date) -> Sequence[Due]:
    """What is due on `day`, by resource, the oldest first. Nothing is changed.

    Empty where everything is held.
    """
    held = await held_students(use)
    if held is None:
        return []
    await _find(use, schedules, day, held)
    rows = await use.rows(_count(schedules))
    # They end with the transaction; who asks twice in one finds it empty.
    await use.record.execute("drop table due, departed, held")
    return [Due(**row) for row in rows]


async def never_left(use: Use) -> int:
    """Of how many students the record holds no enrollment at all: nobody knows whether they left."""
    row = await use.row(_NO_ENROLLMENT)
    return int(row["students"]) if row else 0


async def ask(use: Use, schedules: Schedules, day: date, by: str) -> int:
    """Ask for what is due on `day` to be deleted; somebody else has to approve it. The request's number."""
    if not by.strip():
        raise WrongUse("Say who asks: --by NAME")
    row = await use.row(_ASK, day=day, schedules=fingerprint(schedules), by=by.strip()[:LONGEST_WORDS])
    return int((row or {})["number"])


async def open_requests(use: Use) -> Sequence[dict[str, Any]]:
    """The requests that wait for somebody to approve them: number, as_of, by and at."""
    return await use.rows(_OPEN, days=timedelta(days=DAYS_TO_APPROVE))


async def approve(
    use: Use,
    schedules: Schedules,
    number: int,
    by: str,
    district: str,
    remove_files: Callable[[], Awaitable[Files]],
) -> dict[str, Any]:
    """Delete what was asked for, and give the certificate. `remove_files` lets go of what lies in the workspace.

    It is one transaction: either all of it is deleted and certified, or nothing. Raises WrongUse where nobody or the
    same person approves it, where the schedules changed since, or where everything is held, and CannotRun while a run
    is under way.
    """
    request = await _request(use, number, by, schedules)
    if not (await use.row(TAKE_FOR_TRANSACTION) or {}).get("taken"):
        raise CannotRun("A run is under way. Nothing was deleted; approve it when the run is done.")
    held = await held_students(use)
    if held is None:
        raise WrongUse("Everything is held: nothing may be deleted. See: homeroom retention holds")
    await _find(use, schedules, request["as_of"], held)
    rows = await use.rows(_count(schedules))
    for statement in let_go_statements(schedules, request["as_of"]):
        await use.record.execute(statement)
    counted = await use.rows(_COUNTED)
    students = await use.row(_STUDENTS)
    gone = _by_resource(rows, counted, schedules)
    told = await concerned(use, [one["resource"] for one in gone])
    files = await remove_files()
    certificate = {
        "number": number,
        "district": district,
        "asked_by": request["by"],
        "asked_at": _moment(request["at"]),
        "approved_by": by.strip()[:LONGEST_WORDS],
        "approved_at": _moment(datetime.now(UTC)),
        "as_of": request["as_of"].isoformat(),
        "deleted": gone,
        "persons": (students or {})["persons"],
        "held_students": len(held),
        "landing": {"deliveries": files.deliveries, "files": files.files, "kept": dict(files.kept)},
        "apps": [
            {"agreement": one.number, "app": one.terms.app, "provider": one.terms.provider, "resources": names}
            for one, names in told
        ],
        "not_covered": NOT_COVERED,
    }
    await use.row(_CERTIFY, request=number, document=Jsonb(certificate))
    await tell(use, number, told, datetime.now(UTC).date())
    await _log(use, certificate)
    return certificate


async def certificates(use: Use) -> Sequence[dict[str, Any]]:
    """All certificates, the newest first."""
    return [row["document"] for row in await use.rows(_CERTIFICATES, number=None)]


async def certificate(use: Use, number: int) -> dict[str, Any]:
    """One certificate. Raises WrongUse where there is none."""
    row = await use.row(_CERTIFICATES, number=number)
    if row is None:
        raise WrongUse(f"There is no certificate {number}. See: homeroom retention certificates")
    found: dict[str, Any] = row["document"]
    return found


def fingerprint(schedules: Schedules) -> bytes:
    """A hash of what counts, by which it is seen whether it is the same still."""
    return hashlib.sha256(repr(sorted(map(astuple, schedules.values()))).encode()).digest()


# What a certificate says of what it does not say.
NOT_COVERED = (
    "Copies of the district outside Homeroom, exports, and backups made before: they have schedules of their own. The "
    "disclosure log, which names who was shown a student's data, by the student's id, for as long as the law asks for "
    "it; accounts, what families decided about apps, and the list of what apps wrote, which hold ids. The keys of "
    "deleted rows, by which apps learn that these are gone. What a source's newest delivery holds."
)


async def _find(use: Use, schedules: Schedules, day: date, held: Sequence[str]) -> None:
    for statement in due_statements(schedules, day, held):
        await use.record.execute(statement)


async def _request(use: Use, number: int, by: str, schedules: Schedules) -> dict[str, Any]:
    row = await use.row(_REQUEST, number=number, days=timedelta(days=DAYS_TO_APPROVE))
    if row is None:
        raise WrongUse(f"There is no request {number}. Ask first: homeroom retention delete --by NAME")
    if row["done"]:
        raise WrongUse(f"Request {number} was carried out. See: homeroom retention certificate {number}")
    if row["late"]:
        raise WrongUse(f"Request {number} waited for too long. Ask anew: homeroom retention delete --by NAME")
    if not by.strip() or same_person(row["by"], by):
        raise WrongUse("What is deleted is gone: two people decide it. Somebody else has to approve it: --by NAME")
    if bytes(row["schedules"]) != fingerprint(schedules):
        raise WrongUse("The schedules are others than when it was asked for. Look at what is due, and ask anew.")
    return row


def _by_resource(
    rows: Sequence[Mapping[str, Any]], counted: Sequence[Mapping[str, Any]], schedules: Schedules
) -> list[dict[str, Any]]:
    """What was deleted of each resource, with the schedule that decided."""
    oldest = {row["resource"]: row["oldest"].isoformat() for row in rows}
    found = []
    for one in counted:
        schedule = schedules[one["resource"]]
        found.append(
            {
                "resource": one["resource"],
                "rows": one["rows"],
                "history": one["history"],
                "kept": schedule.words,
                "source": schedule.source,
                "own_schedule": schedule.own,
                **({"due_since": oldest[one["resource"]]} if one["resource"] in oldest else {}),
            }
        )
    return found


async def _log(use: Use, made: Mapping[str, Any]) -> None:
    """An entry of the disclosure log that shows nobody: it holds the certificate's hash."""
    await use.record.execute(
        disclosures.WRITE,
        {
            "at": datetime.now(UTC),
            "principal": use.principal.name,
            "role": str(use.principal.role),
            "purpose": str(use.purpose),
            "action": f"delete what is due: certificate {made['number']}, SHA-256 {digest(made)}",
            "students": [],
            "on_behalf_of": f"{made['asked_by']}, approved by {made['approved_by']}"[:LONGEST_WORDS],
            "agreement": None,
            "shown": Jsonb({}),
            "salt": new_salt(),
        },
    )


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _count(schedules: Schedules) -> str:
    """A question for what is in `due`, by resource, with how many students it is about."""
    about = " union all ".join(
        f"select '{resource}', id, {column.name} from edfi.{table_name(resource)}"
        for resource in schedules
        if resource not in BESIDE_THE_RECORD
        for column in columns(resource)
        if column.key and column.identifies == "Student"
    )
    return f"""
        select resource, count(distinct due.id) as rows, count(distinct student) as students, min(since) as oldest
        from due left join ({about}) as about (resource, id, student) using (resource, id)
        group by resource order by oldest, resource
    """


_NO_ENROLLMENT = """
    select count(*) as students from edfi.student where not exists (
        select from edfi.student_school_association as enrollment
        where enrollment.student_unique_id = student.student_unique_id)
"""
_ASK = """
    insert into access.retention_request (as_of, schedules, by) values (%(day)s, %(schedules)s, %(by)s)
    returning number
"""
_OPEN = """
    select number, as_of, by, at from access.retention_request as request
    where at > now() - %(days)s
        and not exists (select from access.retention_certificate as done where done.request = request.number)
    order by number desc
"""
_REQUEST = """
    select number, as_of, schedules, by, at, at <= now() - %(days)s as late,
        exists (select from access.retention_certificate where request = number) as done
    from access.retention_request where number = %(number)s
"""
_COUNTED = """
    select resource, coalesce(sum(rows) filter (where what in ('rows', 'received')), 0)::bigint as rows,
        coalesce(sum(rows) filter (where what = 'history'), 0)::bigint as history
    from let_go_count where what <> 'identities' group by 1 having sum(rows) > 0 order by 1
"""
_STUDENTS = """
    select coalesce(jsonb_object_agg(resource, rows), '{}') as persons from let_go_count
    where what = 'rows' and resource in ('Student', 'Contact', 'Staff')
"""
_CERTIFY = """
    insert into access.retention_certificate (request, document) values (%(request)s, %(document)s) returning request
"""
_CERTIFICATES = """
    select document from access.retention_certificate where request = coalesce(%(number)s::bigint, request)
    order by request desc
"""
