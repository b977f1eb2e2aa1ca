"""No row is lost: what was landed and is in no staged table is reported, with the reason.

The reasons of a table are asked in order; the last of them has no condition, so that every row finds one.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import duckdb
import pyarrow.compute as pc

from homeroom.consolidate.layered_table import LayeredTable
from homeroom.sources.report import Report, Rule

RULES = (
    Rule("to-be-deleted", "The source marks the row as to be deleted.", "Nothing to do: it is left out of the record."),
    Rule("no-identifier", "The row has no sourcedId.", "Export it with the identifier of what it is about."),
    Rule("unknown-organization-type", "The type of the organisation isn't known.", "Use school, district or state."),
    Rule("no-role", "Nothing says whether this person is a student, a contact or staff.", "Give the user a role."),
    Rule("no-session", "The class is in no term that the bundle tells.", "Add its termSourcedIds to academicSessions."),
    Rule("no-school", "The class has no school.", "Fill its schoolSourcedId."),
    Rule("no-section", "The class of this row is not here, or has no term or school.", "Mend the class first."),
    Rule("no-school-year", "The session has neither a school year nor dates to tell it.", "Fill its schoolYear."),
    Rule("unknown-enrollment-role", "The role in the class is neither student nor staff.", "Check the role."),
    Rule("unknown-user", "The row is about no known student, contact or member of staff.", "Send the user too."),
    Rule("no-organization", "The student belongs to no school or district here.", "Fill the user's organisations."),
    Rule("unused-category", "No line item is of this category.", "Nothing to do: a category is kept with its items."),
    Rule("grade-without-enrollment", "The student has no enrollment in the class.", "Send the enrollment too."),
    Rule("missing-value", "A value that ties the row to others is missing.", "Fill the row's identifiers."),
    Rule(
        "details-without-organization",
        "The student belongs to no school or district here, to which the record ties e-mail, phone, ids and race.",
        "Fill the user's organisations, or send orgs with the one district.",
        "value",
    ),
    Rule("no-place", "The record has no place for this kind of row.", "Nothing to do: it is kept as it was sent."),
)

_PERSON = "exists (select 1 from person_kind k where k.user_id = t.userSourcedId)"
_IDENTIFIED = ("no-identifier", "t.sourcedId is null")
_REASONS: Mapping[str, list[tuple[str, str]]] = {
    "orgs": [_IDENTIFIED, ("unknown-organization-type", "true")],
    "academicSessions": [_IDENTIFIED, ("no-school-year", "true")],
    "courses": [_IDENTIFIED],
    "resources": [_IDENTIFIED],
    "classes": [
        _IDENTIFIED,
        ("no-session", "not exists (select 1 from class_term c where c.source_row = t.source_row)"),
        ("no-school", "t.schoolSourcedId is null"),
        ("no-session", "true"),
    ],
    "users": [_IDENTIFIED, ("no-role", "true")],
    "demographics": [("no-identifier", "t.sourcedId is null and t.userSourcedId is null"), ("unknown-user", "true")],
    "enrollments": [
        ("missing-value", "t.classSourcedId is null or t.userSourcedId is null"),
        ("unknown-enrollment-role", "t.role is null or kind_of_role(t.role) = 'Contact'"),
        ("no-section", "true"),
    ],
    "roles": [("missing-value", "true")],
    "relationships": [("missing-value", "true")],
    "userFlags": [("missing-value", "t.userSourcedId is null or t.flag is null"), ("no-organization", "true")],
    "userProfiles": [
        ("missing-value", "t.userSourcedId is null or t.username is null"),
        ("unknown-user", f"not {_PERSON}"),
        ("no-organization", "true"),
    ],
    "categories": [_IDENTIFIED, ("unused-category", "true")],
    "lineItems": [_IDENTIFIED, ("no-section", "true")],
    "results": [
        ("missing-value", "t.lineItemSourcedId is null or t.studentSourcedId is null"),
        ("no-section", "exists (select 1 from item_by_id i where i.sourcedId = t.lineItemSourcedId "
         "and i.class_id is null)"),
        ("grade-without-enrollment", "true"),
    ],
}  # fmt: skip


# What a student's row says that hangs on the tie to an organisation, by table.
_DETAILS = {
    "users": "coalesce(t.email, t.phone, t.sms, t.username, t.identifier, t.userMasterIdentifier, t.userIds)"
    " is not null",
    "demographics": "coalesce(t.hispanicOrLatinoEthnicity, t.ethnicityCodes, t.raceCodes) is not null"
    " or yes(t.americanIndianOrAlaskaNative) or yes(t.asian) or yes(t.blackOrAfricanAmerican) or yes(t.white)"
    " or yes(t.nativeHawaiianOrOtherPacificIslander) or yes(t.demographicRaceTwoOrMoreRaces)",
}
_ABOUT = {"users": "t.sourcedId", "demographics": "coalesce(t.userSourcedId, t.sourcedId)"}


def report_details_without_place(connection: duckdb.DuckDBPyConnection, report: Report) -> None:
    """Tell the report of every row of a student without organisation whose details the record can't hold."""
    report.knows(RULES)
    for name, condition in _DETAILS.items():
        rows = connection.execute(
            f"""select t.source_row from "{name}" t
            join person_kind k on k.user_id = {_ABOUT[name]} and k.kind = 'Student'
            anti join home h on h.user_id = k.user_id where {condition} order by all"""
        ).to_arrow_table()
        report.row_problems(rows["source_row"].combine_chunks(), "details-without-organization")


def report_unstaged(
    connection: duckdb.DuckDBPyConnection, landed: Mapping[str, Path], staged: list[LayeredTable], report: Report
) -> None:
    """Tell the report of every landed row that gave no staged row."""
    report.knows(RULES)
    union = " union all ".join(f"select source_row from {table.sql}" for table in staged)
    connection.execute(f"create table accepted as {union or 'select null::bigint as source_row limit 0'}")
    for name, path in landed.items():
        reasons = [*_REASONS.get(name, []), ("no-place", "true")]
        case = " ".join(f"when {condition} then '{rule}'" for rule, condition in reasons)
        rows = connection.execute(
            f"""select l.source_row, case when t.source_row is null then 'to-be-deleted' {case} end as rule
            from {LayeredTable(path).sql} l anti join accepted a on a.source_row = l.source_row
            left join "{name}" t on t.source_row = l.source_row order by all"""
        ).to_arrow_table()
        for rule in rows.column("rule").unique().to_pylist():
            report.row_problems(rows.filter(pc.equal(rows["rule"], rule))["source_row"].combine_chunks(), rule)
