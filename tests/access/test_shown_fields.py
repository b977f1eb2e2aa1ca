"""What the log tells of what was shown: fields that the model has, and of each student no more than was to be seen."""

from asking import answer, change, rows

from homeroom.access import business_rules, match_sample, search, students
from homeroom.access.matches import awaiting_review
from homeroom.model.columns import columns

LOGGED = "select student_unique_ids, shown from access.disclosure order by id"


def logged(url):
    """The entries; each field that they name has to be one of the model's."""
    found = rows(url, LOGGED)
    for _, shown in found:
        assert shown
        for resource, fields in shown.items():
            assert set(fields) <= {path for column in columns(resource) for path in column.paths}, resource
    return found


def test_whoever_lives_beside_a_pair_is_told_apart_with_less(copied_record):
    one, other, neighbor = (
        unique_id
        for (unique_id,) in rows(
            copied_record,
            "select student_unique_id from edfi.student_education_organization_association"
            " where addresses #>> '{0,streetNumberName}' is not null order by 1 limit 3",
        )
    )
    change(
        copied_record,
        "delete from consolidation.match; update edfi.student_education_organization_association"
        " set addresses = (select addresses from edfi.student_education_organization_association"
        f" where student_unique_id = '{one}' limit 1) where student_unique_id in ('{one}', '{neighbor}');"
        " insert into consolidation.match (kind, left_source, left_id, right_source, right_id, probability, state,"
        " comparison) select 'Student', l.source, l.source_id, r.source, r.source_id, 0.7, 'review', '{}'"
        " from (select * from consolidation.identity where kind = 'Student') as l,"
        " (select * from consolidation.identity where kind = 'Student') as r"
        f" where l.unique_id = '{one}' and r.unique_id = '{other}' limit 1",
    )
    (pair,) = answer(copied_record, awaiting_review).pairs
    assert pair.left.nearby
    (of_pair, told), (of_neighbors, told_of_neighbors) = logged(copied_record)
    assert set(of_pair) == {one, other}
    assert neighbor in of_neighbors
    assert not set(of_neighbors) & set(of_pair)
    assert "telephones" in told["StudentEducationOrganizationAssociation"]
    assert told_of_neighbors == {
        "Student": ["birthDate", "firstName", "lastSurname"],
        "StudentEducationOrganizationAssociation": ["addresses"],
    }


def test_the_findings_of_a_rule_tell_which_names_were_shown(copied_record):
    ((rule,),) = rows(
        copied_record,
        "select rule from consolidation.business_rule_finding where student_unique_id is not null limit 1",
    )
    answer(copied_record, lambda use: business_rules.of_rule(use, rule))
    assert [shown for _, shown in logged(copied_record)] == [
        {"Student": ["firstName", "lastSurname", "studentUniqueId"]}
    ]


def test_a_sample_of_pairs_tells_names_and_birth_dates(copied_record):
    answer(copied_record, lambda use: match_sample.sample(use, 10))
    ((_, shown),) = logged(copied_record)
    assert set(shown["Student"]) == {"firstName", "middleName", "lastSurname", "generationCodeSuffix", "birthDate"}


def test_a_search_and_a_students_page_tell_what_they_showed(copied_record):
    found = answer(copied_record, lambda use: search.search(use, ""))
    answer(copied_record, lambda use: students.student(use, found.students[0]["id"]))
    (_, of_search), (_, of_page) = logged(copied_record)
    assert set(of_search) == {"Student", "StudentSchoolAssociation"}
    assert {"firstName", "lastSurname", "birthDate"} <= set(of_page["Student"])
