"""Whom and what an app may write of, as functions of the database that look at one person or organization alone.

`homeroom.access.resources.reach` says who is within reach, as whole sets, by which pages are read; a row that is
written asks of the few whom it names. Both give the same answer.
"""

from __future__ import annotations

from psycopg import sql

from homeroom.access.disclosures import SCHEMA
from homeroom.access.resources.reach import AGREEMENT, STAFF_AT, created_here, placed
from homeroom.model.columns import EDUCATION_ORGANIZATION
from homeroom.record.identifiers import table

# The transaction's setting that says who writes, as it stands in the rows.
WRITER = "homeroom.writer"

# The function that tells whether one is within reach, by the kind of what a column identifies.
REACHES = {
    "Student": "reaches_student",
    "Contact": "reaches_contact",
    "Staff": "reaches_staff",
    EDUCATION_ORGANIZATION: "reaches_organization",
}
PERSONS = ("Student", "Contact", "Staff")


def write_functions() -> sql.Composed:
    """The statements that make the functions."""
    made = {
        "agreement_number()": ("bigint", _NUMBER),
        "whole_district()": ("boolean", _WHOLE_DISTRICT),
        "unrestricted(resource text)": ("boolean", _UNRESTRICTED),
        "may_write(resource text)": ("boolean", _MAY_WRITE),
        "may_delete(resource text, row_id uuid)": ("boolean", _MAY_DELETE),
        "within_namespace(namespace text)": ("boolean", _WITHIN_NAMESPACE),
        **{f"owns_{kind.lower()}(unique_id text)": ("boolean", _owns(kind)) for kind in PERSONS},
        "reaches_organization(id bigint)": ("boolean", _REACHES_ORGANIZATION),
        "reaches_student(unique_id text)": ("boolean", _REACHES_STUDENT),
        "reaches_contact(unique_id text)": ("boolean", _REACHES_CONTACT),
        "reaches_staff(unique_id text)": ("boolean", _reaches_staff()),
        "reaches(kind text, id text)": ("boolean", _REACHES),
        "may_name_student(unique_id text)": ("boolean", _MAY_NAME_STUDENT),
    }
    return sql.SQL(";\n").join(
        sql.SQL(
            "create or replace function {}.{} returns {} language sql stable security definer"
            " set search_path = pg_catalog, pg_temp as {}"
        ).format(sql.Identifier(SCHEMA), sql.SQL(signature), sql.SQL(type_), sql.Literal(question.as_string(None)))
        for signature, (type_, question) in made.items()
    )


def signatures() -> list[sql.Composed]:
    """The functions that a statement or a policy calls, as they are granted."""
    calls = {
        "may_write": "text",
        "may_delete": "text, uuid",
        "whole_district": "",
        "unrestricted": "text",
        "within_namespace": "text",
        "reaches_organization": "bigint",
        "reaches_student": "text",
        "reaches_contact": "text",
        "reaches_staff": "text",
        "reaches": "text, text",
        "may_name_student": "text",
    }
    return [sql.SQL("{}({})").format(sql.Identifier(SCHEMA, name), sql.SQL(types)) for name, types in calls.items()]


def reaches(value: sql.Composable, kind: str) -> sql.Composed:
    """Whether a value that identifies somebody or something of a kind is within reach, or its agreement's own."""
    return sql.SQL("{}({})").format(sql.Identifier(SCHEMA, REACHES[kind]), value)


_NUMBER = sql.SQL("select nullif(current_setting({}, true), '')::bigint").format(sql.Literal(AGREEMENT))
_WHOLE_DISTRICT = sql.SQL(
    "select coalesce((select terms ->> 'schools' = 'all' from access.terms_in_force() as terms), false)"
)
_UNRESTRICTED = sql.SQL(
    "select coalesce((select terms -> 'unrestricted' ? resource from access.terms_in_force() as terms), false)"
)
_MAY_WRITE = sql.SQL(
    "select coalesce((select terms -> 'writes' ? resource from access.terms_in_force() as terms), false)"
)
# Whoever writes a resource whole may delete its rows; others those that apps of the agreement created.
_MAY_DELETE = sql.SQL(
    """
    select coalesce((select terms -> 'writes' ->> resource = 'all' or (terms -> 'writes' ? resource and {own})
        from access.terms_in_force() as terms), false)
    """
).format(own=created_here(sql.SQL("$2")))
# A namespace is one's own with all that stands below it: `uri://a.example` is not that of `uri://a.example.org`.
_WITHIN_NAMESPACE = sql.SQL(
    """
    select exists (select from access.terms_in_force() as terms,
        jsonb_array_elements_text(coalesce(terms -> 'namespaces', '[]')) as own
        where starts_with(namespace || '/', own || '/'))
    """
)
_REACHES_ORGANIZATION = sql.SQL("select access.whole_district() or id in (select access.organizations())")
_REACHES_STUDENT = sql.SQL(
    """
    select unique_id not in (select access.opted_out()) and (access.whole_district() or exists (
        select from edfi.student_school_association as enrolled, access.terms_in_force() as terms
        where enrolled.student_unique_id = unique_id
            and enrolled.school_id = any (array(select access.schools()))
            and enrolled.entry_date <= (terms ->> 'end')::date
            and coalesce(enrolled.exit_withdraw_date >= (terms ->> 'begin')::date, true)
    ) or access.owns_student(unique_id))
    """
)
_REACHES_CONTACT = sql.SQL(
    """
    select unique_id not in (select access.opted_out_contacts()) and (access.whole_district() or exists (
        select from edfi.student_contact_association as contact
        where contact.contact_unique_id = unique_id and access.reaches_student(contact.student_unique_id)
    ) or access.owns_contact(unique_id))
    """
)
_REACHES = sql.SQL(
    """
    select case kind when 'Student' then access.reaches_student(id) when 'Contact' then access.reaches_contact(id)
        when 'Staff' then access.reaches_staff(id) else false end
    """
)
# An id that was given to somebody, or was somebody's once, is no new student's, but for whom it was given under the
# agreement.
_MAY_NAME_STUDENT = sql.SQL(
    """
    select exists (select from edfi.student where student_unique_id = unique_id)
        or not exists (select from consolidation.created_identity as created where created.unique_id = $1
                and created.agreement is distinct from access.agreement_number())
            and not exists (select from consolidation.identity_history as past
                where past.kind = 'Student' and past.unique_id = $1)
    """
)


def _owns(kind: str) -> sql.Composed:
    return sql.SQL("select exists (select from {} as own where own.{} = $1 and {}) and not exists ({})").format(
        table(kind),
        sql.Identifier(f"{kind.lower()}_unique_id"),
        created_here(sql.Identifier("own", "id")),
        placed(kind, sql.SQL("$1")),
    )


def _reaches_staff() -> sql.Composed:
    at = sql.SQL(" union all ").join(
        sql.SQL(
            "select from {} as at where at.staff_unique_id = unique_id and at.{} = any (array(select access.schools()))"
        ).format(table(resource), sql.Identifier(place))
        for resource, place in STAFF_AT.items()
    )
    return sql.SQL("select access.whole_district() or exists ({}) or access.owns_staff(unique_id)").format(at)
