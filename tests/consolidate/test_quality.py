"""Each run in which a source says something new leaves counts of its quality; any other leaves nothing."""

from held_district import STUDENTS, Sis

BIRTH = (
    "select run_id, rows, filled, valid from consolidation.quality_field"
    " where (source, resource, field) = ('sis', 'Student', 'birth_date') order by 1"
)


def test_quality_is_measured_when_a_source_says_something_new(tmp_path, record):
    sis = Sis(tmp_path, record)
    sis.deliver()
    sis.run()
    assert sis.asked(BIRTH) == [(1, STUDENTS, STUDENTS, STUDENTS)]
    for row in sis.tables["demographics"][:5]:
        row["birthDate"] = "31/31/2015"
    sis.tables["demographics"][5]["birthDate"] = ""
    sis.deliver()
    assert sis.asked(BIRTH) == [(1, STUDENTS, STUDENTS, STUDENTS), (3, STUDENTS, STUDENTS - 1, STUDENTS - 6)]
    assert sis.asked("select run_id, landed - set_aside from consolidation.quality_source order by 1") == [
        (1, 307), (3, 302)
    ]  # fmt: skip
    assert sis.asked(
        "select run_id, ids, unique_ids from consolidation.quality_identity where kind = 'Student' order by 1"
    ) == [(1, STUDENTS, STUDENTS), (3, STUDENTS, STUDENTS)]
