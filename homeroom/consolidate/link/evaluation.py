"""How good a linkage is, where the truth is known."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb


@dataclass(frozen=True)
class Quality:
    """Shares of pairs: `precision` of those joined that are true, `recall` of the true ones that are joined."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def quality(connection: duckdb.DuckDBPyConnection, found: str, truth: str) -> Quality:
    """Compare two queries of (source, source_id, person), over all pairs of rows with the same person."""
    together = connection.execute(
        f"""
        with found as ({found}), truth as ({truth}),
        pairs as (select f.person as found, t.person as truth from truth as t
            join found as f on f.source = t.source and f.source_id = t.source_id)
        select (select sum(n * (n - 1) / 2) from (select count(*) as n from pairs group by found, truth)),
            (select sum(n * (n - 1) / 2) from (select count(*) as n from pairs group by found)),
            (select sum(n * (n - 1) / 2) from (select count(*) as n from pairs group by truth))
        """
    ).fetchone()
    right, joined, true = together or (0, 0, 0)
    return Quality(right / joined if joined else 1.0, right / true if true else 1.0)
