"""The students as one system lists them: under its own ids, some twice, with the names and birth dates it was told."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from homeroom.demo.arrays import objects
from homeroom.demo.dirt import RATE
from homeroom.demo.dirtying import Dirtier, DirtLog, Names
from homeroom.demo.district import District


@dataclass(frozen=True)
class Roster:
    """One place per row of the system's list. `second`: a student's second row."""

    owner: np.ndarray  # place in the district's children
    ids: np.ndarray
    second: np.ndarray
    names: Names
    birth_date: np.ndarray  # datetime64[D]
    dirtier: Dirtier

    def id_of(self, child: np.ndarray, again: np.ndarray) -> np.ndarray:
        """The id under which a row about `child` is kept; where `again`, under the second one if there is one."""
        first = np.full(int(self.owner.max(initial=0)) + 1, -1)
        second = first.copy()
        places = np.arange(len(self.owner))
        first[self.owner[~self.second]] = places[~self.second]
        second[self.owner[self.second]] = places[self.second]
        place = np.where(again & (second[child] >= 0), second[child], first[child])
        return self.ids[place]


def make_roster(
    district: District,
    source: str,
    chance: np.random.Generator,
    log: DirtLog,
    children: np.ndarray,
    numbers: np.ndarray,
    form: str,
    factor: float = 1.0,
    former: float = 0.0,
    swapped: str = "",
    again: float = 1.0,
) -> Roster:
    """List `children` in `source`. `numbers` are twice as many as children, `form` makes ids of them.

    `former`: the share of changed surnames that this source hasn't heard of. `swapped`: the given name of the member of
    the cast whose birth date has day and month swapped here. `again`: multiplies the rate of second ids.
    """
    all_ = district.children
    twice = children[(chance.random(len(children)) < RATE["second-id"] * again) & ~all_.cast[children]]
    owner = np.concatenate([children, twice])
    second = np.arange(len(owner)) >= len(children)
    ids = objects([form.format(number) for number in numbers[: len(owner)]])
    log.note(source, "Student", ids[second], "id", "second-id")
    dirtier = Dirtier(chance, log, source, "Student", ids, all_.cast[owner], factor)
    unheard = np.where(chance.random(len(owner)) < former, all_.former_surname[owner], "")
    names = dirtier.names(
        Names(all_.given[owner], all_.middle[owner], all_.surname[owner]), all_.goes_by[owner], unheard
    )
    told = np.flatnonzero(all_.cast[owner] & (all_.given[owner] == swapped)) if swapped else None
    return Roster(owner, ids, second, names, dirtier.birth_dates(all_.birth_date[owner], told), dirtier)
