"""What the results of tests become: scores and levels of the whole test, and of its parts as objective assessments."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from homeroom.consolidate.mapping_proposal.guessing import Guesses
from homeroom.consolidate.mapping_proposal.scores import Level, Score

_PART_LENGTH = 60


def score_items(scores: Sequence[Score], part: str) -> list[dict[str, Any]]:
    """The items of `scoreResults` for one part of a test, '' for the whole; one for each measure, the first of it."""
    of_part = {score.measure: score for score in reversed(scores) if score.part == part}
    return [
        {
            "assessmentReportingMethodDescriptor": {"value": measure},
            "resultDatatypeTypeDescriptor": {"value": score.type},
            "result": score.column,
        }
        for measure, score in reversed(of_part.items())
    ]


def level_items(levels: Sequence[Level], part: str) -> list[dict[str, Any]]:
    """The items of `performanceLevels` for one part of a test, '' for the whole."""
    return [
        {
            "assessmentReportingMethodDescriptor": {"value": "Proficiency level"},
            "performanceLevelDescriptor": level.column,
        }
        for level in levels
        if level.part == part
    ][:1]


def assessment_parts(guesses: Guesses, student_assessment: Mapping[str, Any]) -> dict[str, Any]:
    """The documents for the parts of a test, to be added to those of the whole: each part is an ObjectiveAssessment."""
    named = [score.part for score in guesses.scores] + [level.part for level in guesses.levels]
    parts = list(dict.fromkeys(part for part in named if part))
    if not parts or not student_assessment:
        return {}
    reference = student_assessment["assessmentReference"]
    results = []
    objectives = []
    for part in parts:
        code = {"value": part[:_PART_LENGTH]}
        said = {
            "scoreResults": score_items(guesses.scores, part),
            "performanceLevels": level_items(guesses.levels, part),
        }
        results.append(
            {
                "objectiveAssessmentReference": {**reference, "identificationCode": code},
                **{name: items for name, items in said.items() if items},
            }
        )
        objectives.append(
            {"assessmentReference": reference, "identificationCode": code, "description": {"value": part}}
        )
    return {
        "ObjectiveAssessment": objectives,
        "StudentAssessment": {**student_assessment, "studentObjectiveAssessments": results},
    }
