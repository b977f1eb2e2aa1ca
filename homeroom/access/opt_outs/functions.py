"""Who is opted out of the app that asks, as functions of the database: both walls ask them.

A decision follows the student: where two turn out to be one, or somebody is given another id, whatever was decided last
about any id that was theirs counts.
"""

from __future__ import annotations

from psycopg import sql

from homeroom.access.disclosures import SCHEMA
from homeroom.access.opt_outs.tables import OUT

# Decisions about each student of now, the newest first; what follows says under which agreement.
DECISIONS = """
    select decided.id, decided.agreement, decided.decision, decided.by, decided.account, decided.at, decided.why,
        decided.student_unique_id
    from access.opt_out as decided
    union all
    select decided.id, decided.agreement, decided.decision, decided.by, decided.account, decided.at, decided.why,
        now.unique_id
    from access.opt_out as decided
    join consolidation.identity_history as past
        on past.kind = 'Student' and past.unique_id = decided.student_unique_id
    join consolidation.identity as now using (kind, source, source_id)
"""
_OF_AGREEMENT = f"""
    select student_unique_id from (
        select distinct on (student_unique_id) student_unique_id, decision from ({DECISIONS}) as decided
        where decided.agreement = $1 order by student_unique_id, id desc
    ) as last where decision = '{OUT}'
"""
# Whoever has another child in the app is known to it as that child's.
_CONTACTS = """
    select contact_unique_id from edfi.student_contact_association as child
    where student_unique_id in (select access.opted_out()) and not exists (
        select from edfi.student_contact_association as other
        where other.contact_unique_id = child.contact_unique_id
            and other.student_unique_id not in (select access.opted_out()))
"""


def functions(setting: str) -> sql.Composed:
    """The statements that make the functions. `setting`: which one of the transaction says under which agreement."""
    made = {
        "opted_out_of(agreement bigint)": _OF_AGREEMENT,
        "opted_out()": f"select access.opted_out_of(nullif(current_setting('{setting}', true), '')::bigint)",
        "opted_out_contacts()": _CONTACTS,
    }
    return sql.SQL("").join(
        sql.SQL(
            "create or replace function {}.{} returns setof text language sql stable security definer"
            " set search_path = pg_catalog, pg_temp as {};\n"
        ).format(sql.Identifier(SCHEMA), sql.SQL(signature), sql.Literal(question))
        for signature, question in made.items()
    )
