"""What drives what in Maple Grove: logistic models whose coefficients stand in one table, each with its sentence.

A probability is 1 / (1 + exp(-sum)), the sum running over coefficient times value. Engagement, need and ability are
about standard normal; shares are between 0 and 1. The truth of a made-up district is what these sentences say, with
the noise of chance.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Cause:
    outcome: str
    cause: str
    coefficient: float
    sentence: str


CAUSES = (
    Cause("absence", "constant", -3.36, "An average student misses about one day in twenty-five."),
    Cause("absence", "engagement", -0.52, "Who takes part comes to school."),
    Cause("absence", "need", 0.22, "Poverty keeps children at home: illness, transport, younger siblings."),
    Cause("absence", "moved", 0.30, "A move costs days."),
    Cause("absence", "homeless", 0.55, "Without a home, school is harder to reach."),
    Cause("absence", "kindergarten", 0.25, "Kindergartners are often ill."),
    Cause("absence", "high school", 0.22, "Older students stay away by their own choice."),
    Cause("absence", "after closure", 0.18, "In the year ending in 2022 habits of attendance had not come back."),
    Cause("move", "constant", -2.35, "About one family in eleven moves within a year."),
    Cause("move", "need", 0.50, "Poor families move more often."),
    Cause("leave", "constant", -3.35, "About one family in thirty leaves the district in a year."),
    Cause("leave", "need", 0.30, "Poor families leave more often."),
    Cause("homeless", "constant", -4.60, "About one child in sixty is without a home in a year."),
    Cause("homeless", "need", 1.10, "Homelessness is the sharp end of poverty."),
    Cause("incident", "constant", -3.60, "Three students in a hundred are in an incident in a year."),
    Cause("incident", "engagement", -0.75, "Who takes no part gets into trouble."),
    Cause("incident", "need", 0.25, "Hardship shows in behavior."),
    Cause("incident", "middle years", 0.70, "Grades 6 to 10 have the most incidents."),
    Cause("dropout", "constant", -5.90, "Few leave high school in a single year."),
    Cause("dropout", "absence share", 9.00, "Absence is how dropping out begins."),
    Cause("dropout", "failures", 0.62, "Each failed course of the year makes the next year less likely."),
    Cause("dropout", "moves", 0.35, "Each change of home in high school loosens the tie."),
    Cause("dropout", "need", 0.30, "Work and care for others compete with school."),
    Cause("dropout", "incident", 0.45, "A suspension weighs on its own."),
    Cause("graduation", "constant", 4.30, "A twelfth-grader who came and passed graduates."),
    Cause("graduation", "absence share", -9.50, "Absence in high school costs credits."),
    Cause("graduation", "failures", -0.55, "Each failed course of a year must be made up."),
    Cause("graduation", "moves", -0.30, "Credits are lost on the way between schools."),
    Cause("graduation", "need", -0.25, "Need counts beyond what attendance and marks show."),
    Cause("graduation", "disability", -0.60, "Some individual programs plan for a longer stay."),
    Cause("graduation", "learner", -0.40, "A new language takes longer than four years for some."),
)

# Marks and scores are sums, not probabilities: points out of 100, and points of the vendor's scale.
MARK_BASE, MARK_NOISE, MARK_PASS = 80.5, 7.0, 60
MARK = {"ability": 4.6, "engagement": 4.2, "absence share": -62.0, "disability": -2.0, "learner": -2.0}
SCORE_BASE, SCORE_NOISE = 180.0, 7.5
SCORE = {"ability": 12.5, "engagement": 3.0, "grade": 6.0, "absence share": -25.0, "learner in reading": -9.0}


def probability(outcome: str, values: Mapping[str, np.ndarray | float]) -> np.ndarray:
    """The probability of `outcome` for each student. `values`: cause to its values, for every cause of the outcome."""
    total: np.ndarray | float = 0.0
    for cause in CAUSES:
        if cause.outcome == outcome:
            total = total + cause.coefficient * (1.0 if cause.cause == "constant" else values[cause.cause])
    return 1 / (1 + np.exp(-np.asarray(total)))
