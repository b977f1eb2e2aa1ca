"""What of a delivery could not be published, found without publishing: what is incomplete, and what names what neither
the delivery nor the record holds, and whatever depends on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import duckdb

from homeroom.consolidate.layered_table import LayeredTable
from homeroom.consolidate.rehearsal.record import HeldRecord
from homeroom.model import RESOURCES
from homeroom.model.columns import EDUCATION_ORGANIZATION, Column, ForeignKey, columns, foreign_keys, key_columns
from homeroom.record.keys import BASE_KEYS, base_key
from homeroom.record.order import writing_order

_RULES = {
    "Student": "unknown-student",
    "Contact": "unknown-contact",
    "Staff": "unknown-staff-member",
    EDUCATION_ORGANIZATION: "unknown-school-or-organization",
}


def find_unpublishable(
    connection: duckdb.DuckDBPyConnection,
    tables: Mapping[str, LayeredTable],
    cleaned: Mapping[str, LayeredTable],
    held: HeldRecord,
) -> None:
    """Fill two tables: `fallen` (source_row, rule, field, severity, resource), and `because`, why rows fell.

    `because` (source_row, cause_row, target, key): the row that was set aside and is needed; or, where no row of the
    delivery is what is needed, the resource and the key that was named. `tables` are what a delivery would bring to the
    merge, `cleaned` the same with the rows that were set aside by then. A value that would be left
    out goes to `problem`. Reads `described`, the rules.
    """
    connection.execute(
        """
        create or replace temp table fallen (
            source_row bigint, rule varchar, field varchar, severity varchar, resource varchar);
        create or replace temp table because (source_row bigint, cause_row bigint, target varchar, key varchar);
        """
    )
    search = _Search(connection, tables, cleaned, held)
    for group in writing_order():
        members = [resource for resource in group if resource in tables or resource in cleaned]
        for resource in members:
            search.gather(resource)
        for resource in members:
            search.leave_out_incomplete(resource)
            search.look_for_identities(resource)
        # What refers to rows of its own group may fall because one of them fell.
        while sum(search.look_for_targets(resource) for resource in members):
            pass
    connection.execute(
        """
        insert into problem
        select distinct source_row, source_row >> 32, fallen.rule, field,
            replace(sentence, '{field}', field), 'value', 'references'
        from fallen join described on described.name = fallen.rule where fallen.severity = 'value'
        """
    )


class _Search:
    """The rows of each resource as the merge would have them, in temporary tables `live_<Resource>`: its key, what it
    needs and what it refers to, as text, and its `source_rows`; and `all_<Resource>`, with those that fell before."""

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        tables: Mapping[str, LayeredTable],
        cleaned: Mapping[str, LayeredTable],
        held: HeldRecord,
    ) -> None:
        self._connection, self._tables, self._cleaned, self._held = connection, tables, cleaned, held
        self._gathered: set[str] = set()

    def gather(self, resource: str) -> None:
        key = key_columns(resource)
        needed = {name for foreign in foreign_keys(resource) for name in foreign.columns} | {
            column.name for column in columns(resource) if column.required or column.identifies
        }
        for kind, tables in (("live", self._tables), ("all", self._cleaned)):
            table = tables.get(resource)
            source = table.sql if table else "(select null::bigint as source_row where false)"
            present = self._columns_of(source)
            named = ", ".join(
                f'"{name}"::varchar as "{name}"' if name in present else f'null::varchar as "{name}"' for name in key
            )
            others = "".join(
                f', any_value("{name}")::varchar as "{name}"' if name in present else f', null::varchar as "{name}"'
                for name in sorted(needed - set(key))
            )
            self._connection.execute(
                f'create or replace temp table "{kind}_{resource}" as'
                f" select {named}{others if kind == 'live' else ''}, list(source_row) as source_rows"
                f" from {source} group by {', '.join(str(n + 1) for n in range(len(key)))}"
            )
        self._gathered.add(resource)

    def leave_out_incomplete(self, resource: str) -> None:
        """What no source gives that the record requires; a row of that key in the record has it from elsewhere."""
        required = [column for column in columns(resource) if column.required]
        whole = " and ".join(f'"{column.name}" is not null' for column in required)
        key = [column for column in columns(resource) if column.key]
        self._connection.execute(
            f"create or replace temp table keys as select {_parts([c.name for c in key])}"
            f' from "live_{resource}" where not ({whole})'
        )
        self._held.take_out_held("keys", [c.name for c in key], [c.identifies for c in key], resource)
        missing = ", ".join(f"case when \"{c.name}\" is null then '{c.paths[0]}' end" for c in required)
        same = " and ".join(f'"{c.name}" is not distinct from k{n}' for n, c in enumerate(key))
        self._connection.execute(
            f"""
            insert into fallen select unnest(source_rows), 'required-missing', concat_ws(', ', {missing}), 'row',
                '{resource}' from "live_{resource}" join keys on {same};
            delete from "live_{resource}" using keys where {same};
            """
        )

    def look_for_identities(self, resource: str) -> None:
        """Whoever is named must be known to the source itself, as its ids are its own."""
        for column in columns(resource):
            if column.identifies:
                self._look_for_identity(resource, column, _kinds_of(column.identifies))

    def _look_for_identity(self, resource: str, column: Column, targets: Sequence[str]) -> None:
        known = [t for t in targets if t in self._gathered]
        # Who fell only for want of a value is still known by its id.
        held = " ".join(
            f"except select {_cast(key_columns(t)[0])} from {self._tables[t].sql}" for t in known if t in self._tables
        )
        self._connection.execute(
            f'create or replace temp table keys as select distinct "{column.name}" as k0 from "live_{resource}"'
            f' where "{column.name}" is not null {held}'
        )
        foreign = ForeignKey(column.paths[0], (column.name,), str(column.identifies), ())
        severity = "row" if column.required else "value"
        self._fall(resource, foreign, [(t, (key_columns(t)[0],)) for t in known], _RULES[foreign.target], severity)

    def look_for_targets(self, resource: str) -> int:
        """Take out the rows whose references no row holds; how many."""
        fell = 0
        kinds = {column.name: column.identifies for column in columns(resource)}
        for foreign in foreign_keys(resource):
            own = tuple(dict.fromkeys(foreign.columns))
            target_of = dict(zip(foreign.columns, foreign.target_columns, strict=True))
            targets = self._places(foreign, [target_of[name] for name in own])
            whole = " and ".join(f'"{name}" is not null' for name in own)
            held = " ".join(
                f'except select {_names(names)} from "live_{target}"'
                for target, names in targets
                if target in self._tables
            )
            self._connection.execute(
                f'create or replace temp table keys as select distinct {_parts(own)} from "live_{resource}"'
                f" where {whole} {held}"
            )
            self._held.take_out_held(
                "keys", [target_of[name] for name in own], [kinds[name] for name in own], foreign.target
            )
            short = ForeignKey(foreign.path, own, foreign.target, tuple(target_of[name] for name in own))
            fell += self._fall(resource, short, targets, "reference-not-found", "row")
        return fell

    def _places(self, foreign: ForeignKey, names: Sequence[str]) -> list[tuple[str, tuple[str, ...]]]:
        """The delivered tables that may hold what is referred to, with the columns of the key there."""
        if foreign.target in RESOURCES:
            return [(foreign.target, tuple(names))] if foreign.target in self._gathered else []
        general = BASE_KEYS[foreign.target]
        return [
            (target, tuple(base_key(target)[general.index(name)] for name in names))
            for target in _kinds_of(foreign.target)
            if target in self._gathered
        ]

    def _fall(
        self,
        resource: str,
        foreign: ForeignKey,
        targets: Sequence[tuple[str, tuple[str, ...]]],
        rule: str,
        severity: str,
    ) -> int:
        """Let the rows fall, or lose a value, that name one of `keys`, and tell why."""
        (count,) = self._connection.execute("select count(*) from keys").fetchone() or (0,)
        if not count:
            return 0
        same = " and ".join(f'"{name}" = k{n}' for n, name in enumerate(foreign.columns))
        parts = [f"k{n}" for n in range(len(foreign.columns))]
        needed = " union all ".join(
            f'select {_parts(names)}, source_rows as cause_rows from "all_{target}"' for target, names in targets
        )
        nothing = f"select {', '.join(f'null::varchar as {part}' for part in parts)}, null::bigint[] as cause_rows"
        label = f"concat_ws(', ', {', '.join(parts)})"
        self._connection.execute(
            f"""
            create or replace temp table falling as
            select unnest(source_rows) as source_row, keys.*, label, cause_rows
            from "live_{resource}" join (select *, {label} as label from keys) as keys on {same}
            left join ({needed or nothing + " where false"}) as needed using ({", ".join(parts)});
            insert into fallen select distinct source_row, '{rule}', '{foreign.path}', '{severity}', '{resource}'
            from falling;
            """
        )
        if severity == "row":
            self._connection.execute(
                f"""
                insert into because
                select distinct source_row, unnest(cause_rows), null, null from falling where cause_rows is not null
                union select distinct source_row, null, '{foreign.target}', label from falling where cause_rows is null;
                delete from "live_{resource}" using keys where {same};
                """
            )
            return int(count)
        self._connection.execute(f'update "live_{resource}" set "{foreign.columns[0]}" = null from keys where {same}')
        return 0

    def _columns_of(self, relation: str) -> set[str]:
        return {row[0] for row in self._connection.execute(f"describe from {relation}").fetchall()}


def _kinds_of(target: str) -> list[str]:
    """The resources whose rows are of that kind: each kind of organization, or the one."""
    return [n for n, d in RESOURCES.items() if d.subclass_of == target] or [target]


def _parts(names: Sequence[str]) -> str:
    return ", ".join(f'"{name}" as k{n}' for n, name in enumerate(names))


def _names(names: Sequence[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def _cast(name: str) -> str:
    return f'"{name}"::varchar'
