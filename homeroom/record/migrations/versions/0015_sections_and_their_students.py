"""Who takes a section is found by the section: teachers reach the students now in theirs."""

from __future__ import annotations

from alembic import op

revision = "0015"
down_revision = "0014"

_SECTION = ["section_identifier", "local_course_code", "school_id", "school_year", "session_name"]


def upgrade() -> None:
    op.create_index("ix_student_section_association_section", "student_section_association", _SECTION, schema="edfi")
