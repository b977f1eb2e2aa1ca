"""A published batch is in the record whole or not at all, and the same batch again changes nothing."""

import json

import psycopg
import pytest
from batches import batch

from homeroom.record.publish import publish

# More rows of anything than go through the keys one by one.
LARGE = 30_000

MAYA = {"student_unique_id": "900", "first_name": "Maya", "last_surname": "Okafor", "birth_date": "2016-03-01"}
OAK = {
    "school_id": 1001,
    "name_of_institution": "Oak Elementary",
    "grade_levels": json.dumps([{"gradeLevelDescriptor": "uri://ed-fi.org/GradeLevelDescriptor#Fourth grade"}]),
    "education_organization_categories": "[]",
}
ENROLLMENT = {
    "student_unique_id": "900",
    "school_id": 1001,
    "entry_date": "2025-08-20",
    "entry_grade_level_descriptor": "uri://ed-fi.org/GradeLevelDescriptor#Fourth grade",
}


def maple_grove(**student: object) -> dict[str, list[bytes]]:
    return {
        "StudentSchoolAssociation": batch("StudentSchoolAssociation", ENROLLMENT),
        "Student": batch("Student", MAYA | student),
        "School": batch("School", OAK),
    }


def versions(connection: psycopg.Connection) -> dict[str, int]:
    return dict(
        connection.execute(
            """
            select 'Student', change_version from edfi.student union all
            select 'School', change_version from edfi.school union all
            select 'StudentSchoolAssociation', change_version from edfi.student_school_association
            """
        ).fetchall()
    )


def test_a_batch_is_published_in_an_order_in_which_references_hold(record):
    with psycopg.connect(record) as connection:
        published = publish(connection, maple_grove())
        assert published.inserted == {"School": 1, "Student": 1, "StudentSchoolAssociation": 1}
        assert published.refused == ()


def test_the_same_batch_again_changes_nothing_and_uses_up_no_change_version(record):
    with psycopg.connect(record) as connection:
        publish(connection, maple_grove())
        connection.commit()
        before = versions(connection), connection.execute("select last_value from edfi.change_version").fetchone()
        published = publish(connection, maple_grove())
        after = versions(connection), connection.execute("select last_value from edfi.change_version").fetchone()
    assert set(published.inserted.values()) | set(published.updated.values()) == {0}
    assert after == before


def test_a_changed_row_gets_the_next_change_version_and_no_other_row_does(record):
    with psycopg.connect(record) as connection:
        publish(connection, maple_grove())
        connection.commit()
        before = versions(connection)
        publish(connection, maple_grove(first_name="Maia"))
        after = versions(connection)
    assert after["Student"] == max(before.values()) + 1
    assert {name for name in after if after[name] != before[name]} == {"Student"}


def test_who_said_it_may_change_while_what_is_said_does_not(record):
    with psycopg.connect(record) as connection:
        publish(connection, {"Student": batch("Student", MAYA, source_row=5)})
        connection.commit()
        before = connection.execute("select change_version from edfi.student").fetchone()
        publish(connection, {"Student": batch("Student", MAYA, source_row=6)})
        assert connection.execute("select source_rows from edfi.student").fetchone() == ([6],)
        assert connection.execute("select change_version from edfi.student").fetchone() == before


def test_a_row_that_refers_to_nobody_is_refused_with_its_source_row_and_the_others_are_published(record):
    with psycopg.connect(record) as connection:
        published = publish(
            connection,
            {
                "School": batch("School", OAK),
                "StudentSchoolAssociation": batch("StudentSchoolAssociation", ENROLLMENT, source_row=77),
            },
        )
    (refused,) = published.refused
    assert (refused.resource, refused.source_rows, refused.field) == (
        "StudentSchoolAssociation",
        (77,),
        "studentReference",
    )
    assert published.inserted["School"] == 1


def test_a_row_that_refers_to_a_refused_row_is_refused_too(record):
    session = {
        "school_id": 404,
        "school_year": 2026,
        "session_name": "Fall",
        "begin_date": "2025-08-20",
        "end_date": "2025-12-19",
        "term_descriptor": "uri://ed-fi.org/TermDescriptor#Fall Semester",
        "total_instructional_days": 84,
    }
    offering = {
        "school_id": 404,
        "school_year": 2026,
        "session_name": "Fall",
        "local_course_code": "ALG",
        "course_code": "ALG",
        "education_organization_id": 404,
    }
    with psycopg.connect(record) as connection:
        published = publish(
            connection,
            {"Session": batch("Session", session), "CourseOffering": batch("CourseOffering", offering)},
        )
    assert sorted(refused.resource for refused in published.refused) == ["CourseOffering", "Session"]


def test_nothing_is_seen_before_the_batch_is_whole(record):
    with psycopg.connect(record) as writer, psycopg.connect(record) as reader:
        publish(writer, maple_grove())
        assert reader.execute("select count(*) from edfi.student").fetchone() == (0,)
        reader.rollback()
        writer.commit()
        assert reader.execute("select count(*) from edfi.student").fetchone() == (1,)


@pytest.mark.parametrize("rows", [6_000])
def test_foreign_keys_hold_after_a_large_batch_too(record, rows):
    students = [MAYA | {"student_unique_id": str(number)} for number in range(rows)]
    with psycopg.connect(record) as connection:
        publish(connection, maple_grove() | {"Student": batch("Student", *students)})
        enrollments = [ENROLLMENT | {"student_unique_id": str(number)} for number in range(rows)]
        publish(connection, {"StudentSchoolAssociation": batch("StudentSchoolAssociation", *enrollments)})
        connection.commit()
        with pytest.raises(psycopg.errors.ForeignKeyViolation):
            connection.execute("delete from edfi.student where student_unique_id = '17'")


def test_a_row_that_refers_to_nobody_is_refused_from_a_large_first_load_too(record):
    students = [MAYA | {"student_unique_id": str(number)} for number in range(LARGE)]
    enrollments = [ENROLLMENT | {"student_unique_id": str(number)} for number in range(LARGE + 1)]
    with psycopg.connect(record) as connection:
        published = publish(
            connection,
            maple_grove()
            | {
                "Student": batch("Student", *students),
                "StudentSchoolAssociation": batch("StudentSchoolAssociation", *enrollments),
            },
        )
        held = connection.execute("select count(*) from edfi.student_school_association").fetchone()
    assert [refused.field for refused in published.refused] == ["studentReference"]
    assert published.inserted["StudentSchoolAssociation"] == LARGE
    assert held == (LARGE,)


def test_rows_that_refer_to_a_refused_row_of_their_own_kind_are_refused_from_a_large_first_load_too(record):
    shape = {
        "namespace": "uri://maple-grove.example",
        "description": "Count to a hundred. " * 4,
        "academic_subjects": "[]",
        "grade_levels": "[]",
    }
    standards = [
        shape | {"learning_standard_id": str(number), "course_title": "Mathematics"} for number in range(LARGE)
    ]
    for name, above in {"child": "lost", "grandchild": "child", "great-grandchild": "grandchild", "9-b": "9"}.items():
        standards.append(shape | {"learning_standard_id": name, "parent_learning_standard_id": above})
    with psycopg.connect(record) as connection:
        before = constraints(connection)
        published = publish(connection, {"LearningStandard": batch("LearningStandard", *standards)})
        assert constraints(connection) == before
    assert [refused.field for refused in published.refused] == ["parentLearningStandardReference"] * 3
    assert published.inserted["LearningStandard"] == LARGE + 1


def constraints(connection: psycopg.Connection) -> set[tuple[str, ...]]:
    return set(
        connection.execute(
            """
            select conrelid::regclass::text, conname, pg_get_constraintdef(oid) from pg_constraint
            where connamespace = 'edfi'::regnamespace
            union all
            select indrelid::regclass::text, indexrelid::regclass::text, pg_get_indexdef(indexrelid)
            from pg_index join pg_class on pg_class.oid = indrelid
            where relnamespace = 'edfi'::regnamespace
            """
        ).fetchall()
    )


def test_a_large_first_load_leaves_every_key_and_index_in_its_place(record):
    students = [MAYA | {"student_unique_id": str(number)} for number in range(LARGE)]
    with psycopg.connect(record) as connection:
        before = constraints(connection)
        publish(connection, {"Student": batch("Student", *students)})
        assert constraints(connection) == before


def test_two_rows_with_one_key_undo_a_large_first_load(record):
    students = [MAYA | {"student_unique_id": str(number % (LARGE - 1))} for number in range(LARGE)]
    with psycopg.connect(record) as connection, pytest.raises(psycopg.errors.UniqueViolation):
        publish(connection, {"Student": batch("Student", *students)})
    with psycopg.connect(record) as connection:
        assert connection.execute("select count(*) from edfi.student").fetchone() == (0,)


def test_a_school_with_the_number_of_a_district_is_refused_and_the_district_is_not(record):
    district = {
        "local_education_agency_id": 1001,
        "name_of_institution": "Maple Grove",
        "local_education_agency_category_descriptor": "uri://ed-fi.org/LocalEducationAgencyCategoryDescriptor#Independent",
        "categories": "[]",
    }
    both = {"LocalEducationAgency": batch("LocalEducationAgency", district), "School": batch("School", OAK)}
    for _ in range(2):
        with psycopg.connect(record) as connection:
            published = publish(connection, both)
        assert [(refused.resource, refused.field) for refused in published.refused] == [("School", "schoolId")]
    with psycopg.connect(record) as connection:
        assert connection.execute("select count(*) from edfi.school").fetchone() == (0,)
        assert connection.execute("select * from edfi.education_organization").fetchall() == [
            (1001, "edfi.LocalEducationAgency")
        ]


def test_who_reads_all_the_time_does_not_keep_a_large_load_from_the_record(record):
    students = [MAYA | {"student_unique_id": str(number)} for number in range(LARGE)]
    with psycopg.connect(record) as reader, psycopg.connect(record) as writer:
        reader.execute("select count(*) from edfi.student")
        published = publish(writer, {"Student": batch("Student", *students)})
        writer.commit()
        assert published.inserted["Student"] == LARGE
        assert reader.execute("select count(*) from edfi.student").fetchone() == (LARGE,)
