"""The bundle of the student information system holds together, but for the dirt that is on record."""

from homeroom.demo.maple_grove import MapleGrove


def _dirty(rows, dirt: str) -> set[str]:
    return {row["source_id"] for row in rows("truth/dirt.csv") if (row["source"], row["dirt"]) == ("sis", dirt)}


def test_enrollments_name_known_users_but_for_the_dangling(rows) -> None:
    users = {row["sourcedId"] for row in rows("sis/users.csv")}
    astray = {row["sourcedId"] for row in rows("sis/enrollments.csv") if row["userSourcedId"] not in users}
    assert astray == _dirty(rows, "reference-dangling")


def test_enrollments_end_after_they_begin_but_for_the_dirty(rows) -> None:
    backwards = {r["sourcedId"] for r in rows("sis/enrollments.csv") if r["endDate"] and r["endDate"] < r["beginDate"]}
    assert backwards == _dirty(rows, "exit-before-entry")


def test_classes_courses_and_line_items_are_known(rows) -> None:
    classes = {row["sourcedId"]: row for row in rows("sis/classes.csv")}
    courses = {row["sourcedId"] for row in rows("sis/courses.csv")}
    items = {row["sourcedId"]: row for row in rows("sis/lineItems.csv")}
    assert {row["courseSourcedId"] for row in classes.values()} <= courses
    assert {row["classSourcedId"] for row in items.values()} == set(classes)
    assert {row["lineItemSourcedId"] for row in rows("sis/results.csv")} <= set(items)


def test_only_finished_quarters_have_grades(rows) -> None:
    assert {row["gradingPeriodSourcedId"] for row in rows("sis/lineItems.csv")} == {"Q1", "Q2", "Q3"}


def test_agents_are_contacts_of_the_bundle(rows) -> None:
    roles = {row["userSourcedId"]: row["role"] for row in rows("sis/roles.csv")}
    named = {agent for row in rows("sis/users.csv") for agent in row["agentSourcedIds"].split(",") if agent}
    assert named
    assert {roles[agent] for agent in named} <= {"parent", "guardian"}


def test_the_birth_date_stands_in_demographics_alone(grove: MapleGrove, rows) -> None:
    assert "birthDate" in rows("sis/demographics.csv")[0]
    assert "birthDate" not in rows("sis/users.csv")[0]


def test_the_vendor_tells_nothing_but_names_births_and_scores(rows) -> None:
    users = rows("assessments/users.csv")
    assert not any(row[name] for row in users for name in ("phone", "sms", "email", "identifier", "middleName"))
    assert {row["grades"] for row in users} <= {"03", "04", "05", "06", "07", "08", "10"}
