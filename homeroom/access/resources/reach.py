"""Who and what is within reach of an agreement for some schools, as functions of the database.

- **schools**: those that it names, and those below the education organizations that it names.
- **organizations**: its schools, their departments, and all that stands above them: the district, the state; and those
  that it names itself, with all that is below them.
- **students**: who was enrolled at one of its schools at some time from its first day to its last.
- **contacts**: those of these students.
- **staff**: who is assigned to, employed by or teaches at one of its schools.
- of students none whose family opted them out of the app (`homeroom.access.opt_outs`), nor contacts of such alone;
- of each kind also those whom an app of the agreement created, until they are enrolled, related or employed anywhere.

They go by the transaction's own settings, which whoever opens the record for an app makes: where those are not made,
nobody is within reach. They belong to whoever owns the record, so that they see what the app itself does not.
"""

from __future__ import annotations

from psycopg import sql

from homeroom.access.disclosures import SCHEMA
from homeroom.access.opt_outs import functions as opt_outs
from homeroom.access.resources.tables import CREATED
from homeroom.model import RESOURCES
from homeroom.model.columns import EDUCATION_ORGANIZATION, columns, key_columns
from homeroom.record.identifiers import table

# The transaction's setting that says under which agreement it reads.
AGREEMENT = "homeroom.agreement"

# Where members of staff are, and the column that says at which organization.
STAFF_AT = {
    "StaffEducationOrganizationAssignmentAssociation": "education_organization_id",
    "StaffEducationOrganizationEmploymentAssociation": "education_organization_id",
    "StaffSchoolAssociation": "school_id",
    "StaffSectionAssociation": "school_id",
}


def functions() -> sql.Composed:
    """The statements that make the functions."""
    made = {
        "terms_in_force()": ("jsonb", _TERMS),
        "below(ids bigint[])": ("bigint", _below()),
        "schools_below(ids bigint[])": ("bigint", _SCHOOLS_BELOW),
        "schools()": ("bigint", _SCHOOLS),
        "organizations()": ("bigint", _organizations()),
        "students()": ("text", _willing(_STUDENTS + _created("Student"))),
        "contacts()": ("text", _CONTACTS + _created("Contact")),
        "staff()": ("text", _staff()),
    }
    return (
        opt_outs.functions(AGREEMENT)
        + _WAS_SHOWN
        + sql.SQL(";\n").join(
            sql.SQL(
                "create or replace function {}.{} returns setof {} language sql stable security definer"
                " set search_path = pg_catalog, pg_temp as {}"
            ).format(sql.Identifier(SCHEMA), sql.SQL(signature), sql.SQL(type_), sql.Literal(_text(question)))
            for signature, (type_, question) in made.items()
        )
    )


# Whether a student who did not opt out was shown under the agreement before: the log is asked by its index of students.
_WAS_SHOWN = sql.SQL(
    """
    create or replace function access.was_shown(student text) returns boolean language sql stable security definer
        set search_path = pg_catalog, pg_temp as $$
        select exists (select from access.disclosure where student_unique_ids @> array[student]
            and agreement = nullif(current_setting({}, true), '')::bigint)
            and student not in (select access.opted_out())
    $$;
    """
).format(sql.Literal(AGREEMENT))


def _text(question: sql.Composable) -> str:
    return question.as_string(None)


_TERMS = sql.SQL(
    "select terms from access.agreement where number = nullif(current_setting({}, true), '')::bigint"
).format(sql.Literal(AGREEMENT))
_SCHOOLS = sql.SQL(
    """
    select school::bigint from access.terms_in_force() as terms,
        jsonb_array_elements_text(case jsonb_typeof(terms -> 'schools') when 'array' then terms -> 'schools' end)
            as school
    union select below from access.terms_in_force() as terms, access.schools_below(
        array(select jsonb_array_elements_text(terms -> 'education_organizations')::bigint)) as below
    where terms ? 'education_organizations'
    """
)
_SCHOOLS_BELOW = sql.SQL("select school_id from edfi.school where school_id in (select access.below(ids))")
# What is the same for all rows is asked once, so that enrollments are found by the index of their schools.
ENROLLED = sql.SQL(
    """
    school_id = any (array(select access.schools()))
        and entry_date <= (select (terms ->> 'end')::date from access.terms_in_force() as terms)
        and coalesce(
            exit_withdraw_date >= (select (terms ->> 'begin')::date from access.terms_in_force() as terms), true)
    """
)
_STUDENTS = sql.SQL("select distinct student_unique_id from edfi.student_school_association where ") + ENROLLED
_CONTACTS = sql.SQL(
    """
    select distinct contact_unique_id from edfi.student_contact_association
    where student_unique_id in (select access.students())
    """
)


def _willing(students: sql.Composable) -> sql.Composed:
    return sql.SQL(
        "select student_unique_id from ({}) as reached where student_unique_id not in (select access.opted_out())"
    ).format(students)


def placed(kind: str, unique_id: sql.Composable) -> sql.Composed:
    """A query that has a row where a person is enrolled, related to a student or employed, wherever that is."""
    return sql.SQL(" union all ").join(
        sql.SQL("select from {} where {} = {}").format(table(resource), sql.Identifier(_key(kind)), unique_id)
        for resource in _PLACES[kind]
    )


def created_here(row: sql.Composable) -> sql.Composed:
    """Whether an app of the agreement created the row with this id."""
    return sql.SQL(
        "exists (select from access.record_write as written where written.row_id = {} and written.what = {}"
        " and written.agreement = nullif(current_setting({}, true), '')::bigint)"
    ).format(row, sql.Literal(CREATED), sql.Literal(AGREEMENT))


def _created(kind: str) -> sql.Composed:
    return sql.SQL(
        """
        union select own.{key} from access.record_write as written join {table} as own on own.id = written.row_id
        where written.agreement = nullif(current_setting({agreement}, true), '')::bigint and written.what = {created}
            and written.resource = {kind} and not exists ({placed})
        """
    ).format(
        key=sql.Identifier(_key(kind)),
        table=table(kind),
        agreement=sql.Literal(AGREEMENT),
        created=sql.Literal(CREATED),
        kind=sql.Literal(kind),
        placed=placed(kind, sql.Identifier("own", _key(kind))),
    )


def _key(kind: str) -> str:
    return f"{kind.lower()}_unique_id"


# What places a person somewhere.
_PLACES = {
    "Student": ("StudentSchoolAssociation",),
    "Contact": ("StudentContactAssociation",),
    "Staff": tuple(STAFF_AT),
}


_ORGANIZATIONS = {
    resource: key_columns(resource)[0]
    for resource, definition in RESOURCES.items()
    if definition.subclass_of == EDUCATION_ORGANIZATION
}


def _belongs() -> sql.Composed:
    """Whatever each organization says of those that it belongs to, as the model declares it: `id` and `above`."""
    belongs = [
        sql.SQL("select {} as id, {} as above from {}").format(
            sql.Identifier(key), sql.Identifier(column.name), table(resource)
        )
        for resource, key in _ORGANIZATIONS.items()
        for column in columns(resource)
        if column.identifies == EDUCATION_ORGANIZATION and not column.key
    ]
    return sql.SQL(" union all ").join(belongs)


def _below() -> sql.Composed:
    """The organizations themselves, whether they are in the record or not yet, and all that belong to them."""
    return sql.SQL(
        """
        with recursive below as (
            select unnest(ids) as id union select belongs.id from below join ({}) as belongs on belongs.above = below.id
        )
        select id from below
        """
    ).format(_belongs())


def _organizations() -> sql.Composed:
    return sql.SQL(
        """
        with recursive above as (
            (select school as id from access.schools() as school
                union select below from access.terms_in_force() as terms, access.below(
                    array(select jsonb_array_elements_text(terms -> 'education_organizations')::bigint)) as below
                where terms ? 'education_organizations')
            union select belongs.above from above join ({belongs}) as belongs using (id)
            where belongs.above is not null
        )
        select id from above
        union select organization_department_id from edfi.organization_department
        where parent_education_organization_id in (select access.schools())
        union select id from ({created}) as created
        where (select coalesce(terms ? 'unrestricted', false) from access.terms_in_force() as terms)
        """
    ).format(belongs=_belongs(), created=_created_organizations())


def _created_organizations() -> sql.Composed:
    """Those that an app of the agreement created, wherever they are."""
    return sql.SQL(" union all ").join(
        sql.SQL(
            "select own.{key} as id from access.record_write as written join {table} as own on own.id = written.row_id"
            " where written.agreement = nullif(current_setting({agreement}, true), '')::bigint"
            " and written.what = {created} and written.resource = {kind}"
        ).format(
            key=sql.Identifier(key),
            table=table(resource),
            agreement=sql.Literal(AGREEMENT),
            created=sql.Literal(CREATED),
            kind=sql.Literal(resource),
        )
        for resource, key in _ORGANIZATIONS.items()
    )


def _staff() -> sql.Composed:
    return sql.SQL(" union ").join(
        sql.SQL("select staff_unique_id from {} where {} = any (array(select access.schools()))").format(
            table(resource), sql.Identifier(place)
        )
        for resource, place in STAFF_AT.items()
    ) + _created("Staff")
