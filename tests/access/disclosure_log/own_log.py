"""Write a log, sign it and give it out, as pages and commands do."""

from asking import answer

from homeroom.access.disclosure_log.audit import audit
from homeroom.access.disclosure_log.export import export
from homeroom.access.disclosure_log.sequencing import signed_checkpoint
from homeroom.access.permissions import Action

SEE = Action.SEE_DISCLOSURES
# The database refuses to change an entry; whoever owns it can switch that off.
UNGUARDED = "alter table access.disclosure disable trigger user; "
PUT_THERE = """
    insert into access.disclosure (principal, role, purpose, action, student_unique_ids, salt, position)
    values ('a', 'b', 'c', 'd', '{900}', '', 700)
"""


def show(url, *pages):
    """Show these students, a page each."""

    async def all_pages(use):
        for students in pages:
            await use.disclose(students, {"Student": ["firstName", "birthDate"]})

    answer(url, all_pages)


def exported(url, key, student="900"):
    return answer(url, lambda use: export(use, student, "Maple Grove", key), SEE)


def checkpoint(url, key):
    return answer(url, lambda use: signed_checkpoint(use.record, key), SEE)


def audited(url, key, kept=None):
    return answer(url, lambda use: audit(use, key.verifier, kept), SEE)
