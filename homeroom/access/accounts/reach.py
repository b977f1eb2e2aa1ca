"""Whom of the record a person reaches, by what the record says they are now: one question for each role.

- **teacher**: the students now in their sections.
- **principal**: those now enrolled at a school where they are assigned as one.
- **counselor**: those of the cohorts that they look after, where the record does not deny them the students' records;
  and of a school where they are assigned as a counselor and nobody looks after a cohort, those enrolled.
- **parent or guardian**: the students to whom they are one, unless the record holds a restriction.
- **student**: themselves.

"Now" is today, and for sections the school year that the record calls the current one, so that a class of last year
whose end nobody wrote down is over. Educators reach the contacts of their students; parents, and staff, of contacts
and of staff only themselves.
"""

from __future__ import annotations

from collections.abc import Mapping

from homeroom.access.permissions import Role

# Of which kind of person somebody is in a role, as columns are named.
KINDS = {
    Role.PRINCIPAL: "staff",
    Role.COUNSELOR: "staff",
    Role.TEACHER: "staff",
    Role.CONTACT: "contact",
    Role.STUDENT: "student",
}

# Ed-Fi's StaffClassificationDescriptor.
PRINCIPALS = ("Principal", "Assistant Principal")
COUNSELORS = ("Counselor", "School Counselor", "Elementary School Counselor", "Secondary School Counselor")
# Of Ed-Fi's RelationDescriptor those whom FERPA calls a parent: a natural parent, a guardian, or who acts as a parent
# in their absence (34 CFR 99.3). Anybody else has to be called a legal guardian.
_PARENTS = ("Mother", "Father", "Parent", "Guardian", "CourtAppointedGuardian", "Foster parent")
# Any other words in the field of restrictions restrict.
_NO_RESTRICTION = ("", "none", "n/a")


def _now(row: str, begin: str = "begin_date", end: str = "end_date") -> str:
    return f"{row}.{begin} <= current_date and coalesce({row}.{end} >= current_date, true)"


def _words(values: tuple[str, ...]) -> str:
    return "array[" + ", ".join(f"'{value}'" for value in values) + "]"


# What a tie has to fulfil, by the names that questions give its rows: of these the reach is made, and why somebody is
# within it is told (`homeroom.access.accounts.relationships`).
TAUGHT, TAKEN, LOOKED_AFTER, MEMBER = map(_now, ("taught", "taken", "looked_after", "member"))
ASSIGNED, ENROLLED = _now("assigned"), _now("enrolled", "entry_date", "exit_withdraw_date")
THIS_YEAR = (
    "school_year = (select max(year.school_year) from edfi.school_year_type as year where year.current_school_year)"
)
UNRESTRICTED = f"lower(btrim(coalesce(child.contact_restrictions, ''))) = any ({_words(_NO_RESTRICTION)})"
PARENT = (
    f"coalesce(child.legal_guardian, split_part(child.relation_descriptor, '#', 2) = any ({_words(_PARENTS)}), false)"
)


def classified(classifications: tuple[str, ...]) -> str:
    """Whether an assignment is one of these."""
    return f"split_part(assigned.staff_classification_descriptor, '#', 2) = any ({_words(classifications)})"


def _assigned(classifications: tuple[str, ...]) -> str:
    """The organizations where {person} is assigned so."""
    return f"""
        select assigned.education_organization_id
        from edfi.staff_education_organization_assignment_association as assigned
        where assigned.staff_unique_id = {{person}} and {ASSIGNED} and {classified(classifications)}
    """


def _enrolled(schools: str) -> str:
    return f"""
        select enrolled.student_unique_id from edfi.student_school_association as enrolled
        where enrolled.school_id = any (array({schools})) and {ENROLLED}
    """


# Of a cohort the record may say whether whoever looks after it sees the students' records.
RECORD_ACCESS = f"""
    case when looked_after.student_record_access is null then exists ({_assigned(COUNSELORS)})
        else looked_after.student_record_access end
"""
NO_COHORTS = f"""
    not exists (select from edfi.staff_cohort_association as any_cohort
        where any_cohort.education_organization_id = school.education_organization_id and {_now("any_cohort")})
"""
_COHORTS = f"""
    select member.student_unique_id from edfi.staff_cohort_association as looked_after
    join edfi.student_cohort_association as member using (cohort_identifier, education_organization_id)
    where looked_after.staff_unique_id = {{person}} and {LOOKED_AFTER} and {MEMBER} and {RECORD_ACCESS}
"""
_WITHOUT_COHORTS = f"""
    select school.education_organization_id from ({_assigned(COUNSELORS)}) as school
    where {NO_COHORTS}
"""
# The students within reach of {person}, the unique id of somebody in that role.
STUDENTS: Mapping[Role, str] = {
    Role.PRINCIPAL: _enrolled(_assigned(PRINCIPALS)),
    Role.COUNSELOR: f"{_COHORTS} union all {_enrolled(_WITHOUT_COHORTS)}",
    Role.TEACHER: f"""
        select taken.student_unique_id from edfi.staff_section_association as taught
        join edfi.student_section_association as taken
            using (local_course_code, school_id, school_year, session_name, section_identifier)
        where taught.staff_unique_id = {{person}} and {TAUGHT} and {TAKEN} and {THIS_YEAR}
    """,
    Role.CONTACT: f"""
        select child.student_unique_id from edfi.student_contact_association as child
        where child.contact_unique_id = {{person}} and {UNRESTRICTED} and {PARENT}
    """,
    Role.STUDENT: "select own.student_unique_id from edfi.student as own where own.student_unique_id = {person}",
}
_NOBODY = "select null::text where false"
_THEMSELVES = "select {person}::text"


def _contacts(role: Role) -> str:
    if KINDS[role] == "staff":
        return f"""
            select known.contact_unique_id from edfi.student_contact_association as known
            where known.student_unique_id in ({STUDENTS[role]})
        """
    return _THEMSELVES if role is Role.CONTACT else _NOBODY


CONTACTS: Mapping[Role, str] = {role: _contacts(role) for role in STUDENTS}
STAFF: Mapping[Role, str] = {role: _THEMSELVES if kind == "staff" else _NOBODY for role, kind in KINDS.items()}
# By the kind of whoever a column identifies, as the model names it.
REACH: Mapping[str, Mapping[Role, str]] = {"Student": STUDENTS, "Contact": CONTACTS, "Staff": STAFF}


def within(role: Role, column: str, kind: str, person: str) -> str:
    """Whether `column` identifies somebody of `kind` within reach of somebody in `role`: a condition in SQL.

    `person`: their unique id, as SQL.
    """
    # `is true` keeps the planner from joining: whoever is within reach is found once for a statement.
    return f"({column} in ({REACH[kind][role].format(person=person)})) is true"
