"""What was mended at its source leaves quarantine by itself in the next run."""

import psycopg
import pytest
from own_workspace import own_workspace

from homeroom.consolidate.run import consolidate
from homeroom.progress import TerminalProgress

FILES = {
    "orgs": ["sourcedId,name,type,identifier,parentSourcedId", "d,Maple Grove,district,1,", "s,Elm,school,2,d"],
    "academicSessions": [
        "sourcedId,title,type,startDate,endDate,parentSourcedId,schoolYear",
        "y,2024-25,schoolYear,2024-08-19,2025-06-06,,2025",
    ],
    "courses": ["sourcedId,title,courseCode,orgSourcedId,schoolYearSourcedId", "k,Mathematics,M1,s,y"],
    "classes": [
        "sourcedId,title,classType,courseSourcedId,schoolSourcedId,termSourcedIds",
        "c,Mathematics,scheduled,k,s,y",
    ],
    "users": [
        "sourcedId,enabledUser,orgSourcedIds,role,username,givenName,familyName,grades,phone",
        "11,true,s,student,asha,Asha,Verma,04,",
        "12,true,s,student,maya,Maya,Okafor,04,",
    ],
    "demographics": ["sourcedId,birthDate,sex", "11,2015-04-03,female", "12,2015-05-04,female"],
    "enrollments": [
        "sourcedId,classSourcedId,schoolSourcedId,userSourcedId,role,primary",
        "e1,c,s,11,student,true",
        "e2,c,s,12,student,true",
    ],
}


@pytest.fixture
def delivered(tmp_path, record):
    """Deliver the bundle with some files changed, and run; gives what is in quarantine as (file, rule, severity)."""
    workspace = own_workspace(tmp_path / "district", record)
    sent = tmp_path / "sent"
    sent.mkdir()
    workspace.add_source("sis", "oneroster-csv", sent, ("oneroster-csv",))

    def deliver(**changed):
        for name, lines in (FILES | changed).items():
            (sent / f"{name}.csv").write_text("\n".join(lines) + "\n")
        with TerminalProgress(quiet=True) as progress:
            consolidate(workspace, progress)
        with psycopg.connect(record) as connection:
            return connection.execute(
                "select file, rule, severity from consolidation.quarantine_count"
                " where run_id = (select max(id) from consolidation.run) order by 1, 2"
            ).fetchall()

    return deliver


def test_mended_rows_values_and_the_rows_that_depended_on_them_leave_quarantine(delivered, record):
    broken = delivered(
        # Asha's row has no id, on which her enrollment depends; Maya's telephone is no telephone.
        users=[FILES["users"][0], ",true,s,student,asha,Asha,Verma,04,", "12,true,s,student,maya,Maya,Okafor,04,12"],
        demographics=[FILES["demographics"][0], FILES["demographics"][2]],
    )
    assert broken == [
        ("enrollments.csv", "unknown-student", "row"),
        ("users.csv", "no-identifier", "row"),
        ("users.csv", "telephone-not-possible", "value"),
    ]
    assert delivered() == []
    with psycopg.connect(record) as connection:
        assert connection.execute("select count(*) from edfi.student_section_association").fetchone() == (2,)
