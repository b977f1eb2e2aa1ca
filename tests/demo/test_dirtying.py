"""Dirt comes at its stated rate, is noted, and leaves the named cast alone."""

import numpy as np
import pytest

from homeroom.demo.dirt import RATE
from homeroom.demo.dirtying import Dirtier, DirtLog, Names, without_accents

MANY = 20_000


def _dirtier(clean: bool = False) -> Dirtier:
    ids = np.arange(MANY).astype(str).astype(object)
    return Dirtier(np.random.default_rng(5), DirtLog(), "sis", "Student", ids, np.full(MANY, clean))


def _names(given: str, surname: str) -> Names:
    return Names(*(np.full(MANY, name, dtype=object) for name in (given, "Ann", surname)))


def _noted(dirtier: Dirtier, dirt: str) -> int:
    return sum(len(ids) for _, _, ids, _, kind in dirtier.log.entries if kind == dirt)


@pytest.mark.parametrize("dirt", ["typo", "all-capitals", "stray-whitespace", "nickname"])
def test_a_kind_of_dirt_comes_at_its_rate(dirt: str) -> None:
    dirtier = _dirtier()
    dirtier.names(_names("Katherine", "Anderson"), np.full(MANY, "Kate", dtype=object))
    assert _noted(dirtier, dirt) / MANY == pytest.approx(RATE[dirt], rel=0.2)


def test_what_changed_was_noted() -> None:
    dirtier = _dirtier()
    names = dirtier.names(_names("Katherine", "Anderson"), np.full(MANY, "", dtype=object))
    noted = {str(one) for _, _, ids, _, _ in dirtier.log.entries for one in ids}
    changed = np.flatnonzero((names.given != "Katherine") | (names.surname != "Anderson"))
    assert {str(place) for place in changed} <= noted


def test_the_cast_stays_clean() -> None:
    dirtier = _dirtier(clean=True)
    names = dirtier.names(_names("Luis", "García Moreno"), np.full(MANY, "", dtype=object))
    assert set(names.given) == {"Luis"}
    assert set(names.surname) == {"García Moreno"}


def test_compound_surnames_are_reordered_and_accents_lost() -> None:
    names = _dirtier().names(_names("Luis", "García Moreno"), np.full(MANY, "", dtype=object))
    assert {"Moreno García", "García", "Moreno", "García-Moreno", "Garcia Moreno"} <= set(names.surname)


def test_a_misread_name_is_mended_by_reading_it_back() -> None:
    surnames = set(_dirtier().names(_names("Luis", "García"), np.full(MANY, "", dtype=object)).surname)
    assert "GarcÃ\xada" in surnames


def test_a_particle_is_no_surname_of_its_own() -> None:
    surnames = set(_dirtier().names(_names("Ana", "De la Cruz"), np.full(MANY, "", dtype=object)).surname)
    assert "la Cruz De" not in surnames


def test_swapped_days_and_months_are_real_dates() -> None:
    birth = np.full(MANY, np.datetime64("2012-04-03"))
    told = _dirtier().birth_dates(birth)
    assert np.datetime64("2012-03-04") in told
    assert (told == birth).mean() > 0.97


def test_an_impossible_birth_date_makes_a_pupil_an_adult() -> None:
    told = _dirtier().birth_dates(np.full(MANY, np.datetime64("2012-04-23")))
    assert told.min() < np.datetime64("1990-01-01")


def test_accents_are_taken_off_and_nothing_else() -> None:
    assert without_accents("Đức Núñez-O’Brien") == "Duc Nunez-O’Brien"
