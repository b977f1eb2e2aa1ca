"""What people decided of pairs of rows, and which of it counts where two decisions can't both hold."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

TOGETHER = "together"
APART = "apart"
LATER = "later"

# A row of a source: the source's name and its id for the person.
Row = tuple[str, str]


@dataclass(frozen=True)
class Decision:
    """That two rows of sources are one person (`together`) or two (`apart`). A higher `number` was decided later."""

    number: int
    left: Row
    right: Row
    decision: str


@dataclass
class InEffect:
    """Which decisions count: the persons that they make of rows, who is kept apart, and what counts no more."""

    together: list[list[Row]] = field(default_factory=list)
    apart: list[tuple[Row, Row]] = field(default_factory=list)
    contradicted: dict[int, list[int]] = field(default_factory=dict)


def in_effect(decisions: Iterable[Decision]) -> InEffect:
    """Go through the decisions of one kind of person, the newest first; one that contradicts those kept is left out.

    Two rows that are one person with a third are one; rows of one person can't be kept apart. `contradicted` gives for
    each number left out the numbers of newer decisions of which at least one stands against it: those about the
    persons that it names.
    """
    persons: dict[Row, int] = {}
    members: dict[int, list[Row]] = {}
    about: dict[int, set[int]] = {}
    enemies: dict[int, set[int]] = {}
    result = InEffect()

    def person(row: Row) -> int:
        if row not in persons:
            number = len(persons)
            persons[row], members[number], about[number], enemies[number] = number, [row], set(), set()
        return persons[row]

    for one in sorted(decisions, key=lambda decision: -decision.number):
        left, right = person(one.left), person(one.right)
        if one.decision == TOGETHER:
            if right in enemies[left]:
                result.contradicted[one.number] = sorted(about[left] & about[right] or about[left] | about[right])
                continue
            if left != right:
                _join(left, right, persons, members, about, enemies)
            about[left].add(one.number)
        elif one.decision == APART:
            if left == right:
                result.contradicted[one.number] = sorted(about[left])
                continue
            enemies[left].add(right)
            enemies[right].add(left)
            about[left].add(one.number)
            about[right].add(one.number)
            result.apart.append((one.left, one.right))
    result.together = [sorted(rows) for rows in members.values() if len(rows) > 1]
    return result


def _join(
    into: int,
    other: int,
    persons: dict[Row, int],
    members: dict[int, list[Row]],
    about: dict[int, set[int]],
    enemies: dict[int, set[int]],
) -> None:
    for row in members.pop(other):
        persons[row] = into
        members[into].append(row)
    about[into] |= about.pop(other)
    for enemy in enemies.pop(other):
        enemies[enemy].discard(other)
        enemies[enemy].add(into)
        enemies[into].add(enemy)
