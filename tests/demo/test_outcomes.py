"""What happens in Maple Grove has causes that can be found again, with noise."""

import numpy as np
import pytest

from homeroom.demo import outcomes
from homeroom.demo.district import District
from homeroom.demo.families import LATEST
from homeroom.demo.outcomes import CAUSES


def _area(score: np.ndarray, positive: np.ndarray) -> float:
    """The chance that one of the positive scores higher than one of the others."""
    rank = np.argsort(np.argsort(score))
    own = positive.sum()
    return float((rank[positive].sum() - own * (own - 1) / 2) / (own * (~positive).sum()))


def _seniors(district: District) -> np.ndarray:
    years = district.years
    return np.flatnonzero((years.grade == 12) & (years.year < LATEST) & (years.leaving != "moved away"))


def test_each_cause_of_an_outcome_is_stated_once() -> None:
    assert len({(cause.outcome, cause.cause) for cause in CAUSES}) == len(CAUSES)


def test_more_absence_makes_graduation_less_likely() -> None:
    others = dict.fromkeys(("failures", "moves", "need", "disability", "learner"), 0.0)
    often, seldom = (outcomes.probability("graduation", {**others, "absence share": share}) for share in (0.3, 0.02))
    assert often < 0.9 < seldom


def test_attendance_and_failures_foretell_graduation_but_not_surely(district: District) -> None:
    years, rows = district.years, _seniors(district)
    share = years.absences[rows] / (years.exit[rows] - years.entry[rows] + 1)
    assert 0.75 < _area(-10 * share - 0.6 * years.failures[rows], years.leaving[rows] == "graduated") < 0.95


def test_most_seniors_graduate_and_not_all(district: District) -> None:
    assert 0.8 < (district.years.leaving[_seniors(district)] == "graduated").mean() < 0.96


@pytest.mark.parametrize("year", [2022, 2023, 2024, 2025, 2026])
def test_the_chronically_absent_are_as_many_as_in_districts_today(district: District, year: int) -> None:
    years = district.years
    rows = years.year == year
    share = years.absences[rows] / (years.exit - years.entry + 1)[rows]
    assert 0.12 <= (share >= 0.1).mean() <= 0.28


def test_need_shows_in_absence_and_marks_and_moves(district: District) -> None:
    years = district.years
    need = district.households.need[district.children.household[years.child]]
    poor = need > np.quantile(need, 0.75)
    share = years.absences / (years.exit - years.entry + 1)
    assert share[poor].mean() > 1.2 * share[~poor].mean()
    assert years.moved[poor].mean() > 1.2 * years.moved[~poor].mean()
    assert np.nanmean(years.marks[poor]) < np.nanmean(years.marks[~poor]) - 1


def test_incidents_come_from_who_takes_no_part(district: District) -> None:
    years = district.years
    engagement = district.children.engagement[years.child]
    assert engagement[years.incidents > 0].mean() < engagement[years.incidents == 0].mean() - 0.3


def test_scores_and_marks_tell_of_the_same_ability(rows) -> None:
    person = {r["source_id"]: r["person_id"] for r in rows("truth/persons.csv") if r["source"] == "assessments"}
    marks = {(r["person_id"], r["school_year"]): float(r["mean_mark"]) for r in rows("truth/student_years.csv")}
    grades = {(r["person_id"], r["school_year"]): int(r["grade"]) for r in rows("truth/student_years.csv")}
    pairs = []
    for row in rows("assessments/results.csv"):
        subject, year, window, _ = row["lineItemSourcedId"].split("-")
        key = (person[row["studentSourcedId"]], year)
        if (subject, window) == ("MATH", "SPRING"):
            pairs.append((float(row["score"]) - outcomes.SCORE["grade"] * grades[key], marks[key]))
    assert 0.5 < np.corrcoef(np.array(pairs).T)[0, 1] < 0.95
