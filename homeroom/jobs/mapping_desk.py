"""Looks into the sources' tables for the page on what columns mean."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from homeroom.consolidate.clean.cleaned_table import quoted
from homeroom.consolidate.database import connect, literal
from homeroom.consolidate.mapping_file.used import places_of
from homeroom.consolidate.mapping_proposal.concepts import concepts
from homeroom.consolidate.mapping_proposal.proposing import ASKED, District, TableProposal
from homeroom.consolidate.source_kinds import SOURCE_KINDS
from homeroom.errors import WrongUse
from homeroom.jobs.map_source import Looked, look, source_to_map, write_mapping
from homeroom.settings import SourceSettings, Workspace
from homeroom.sources.csv_files import file_of
from homeroom.sources.delivery import LandedTable
from homeroom.web.mapping_desk import MOST_FIELDS, Said, ShownColumn, ShownDocuments, ShownMapping, ShownTable

_ROWS = 3
_STUDENT = "student"


@dataclass(frozen=True)
class WorkspaceMappingDesk:
    """The desk of one workspace."""

    workspace: Workspace

    def sources(self) -> Sequence[tuple[str, bool]]:
        """The sources whose tables need a mapping, each with whether it has one."""
        mapped = [
            source
            for source in self.workspace.settings().sources
            if source.kind in SOURCE_KINDS and SOURCE_KINDS[source.kind].mapped
        ]
        return [(source.name, self._has_mapping(source)) for source in mapped]

    def concepts(self) -> Sequence[tuple[str, str]]:
        """What a column may be taken for: the concept and its words, in the order of the words."""
        return sorted(((one.name, one.means) for one in concepts().values()), key=lambda pair: pair[1].lower())

    def look(self, source: str, anew: bool, said: Said | None) -> ShownMapping:
        """What the mapping makes of the source's tables. Raises WrongUse where the workspace has no such source."""
        meant = self._source(source)
        said = said or Said()
        with look(self.workspace, meant, anew=anew, chosen=said.columns, given=said.rows) as found:
            tables = _tables(found)
            asked = dict.fromkeys(name for proposal in found.proposals for name in proposal.asked)
            district = District(source, self.workspace.settings().district, date.today(), said.rows)
        return ShownMapping(
            tuple(tables),
            tuple(ShownDocuments(one.resource, one.rows, one.first) for one in found.previews),
            tuple(f"{one.times:,} times, the {one.severity}: {one.sentence}" for one in found.set_aside),
            found.unread,
            tuple((name, ASKED[name], district.default(name)) for name in asked),
            bool(found.proposals),
            meant.options["mapping"],
            tuple({value for one in found.previews for document in one.first for value in _students(document)}),
        )

    def save(self, source: str, said: Said) -> None:
        """Write the proposal that comes of what was said as the source's mapping."""
        meant = self._source(source)
        with look(self.workspace, meant, anew=True, chosen=said.columns, given=said.rows) as found:
            write_mapping(meant, found.text)

    def _source(self, name: str) -> SourceSettings:
        if name not in {known for known, _ in self.sources()}:
            raise WrongUse("This workspace has no source of that name whose tables need a mapping.")
        return source_to_map(self.workspace, name, None)

    def _has_mapping(self, source: SourceSettings) -> bool:
        return Path(source.options.get("mapping", "")).is_file()


def _students(document: Mapping[str, str]) -> list[str]:
    return [value for field, value in document.items() if field in (_STUDENT, "studentUniqueId")]


def _tables(found: Looked) -> list[ShownTable]:
    proposals = {proposal.table: proposal for proposal in found.proposals}
    left = MOST_FIELDS // 2
    tables = []
    with connect() as connection:
        for table in found.tables:
            fitting = next((one for one in found.mapping if one.fits(table.name)), None)
            fields = places_of(fitting) if fitting else {}
            shown = _columns(connection, table, fields, proposals.get(table.name), left)
            left -= sum(column.asked for column in shown)
            path, sheet = file_of(table.name)
            doubts = proposals[table.name].doubts if table.name in proposals else ()
            title = path if sheet is None else f"{path}, sheet {sheet}"
            tables.append(ShownTable(table.name, title, table.rows, tuple(shown), doubts))
    return tables


def _columns(
    connection: duckdb.DuckDBPyConnection,
    table: LandedTable,
    fields: Mapping[str, Sequence[str]],
    proposal: TableProposal | None,
    most: int,
) -> list[ShownColumn]:
    names = [row[0] for row in connection.execute(f"describe from {literal(table.path)}").fetchall()]
    names.remove("source_row")
    picked = ", ".join(map(quoted, names))
    rows = connection.execute(
        f"select {picked} from {literal(table.path)} order by source_row limit {_ROWS}"
    ).fetchall()
    lowered = {column.lower(): tuple(where) for column, where in fields.items()}
    taken_for = _taken_for(proposal)
    # What was understood comes before the rest, if not all can be asked of.
    first = set(sorted(names, key=lambda name: name not in taken_for)[: max(most, 0)])
    return [
        ShownColumn(
            name,
            tuple(dict.fromkeys(cell.strip() for row in rows if (cell := row[at]) and cell.strip())),
            lowered.get(name.lower(), ()),
            taken_for.get(name, ""),
            proposal is not None and name in first,
        )
        for at, name in enumerate(names)
    ]


def _taken_for(proposal: TableProposal | None) -> dict[str, str]:
    if proposal is None:
        return {}
    guesses = proposal.guesses
    scores = {score.column: "score" for score in guesses.scores} | {level.column: "score" for level in guesses.levels}
    return scores | {guess.column: guess.concept for guess in guesses.found.values()}
