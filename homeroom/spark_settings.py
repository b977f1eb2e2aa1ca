"""What a district may say in `homeroom.toml` of the Spark that hands out the work of consolidation."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from difflib import get_close_matches
from typing import Any

from homeroom.errors import CannotRun
from homeroom.secrets_file import is_secret

_EXAMPLE = '"spark://spark.example.org:7077"'
_CONFIGURATION = "[spark.configuration]"


@dataclass(frozen=True)
class SparkSettings:
    """`master`: the URL of Spark's master; `configuration`: settings of Spark's own, by their full names."""

    master: str = "local[*]"
    configuration: Mapping[str, str] = field(default_factory=dict)

    @property
    def on_this_machine(self) -> bool:
        """Whether all tasks run inside one process of Java on this machine."""
        return self.master == "local" or self.master.startswith("local[")


def read_spark(document: Mapping[str, Any], fault: Callable[[str], CannotRun]) -> SparkSettings:
    """The table [spark] of a parsed settings file. Raises what `fault` makes of the words for the first fault."""
    table = document.get("spark", {})
    known = [one.name for one in fields(SparkSettings)]
    if not isinstance(table, dict):
        raise fault("spark has to be a table: a line [spark], and below it its values")
    for word in table:
        if word not in known:
            meant = get_close_matches(word, known, 1)
            guess = f"{meant[0]} may be meant" if meant else f"it may hold {' and '.join(known)}"
            raise fault(f"[spark] holds {word[:60]!r}, which means nothing here; {guess}")
    master = table.get("master", SparkSettings.master)
    if not isinstance(master, str) or not master.strip():
        raise fault(f"master under [spark] has to be the URL of a Spark master, such as {_EXAMPLE}")
    if master.startswith("sc://"):
        raise fault(
            "master under [spark] is the address of a Spark Connect server, which can't run what Homeroom hands out. "
            f"Name the master itself, such as {_EXAMPLE}"
        )
    return SparkSettings(master.strip(), _configuration(table.get("configuration", {}), fault))


def _configuration(table: object, fault: Callable[[str], CannotRun]) -> dict[str, str]:
    if not isinstance(table, dict):
        raise fault(f"configuration has to be a table: a line {_CONFIGURATION}, and below it its values")
    found = dict(_flat(table))
    for name, value in found.items():
        shown = f"{name[:60]} under {_CONFIGURATION}"
        if not isinstance(value, str):
            raise fault(f"{shown} has to be text in quotation marks")
        if not name.startswith("spark."):
            raise fault(f"{shown} is no setting of Spark's: their names begin with spark")
        if name == "spark.master":
            raise fault(f"{shown} is what master under [spark] says")
        # Spark is started with these on its command line, which everybody on the machine can read.
        if is_secret(name.rpartition(".")[2]):
            raise fault(f"{shown} lets its holder in. It belongs in spark-defaults.conf, in the folder SPARK_CONF_DIR")
    return found


def _flat(table: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, Any]]:
    """Spark's names have dots, which TOML takes for tables where a name is not in quotation marks."""
    for name, value in table.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{above}{name}.")
        else:
            yield f"{above}{name}", value
