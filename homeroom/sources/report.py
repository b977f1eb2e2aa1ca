"""What was wrong with a delivery: problems of files, rows and values, in sentences that hold nobody's data.

Landing, mapping and cleaning all report here, and `problems.parquet` is what the quarantine is made of.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import pyarrow as pa
import pyarrow.compute
import pyarrow.parquet as pq

Severity = Literal["file", "row", "value", "notice"]

PROBLEM_COLUMNS = pa.schema(
    [
        ("source_row", pa.int64()),
        ("file_number", pa.int64()),
        ("rule", pa.string()),
        ("field", pa.string()),
        ("sentence", pa.string()),
        ("severity", pa.string()),
    ]
)


@dataclass(frozen=True)
class Rule:
    """A rule is data: a name in kebab-case, what is wrong, what to do about it, and what it costs."""

    name: str
    sentence: str
    advice: str
    severity: Severity = "row"

    @property
    def words(self) -> str:
        return f"{self.sentence} {self.advice}"


class Report:
    """Collects the problems of one delivery.

    `rules` give the sentence of a problem that is reported by its rule's name alone.
    """

    def __init__(self, rules: Iterable[Rule] = ()) -> None:
        self._rules = {rule.name: rule for rule in rules}
        self._batches: list[pa.Table] = []
        self._loose: list[dict[str, Any]] = []

    def knows(self, rules: Iterable[Rule]) -> None:
        """Make further rules known, for the step that comes next."""
        self._rules.update({rule.name: rule for rule in rules})

    def file_problem(self, file: int | Any, rule: str, sentence: str | None = None) -> None:
        """One sentence about a whole file. `file` is its number, or anything with a `number`."""
        number = file if isinstance(file, int) else file.number
        words = sentence or self._words(rule)
        self._add(None, number, rule, None, words, "file")

    def row_problem(
        self,
        source_row: int,
        rule: str,
        field: str | None = None,
        sentence: str | None = None,
        severity: Severity | None = None,
    ) -> None:
        """One row set aside, or, where `severity` is 'value', one value of it."""
        words = sentence or self._words(rule)
        self._add(source_row, source_row >> 32, rule, field, words, severity or self._severity(rule))

    def row_problems(self, source_rows: Iterable[int] | pa.Array, rule: str, field: str | None = None) -> None:
        """The same problem of many rows at once: whole columns, no loop."""
        rows = pa.array(source_rows, pa.int64())
        count = len(rows)
        if not count:
            return
        numbers = pa.compute.shift_right(rows, 32)
        same = {"rule": rule, "field": field, "sentence": self._words(rule), "severity": self._severity(rule)}
        repeated = [pa.repeat(pa.scalar(value, pa.string()), count) for value in same.values()]
        arrays = dict(zip(same, repeated, strict=True)) | {"source_row": rows, "file_number": numbers}
        self._batches.append(pa.table([arrays[name] for name in PROBLEM_COLUMNS.names], PROBLEM_COLUMNS))

    def take_over(self, problems: pa.Table) -> None:
        """Problems that another report wrote down, in the columns of `problems.parquet`."""
        self._batches.append(problems)

    def table(self) -> pa.Table:
        """All problems so far, in the columns of `problems.parquet`."""
        return pa.concat_tables([pa.Table.from_pylist(self._loose, PROBLEM_COLUMNS), *self._batches])

    def write(self, path: Path) -> int:
        """Write the problems as Parquet, whole or not at all; returns how many."""
        table = self.table()
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_name(path.name + ".unfinished")
        pq.write_table(table, unfinished)
        unfinished.replace(path)
        return int(table.num_rows)

    def counts(self) -> Mapping[str, int]:
        """How often each rule was broken."""
        counted = self.table().group_by("rule").aggregate([("rule", "count")])
        return {row["rule"]: row["rule_count"] for row in counted.to_pylist()}

    def _add(
        self, source_row: int | None, number: int, rule: str, field: str | None, words: str, severity: Severity
    ) -> None:
        values = (source_row, number, rule, field, words, severity)
        self._loose.append(dict(zip(PROBLEM_COLUMNS.names, values, strict=True)))

    def _words(self, rule: str) -> str:
        return self._rules[rule].words

    def _severity(self, rule: str) -> Severity:
        return self._rules[rule].severity if rule in self._rules else "row"
