"""What linking looks at, gathered from cleaned tables."""

import duckdb
import pytest

from homeroom.consolidate.layered_table import tables_in
from homeroom.consolidate.link.tables import create_tables
from homeroom.consolidate.persons import CleanedDelivery, gather_persons

DISTRICT, SCHOOL, OTHER = "1", "10", "20"


@pytest.fixture
def cleaned(tmp_path):
    """A delivery's tables, from rows given as SQL."""

    def write(**tables):
        for resource, rows in tables.items():
            duckdb.sql(f"select row_number() over () as source_row, * from ({rows})").write_parquet(
                str(tmp_path / f"{resource}.parquet")
            )
        return CleanedDelivery("sis", 0, tables_in(tmp_path))

    return write


def test_a_member_of_staff_is_at_the_schools_of_assignments_and_classes_but_not_at_the_district(cleaned):
    delivery = cleaned(
        School=f"select unnest(['{SCHOOL}', '{OTHER}']) as school_id",
        Staff="select 't1' as staff_unique_id, 'Ana' as first_name, 'Reyes' as last_surname",
        StaffEducationOrganizationAssignmentAssociation=f"""
            select 't1' as staff_unique_id, unnest(['{DISTRICT}', '{SCHOOL}']) as education_organization_id""",
        StaffSectionAssociation=f"select 't1' as staff_unique_id, '{OTHER}' as school_id",
    )
    with duckdb.connect() as connection:
        create_tables(connection)
        connection.execute(
            f"""insert into identity select 'sis', 'EducationOrganization', id, 'MG-' || id, 1.0, 'single'
            from unnest(['{DISTRICT}', '{SCHOOL}', '{OTHER}']) as known(id)"""
        )
        gather_persons(connection, [delivery], ("Staff",))
        (schools,) = connection.execute("select list_sort(school_ids) from person").fetchone()
    assert schools == [f"MG-{SCHOOL}", f"MG-{OTHER}"]
