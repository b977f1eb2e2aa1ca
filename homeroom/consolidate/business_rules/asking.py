"""Ask business rules of the record, and keep what they found.

Each query runs in a read-only transaction with a time limit: nothing that a district writes into a rule changes the
record or holds it up. What can't be asked is told in a sentence, and the others go on. After a run a rule is asked of
what has changed alone, where that is enough (`homeroom.consolidate.business_rules.standing`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

import psycopg

from homeroom.consolidate.business_rules.catalogue import (
    FINDING,
    BusinessRule,
    NotARule,
    Severity,
    catalogue,
    districts_own,
)
from homeroom.consolidate.business_rules.standing import (
    MOST_ASKED_AGAIN,
    Standing,
    findings_that_stand,
    gather_touched,
    query_of_touched,
    read_standing,
)
from homeroom.errors import CannotRun
from homeroom.record.changes import newest

# The findings of one rule that are kept to be read one by one; all of them are counted.
KEPT = 10_000
# In a record of a million students one of them took more than half a minute.
_TIME_LIMIT = "120s"
_CONNECTIONS = 2
# Rules compare all of a large table with all of another: with less, what is hashed goes to the disk and back.
_MEMORY = "64MB"


@dataclass(frozen=True)
class Answer:
    """What a rule found: `count` findings, the first `KEPT` of them as rows of `FINDING`; or why it wasn't asked."""

    rule: BusinessRule
    count: int
    findings: Sequence[tuple[object, ...]]
    failure: str | None = None


@dataclass(frozen=True)
class Asked:
    """All answers, the entries that were no rules, and how long it took in seconds."""

    answers: Sequence[Answer]
    refused: Sequence[NotARule]
    seconds: float


def ask_rules(url: str, folder: Path, going_on: bool = False) -> Asked:
    """Ask the catalogue and the rules in `folder` of the record at `url`, and keep the answers as the last run's.

    `going_on`: from what was found the last time, where that is the same.
    """
    start = perf_counter()
    with psycopg.connect(url) as record:
        # Whatever is written while they are asked is looked at again the next time.
        version = newest(record)
        standing = read_standing(record) if going_on else None
    own = list(districts_own(folder))
    rules = [*catalogue().values(), *(one for one in own if isinstance(one, BusinessRule))]
    # Each connection takes the next rule that nobody has taken: some last a hundred times as long as others.
    waiting = iter(rules)
    with ThreadPoolExecutor(_CONNECTIONS) as connections:
        shares = connections.map(lambda _: ask(url, waiting, standing), range(_CONNECTIONS))
        answers = sorted((answer for share in shares for answer in share), key=lambda answer: answer.rule.name)
    refused = [one for one in own if isinstance(one, NotARule)]
    with psycopg.connect(url) as record:
        _keep(record, [*answers, *map(_as_answer, refused)], version)
    return Asked(answers, refused, perf_counter() - start)


def ask_after_run(url: str, folder: Path) -> int:
    """Ask for the last run; gives the number of findings. Raises CannotRun where none can be asked or kept."""
    try:
        return sum(answer.count for answer in ask_rules(url, folder, going_on=True).answers)
    except psycopg.Error as problem:
        raise CannotRun(
            "The run is published, but the business rules could not be asked: the record's PostgreSQL does not answer, "
            "or its disk is full. Look at it, and ask them with: homeroom rules --ask"
        ) from problem


def ask(url: str, rules: Iterable[BusinessRule], standing: Standing | None = None) -> list[Answer]:
    """Ask each of `rules` in a transaction of its own, on one connection; `standing`: the answers to go on from."""
    with psycopg.connect(url) as record:
        # A query of milliseconds is not worth compiling.
        record.execute("set jit = off")
        record.execute(f"set work_mem = '{_MEMORY}'")
        record.commit()
        return [_ask(record, rule, standing) for rule in rules]


def _ask(record: psycopg.Connection, rule: BusinessRule, standing: Standing | None) -> Answer:
    try:
        # What is made for the question ends with its transaction; the question itself only reads.
        query = _query(record, rule, standing)
        record.execute("set transaction read only")
        # The query is sent by the extended protocol, which takes one statement: none can end the transaction early.
        record.execute(f"set local statement_timeout = '{_TIME_LIMIT}'")
        # A rule that gives something else fails by itself, and not when the answers of all are kept.
        named = ", ".join(f"cast(f.{name} as {type_})" for name, type_ in FINDING.items())
        asked = f"select {named}, count(*) over () from (\n{query}\n) as f limit {KEPT}"
        rows = record.execute(asked.replace("%", "%%"), [], prepare=True).fetchall()
        typed = [(row[0], row[1], row[2], row[3]) for row in rows]
        return Answer(rule, rows[0][4] if rows else 0, typed)
    except psycopg.errors.QueryCanceled:
        return Answer(rule, 0, (), f"The rule {rule.name} ({rule.origin}) took longer than {_TIME_LIMIT}.")
    except psycopg.Error as error:
        # PostgreSQL's first line names columns and tables; what follows may quote a value.
        said = error.diag.message_primary if error.diag.sqlstate and error.diag.sqlstate[:2] == "42" else None
        why = said or f"PostgreSQL gives the error {error.diag.sqlstate}"
        return Answer(rule, 0, (), f"The rule {rule.name} ({rule.origin}) can't be asked: {why}.")
    finally:
        record.rollback()


def _query(record: psycopg.Connection, rule: BusinessRule, standing: Standing | None) -> str:
    """The rule's own query, or the shorter one that gives the same."""
    own = _bare(rule.query)
    if standing is None:
        return own
    if standing.holds(rule):
        return findings_that_stand(rule)
    if standing.holds_of_others(rule):
        touched = gather_touched(record, rule, standing)
        if touched <= MOST_ASKED_AGAIN * standing.students:
            again = f"select {', '.join(FINDING)} from (\n{_bare(query_of_touched(rule))}\n) as again"
            return f"{again} union all {findings_that_stand(rule, of_others=True)}"
    return own


def _bare(query: str) -> str:
    return query.strip().rstrip(";")


def _as_answer(refused: NotARule) -> Answer:
    """An entry that is no rule stands among the others, so that whoever wrote it hears of it after each run."""
    named = f"{refused.file}: {refused.name}" if refused.name else refused.file
    rule = BusinessRule(
        named, "This entry is no rule.", "Mend it in its file.", Severity.NOTICE, "data manager", "district", "", "",
        origin=refused.file,
    )  # fmt: skip
    return Answer(rule, 0, (), refused.sentence)


def _keep(record: psycopg.Connection, answers: Sequence[Answer], version: int) -> None:
    with record.cursor() as cursor:
        run = (cursor.execute("select max(id) from consolidation.run").fetchone() or (None,))[0]
        cursor.execute("delete from consolidation.business_rule_finding")
        cursor.execute("delete from consolidation.business_rule")
        cursor.execute("delete from consolidation.business_rule_count where run_id = %s", [run])
        words = "name, means, advice, reason, severity, owner, domain, resource, origin, failure, query, change_version"
        with cursor.copy(f"copy consolidation.business_rule ({words}) from stdin") as copy:
            for a in answers:
                r = a.rule
                copy.write_row(
                    (
                        r.name,
                        r.means,
                        r.advice,
                        r.reason,
                        r.severity,
                        r.owner,
                        r.domain,
                        r.resource,
                        r.origin,
                        a.failure,
                        r.query,
                        version,
                    )
                )
        with cursor.copy("copy consolidation.business_rule_count (run_id, rule, findings) from stdin") as copy:
            for answer in answers:
                if run is not None and answer.failure is None:
                    copy.write_row((run, answer.rule.name, answer.count))
        columns = "rule, id, education_organization_id, student_unique_id, source_row"
        with cursor.copy(f"copy consolidation.business_rule_finding ({columns}) from stdin") as copy:
            for answer in answers:
                for finding in answer.findings:
                    copy.write_row((answer.rule.name, *finding))
