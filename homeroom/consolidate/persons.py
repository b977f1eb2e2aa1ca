"""What linking looks at: one row for each student, contact, member of staff and school that each source knows.

The rows are gathered from the cleaned tables of all sources; a person's name may stand in one of them, the birth date
in another, the address in a third.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import duckdb

from homeroom.consolidate.database import columns_held, in_parts
from homeroom.consolidate.layered_table import LayeredTable
from homeroom.model import RESOURCES
from homeroom.model.columns import EDUCATION_ORGANIZATION, columns, key_columns

# The key of each kind of person in the tables that are gathered.
KEYS = {"Student": "student_unique_id", "Contact": "contact_unique_id", "Staff": "staff_unique_id"}
# By kind, the tables that say where or with whom somebody is, with the kind and the column of whom they name.
# Being at the district's own office tells nobody from another: of staff, schools only.
NAMED: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "Student": {"StudentSchoolAssociation": (EDUCATION_ORGANIZATION, "school_id")},
    "Contact": {"StudentContactAssociation": ("Student", "student_unique_id")},
    "Staff": {
        "StaffEducationOrganizationAssignmentAssociation": (EDUCATION_ORGANIZATION, "education_organization_id"),
        "StaffEducationOrganizationEmploymentAssociation": (EDUCATION_ORGANIZATION, "education_organization_id"),
        "StaffSchoolAssociation": (EDUCATION_ORGANIZATION, "school_id"),
        "StaffSectionAssociation": (EDUCATION_ORGANIZATION, "school_id"),
    },
}


@dataclass(frozen=True)
class CleanedDelivery:
    """The cleaned tables of one source's delivery; `rank`: where sources disagree, the lowest is believed."""

    source: str
    rank: int
    tables: Mapping[str, LayeredTable]


def gather_schools(connection: duckdb.DuckDBPyConnection, deliveries: Sequence[CleanedDelivery]) -> None:
    """The relation `school`, as `homeroom.consolidate.link` reads it: every organisation that a source knows."""
    selects = []
    for resource, definition in RESOURCES.items():
        if definition.subclass_of != EDUCATION_ORGANIZATION:
            continue
        (key,) = key_columns(resource)
        for delivery in deliveries:
            table = _complete(connection, resource, delivery)
            if table is None:
                continue
            grades = "grade_levels" if resource == "School" else "cast(null as varchar)"
            selects.append(
                f"""
                select '{delivery.source}' as source, cast({key} as varchar) as source_id, {delivery.rank} as rank,
                    '{resource}' as kind,
                    arg_max(name_of_institution, source_row) as name,
                    list_distinct(flatten(list({_texts("identification_codes", "identificationCode")}))) as identifiers,
                    arg_max({_first("addresses", "streetNumberName")}, source_row) as street,
                    arg_max({_first("addresses", "city")}, source_row) as city,
                    arg_max({_first("addresses", "postalCode")}, source_row) as postal_code,
                    list_distinct(flatten(list({_texts(grades, "gradeLevelDescriptor")}))) as grade_levels
                from {table} where {key} is not null group by {key}
                """
            )
    _create(connection, "school", _SCHOOL, selects)


def gather_persons(
    connection: duckdb.DuckDBPyConnection,
    deliveries: Sequence[CleanedDelivery],
    kinds: Collection[str],
    touched: Collection[str] = (),
) -> None:
    """The relation `person`, as `homeroom.consolidate.link` reads it, of the `kinds` Student, Contact and Staff.

    `identity` must hold the schools already, and for contacts the students: two contacts of one child are alike.
    `touched`: the sources of which those in the table `touched_person` (source, source_id) are gathered, nobody else.
    """
    selects: list[str] = []
    for delivery in deliveries:
        for kind, gather in _GATHERED.items():
            if kind not in kinds or not (table := delivery.tables.get(kind)):
                continue
            # What is said of a person is gathered in lists.
            parts = in_parts(table.count(), KEYS[kind])
            if delivery.source in touched:
                again = f"select source_id from touched_person where source = '{delivery.source}'"
                parts = iter([f"{KEYS[kind]} in ({again})"])
            selects += [gather(connection, delivery, part) for part in parts]
    _create(connection, "person", _PERSON, selects)


def _students(connection: duckdb.DuckDBPyConnection, delivery: CleanedDelivery, part: str) -> str:
    """The students who fulfill the condition `part`."""
    student = _complete(connection, "Student", delivery, part)
    about = _complete(connection, "StudentEducationOrganizationAssociation", delivery, part)
    enrollment = _complete(connection, "StudentSchoolAssociation", delivery, part)
    ways = f"""
        select student_unique_id,
            arg_max(sex_descriptor, source_row) as sex,
            list_distinct(flatten(list({_texts("electronic_mails", "electronicMailAddress")}))) as emails,
            list_distinct(flatten(list({_texts("telephones", "telephoneNumber")}))) as phones,
            list_distinct(flatten(list({_shared_ids("student_identification_codes")}))) as shared_ids,
            arg_max({_first("addresses", "streetNumberName")}, source_row) as street,
            arg_max({_first("addresses", "city")}, source_row) as city,
            arg_max({_first("addresses", "postalCode")}, source_row) as postal_code
        from {about} group by 1
    """
    schooling = f"""
        select student_unique_id,
            list_distinct(list(school.unique_id)) as school_ids,
            arg_max(entry_grade_level_descriptor, entry_date) as grade_level,
            arg_max(case when month(entry_date) >= 7 then year(entry_date) + 1 else year(entry_date) end, entry_date)
                as school_year_of_grade
        from {enrollment} as enrollment
        left join identity as school on school.source = '{delivery.source}'
            and school.kind = '{EDUCATION_ORGANIZATION}' and school.source_id = cast(enrollment.school_id as varchar)
        group by 1
    """
    joins = f"left join ({ways}) as ways using (student_unique_id)" if about else ""
    joins += f" left join ({schooling}) as schooling using (student_unique_id)" if enrollment else ""
    from_ways = (
        "any_value(ways.sex) as sex, any_value(emails) as emails, any_value(phones) as phones,"
        "any_value(street) as street, any_value(city) as city, any_value(postal_code) as postal_code,"
        "any_value(shared_ids) as shared_ids"
        if about
        else "null::varchar as sex"
    )
    from_schooling = (
        "any_value(school_ids) as school_ids, any_value(grade_level) as grade_level,"
        "any_value(school_year_of_grade) as school_year_of_grade"
        if enrollment
        else "null::varchar as grade_level"
    )
    return f"""
        select '{delivery.source}' as source, 'Student' as kind, {delivery.rank} as rank,
            student_unique_id as source_id, student_unique_id as preferred_id, {_names("student")},
            arg_max(student.birth_date, student.source_row) as birth_date, {from_ways}, {from_schooling}
        from {student} as student {joins}
        where student_unique_id is not null group by student_unique_id
    """


def _contacts(connection: duckdb.DuckDBPyConnection, delivery: CleanedDelivery, part: str) -> str:
    return _people(connection, delivery, "Contact", "contact_unique_id", part)


def _staff(connection: duckdb.DuckDBPyConnection, delivery: CleanedDelivery, part: str) -> str:
    return _people(connection, delivery, "Staff", "staff_unique_id", part)


# What gathers those of a delivery.
_GATHERED = {"Student": _students, "Contact": _contacts, "Staff": _staff}


def _people(connection: duckdb.DuckDBPyConnection, delivery: CleanedDelivery, kind: str, key: str, part: str) -> str:
    person = _complete(connection, kind, delivery, part)
    has = {column.name for column in columns(kind)}
    birth = "arg_max(person.birth_date, person.source_row)" if "birth_date" in has else "null::date"
    codes = next((name for name in has if name.endswith("identification_codes")), None)
    shared = f"list_distinct(flatten(list({_shared_ids(codes, 'person.')})))" if codes else "null::varchar[]"
    students = ""
    schools = _staff_schools(connection, delivery) if kind == "Staff" else ""
    if kind == "Contact" and (table := _complete(connection, "StudentContactAssociation", delivery, part)):
        students = f"""
            left join (
                select contact_unique_id, list_distinct(list(student.unique_id)) as student_ids
                from {table} as association
                join identity as student on student.source = '{delivery.source}' and student.kind = 'Student'
                    and student.source_id = association.student_unique_id
                group by 1
            ) as students using (contact_unique_id)
        """
    return f"""
        select '{delivery.source}' as source, '{kind}' as kind, {key} as source_id, {delivery.rank} as rank,
            {key} as preferred_id, {_names("person")}, {birth} as birth_date,
            arg_max(person.sex_descriptor, person.source_row) as sex,
            list_distinct(flatten(list({_texts("person.electronic_mails", "electronicMailAddress")}))) as emails,
            list_distinct(flatten(list({_texts("person.telephones", "telephoneNumber")}))) as phones,
            arg_max({_first("person.addresses", "streetNumberName")}, person.source_row) as street,
            arg_max({_first("person.addresses", "city")}, person.source_row) as city,
            arg_max({_first("person.addresses", "postalCode")}, person.source_row) as postal_code,
            {shared} as shared_ids{", any_value(student_ids) as student_ids" if students else ""}
            {", any_value(school_ids) as school_ids" if schools else ""}
        from {person} as person {students} {schools}
        where {key} is not null group by {key}
    """


def _staff_schools(connection: duckdb.DuckDBPyConnection, delivery: CleanedDelivery) -> str:
    """A join that adds `school_ids`: where a member of staff is assigned or teaches, in the record's ids."""
    school = delivery.tables.get("School")
    places = [
        f"select staff_unique_id, cast({place} as varchar) as source_id from {table}"
        for resource, (_, place) in NAMED["Staff"].items()
        if (table := _complete(connection, resource, delivery))
    ]
    if not places or not school:
        return ""
    return f"""
        left join (
            select staff_unique_id, list_distinct(list(organization.unique_id)) as school_ids
            from ({" union ".join(places)}) as place
            semi join (select cast(school_id as varchar) as source_id from {school.sql}) using (source_id)
            join identity as organization on organization.source = '{delivery.source}'
                and organization.kind = '{EDUCATION_ORGANIZATION}' and organization.source_id = place.source_id
            group by 1
        ) as schools using (staff_unique_id)
    """


def _names(alias: str) -> str:
    pairs = {
        "first_name": "first_name",
        "middle_name": "middle_name",
        "last_surname": "last_name",
        "generation_code_suffix": "suffix",
        "preferred_first_name": "preferred_first_name",
    }
    single = ", ".join(f"arg_max({alias}.{name}, {alias}.source_row) as {as_}" for name, as_ in pairs.items())
    others = _texts(f"{alias}.other_names", "lastSurname")
    maiden = f"[{alias}.maiden_name, {alias}.preferred_last_surname]"
    return f"""{single}, list_filter(
        list_distinct(flatten(list({others})) || flatten(list({maiden}))), name -> name is not null
    ) as other_last_names"""


def _complete(
    connection: duckdb.DuckDBPyConnection, resource: str, delivery: CleanedDelivery, part: str = "true"
) -> str | None:
    """The delivery's rows of `resource` that fulfill the condition `part`, as a subquery that has every column, those
    not delivered as nulls; None where there is no such table."""
    table = delivery.tables.get(resource)
    if table is None:
        return None
    present = columns_held(connection, table.base)
    missing = [column.name for column in columns(resource) if column.name not in present]
    nulls = "".join(f", cast(null as {_null_type(name)}) as {name}" for name in missing)
    return f"(select *{nulls} from {table.sql} where {part})"


def _null_type(column: str) -> str:
    return "date" if column.endswith("_date") else "varchar"


def _texts(collection: str, field: str) -> str:
    """The values of `field` in a JSON collection, as a list; an empty one where there is no collection."""
    return f"coalesce(json_extract_string({collection}, '$[*].{field}'), [])"


def _first(collection: str, field: str) -> str:
    return f"json_extract_string({collection}, '$[0].{field}')"


def _shared_ids(collection: str, prefix: str = "") -> str:
    """Identifiers that other systems may know too, as `system:value`, without leading zeros."""
    return f"""list_transform(coalesce(cast({prefix}{collection} as json[]), []), code ->
        regexp_extract(code ->> '$.{_system_field(collection)}', '[^#]*$') || ':'
        || ltrim(lower(code ->> '$.identificationCode'), '0'))"""


def _system_field(collection: str) -> str:
    kind = "staff" if collection.startswith("staff") else "student"
    return f"{kind}IdentificationSystemDescriptor"


def _create(connection: duckdb.DuckDBPyConnection, name: str, shape: dict[str, str], selects: Sequence[str]) -> None:
    """The relation `name`, with every column that linking reads whether or not a source fills it."""
    columns = ", ".join(f"{column} {type_}" for column, type_ in shape.items())
    connection.execute(f"create or replace temp table {name} ({columns})")
    # One after another: what each gathers in lists is held in memory until it is done.
    for select in selects:
        connection.execute(f"insert into {name} by name {select}")


_SCHOOL = {
    "source": "varchar",
    "source_id": "varchar",
    "rank": "integer",
    "kind": "varchar",
    "name": "varchar",
    "identifiers": "varchar[]",
    "street": "varchar",
    "city": "varchar",
    "postal_code": "varchar",
    "grade_levels": "varchar[]",
}

_PERSON = {
    "source": "varchar",
    "kind": "varchar",
    "source_id": "varchar",
    "rank": "integer",
    "preferred_id": "varchar",
    "first_name": "varchar",
    "middle_name": "varchar",
    "last_name": "varchar",
    "suffix": "varchar",
    "preferred_first_name": "varchar",
    "other_last_names": "varchar[]",
    "birth_date": "date",
    "sex": "varchar",
    "emails": "varchar[]",
    "phones": "varchar[]",
    "street": "varchar",
    "city": "varchar",
    "postal_code": "varchar",
    "school_ids": "varchar[]",
    "grade_level": "varchar",
    "school_year_of_grade": "integer",
    "student_ids": "varchar[]",
    "shared_ids": "varchar[]",
}
