"""As which document of the record an object of OneRoster is kept: the way back of what `gradebook` and `assessments`
declare, and the same that consolidation makes of files.

Work in a class is a GradebookEntry, and what a student made of it a StudentGradebookEntry. Results of a line item that
stands for grades are grades. References are looked up first; what they lead to has to fit together.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from homeroom.access.door import Refused, Use
from homeroom.access.oneroster.assessments import NUMBERS, PERCENTILES, WORDS
from homeroom.access.oneroster.looked_up import (
    Row,
    grades_of,
    grading_period,
    kind_of_work,
    of_section,
    row_of,
    seat_of,
    session_of_section,
    subjects_of,
)
from homeroom.access.oneroster.received import Received
from homeroom.access.resources.agreed import terms_of
from homeroom.access.resources.refusals import NotValid
from homeroom.model.descriptor import STANDARD_NAMESPACE
from homeroom.record.document import Fault
from homeroom.record.values import json_value

OTHER_SUBJECT = f"{STANDARD_NAMESPACE}AcademicSubjectDescriptor#Other"


@dataclass(frozen=True)
class Kept:
    """A document of a resource. `meant`: the members of which the object can say something: all others stay."""

    resource: str
    document: Mapping[str, Any]
    meant: frozenset[str]


async def line_item(use: Use, sent: Received, id_: UUID, before: Row | None) -> Kept:
    """A line item as a GradebookEntry; `before`: the entry that it is already. Raises NotValid and Refused."""
    section = await _named(use, sent, "class", "Section", "It is none of the classes that you may know of.")
    faults: list[Fault] = []
    if sent["school"]:
        school = await row_of(use, "School", sent["school"])
        if school is None or school["school_id"] != section["school_id"]:
            faults.append(Fault("school", "It is not the school of the class."))
    if sent["academicSession"] and sent["academicSession"] != await session_of_section(use, section):
        faults.append(Fault("academicSession", "It is not the session of the class."))
    period = None
    if sent["gradingPeriod"]:
        period = await grading_period(use, sent["gradingPeriod"], section["school_id"])
        if period is None or period["school_year"] != section["school_year"]:
            faults.append(Fault("gradingPeriod", "It is no grading period of the class's school and year."))
    kind = await kind_of_work(use, sent["category"])
    if kind is None:
        faults.append(Fault("category", "There is no such category. Send it first, with PUT."))
    elif kind["descriptor_type"] == "GradeTypeDescriptor":
        faults.append(
            Fault("category", "It is a kind of grade. Grades are sent as results; their line items make themselves.")
        )
    if faults:
        raise NotValid(faults)
    moved = before is None or of_section(before) != of_section(section)
    said = {
        "gradebookEntryIdentifier": before["gradebook_entry_identifier"] if before else id_.hex,
        "namespace": before["namespace"] if before else own_namespace(use, "line items"),
        "sourceSectionIdentifier": section["section_identifier"]
        if moved or before is None
        else before["source_section_identifier"],
        "sectionReference": of_section(section),
        "gradingPeriodReference": _period(period) if period else None,
        "gradebookEntryTypeDescriptor": kind["uri"] if kind else None,
        "title": sent["title"],
        "description": sent["description"],
        "dateAssigned": sent["assignDate"],
        "dueDate": sent["dueDate"],
        "maxPoints": sent["resultValueMax"],
    }
    return _kept("GradebookEntry", said)


async def result(use: Use, sent: Received, _: UUID, before: Row | None) -> Kept:
    """A result as a StudentGradebookEntry, or as a Grade where its line item stands for grades.

    Raises NotValid where something does not fit, and Refused.
    """
    student = await _named(use, sent, "student", "Student", "It is none of the students that you may know of.")
    entry = await row_of(use, "GradebookEntry", sent["lineItem"])
    if entry is not None:
        await _check_class(use, sent, entry)
        return _result_of_work(sent, entry, student)
    graded = await grades_of(use, sent["lineItem"])
    if graded is None:
        raise NotValid([Fault("lineItem", "It is none of the line items that you may know of.")])
    await _check_class(use, sent, graded)
    seat = before if before and "begin_date" in before else await seat_of(use, graded, student["student_unique_id"])
    if seat is None:
        raise NotValid([Fault("student", "The student has no place in the class of the line item.")])
    return _result_of_grades(sent, graded, student, seat)


async def assessment_line_item(use: Use, sent: Received, id_: UUID, before: Row | None) -> Kept:
    """A line item of the profile for assessment results, as an Assessment. Raises NotValid and Refused."""
    section = None
    if sent["class"]:
        section = await _named(use, sent, "class", "Section", "It is none of the classes that you may know of.")
    said: dict[str, Any] = {
        "assessmentIdentifier": before["assessment_identifier"] if before else id_.hex,
        "namespace": before["namespace"] if before else own_namespace(use, "assessments"),
        "assessmentTitle": sent["title"],
        "maxRawScore": sent["resultValueMax"],
        "sections": [{"sectionReference": of_section(section)}] if section else None,
    }
    subjects = await subjects_of(use, section) if section and not before else []
    # OneRoster names no subject, and no assessment is without one: that of the class's course, as far as it is known.
    said["academicSubjects"] = [{"academicSubjectDescriptor": uri} for uri in subjects or [OTHER_SUBJECT]]
    kept = _kept("Assessment", said)
    return kept if before is None else Kept(kept.resource, kept.document, kept.meant - {"academicSubjects"})


async def assessment_result(use: Use, sent: Received, id_: UUID, before: Row | None) -> Kept:
    """What a student scored in an assessment, as a StudentAssessment. Raises NotValid and Refused."""
    student = await _named(use, sent, "student", "Student", "It is none of the students that you may know of.")
    wanted = "It is none of the assessments that you may know of."
    assessment = await _named(use, sent, "assessmentLineItem", "Assessment", wanted)
    if sent["scoreStatus"] not in ("fully graded", "exempt"):
        words = "The record knows results of assessments that are fully graded, and who was exempt."
        raise NotValid([Fault("scoreStatus", words)])
    scores = [
        one
        for one in (before or {}).get("score_results") or ()
        if one["assessmentReportingMethodDescriptor"].rpartition("#")[2] not in (*NUMBERS, *WORDS, *PERCENTILES)
    ]
    scores += [
        {
            "assessmentReportingMethodDescriptor": f"{STANDARD_NAMESPACE}AssessmentReportingMethodDescriptor#{method}",
            "result": str(sent[name]),
            "resultDatatypeTypeDescriptor": f"{STANDARD_NAMESPACE}ResultDatatypeTypeDescriptor#{kind}",
        }
        for name, method, kind in (
            ("score", NUMBERS[0], "Decimal"),
            ("textScore", WORDS[0], "Level"),
            ("scorePercentile", PERCENTILES[0], "Percentile"),
        )
        if sent[name] is not None
    ]
    exempt = f"{STANDARD_NAMESPACE}ReasonNotTestedDescriptor#Other"
    said = {
        "studentAssessmentIdentifier": before["student_assessment_identifier"] if before else id_.hex,
        "assessmentReference": {
            "assessmentIdentifier": assessment["assessment_identifier"],
            "namespace": assessment["namespace"],
        },
        "studentReference": {"studentUniqueId": student["student_unique_id"]},
        "administrationDate": f"{sent['scoreDate']}T00:00:00Z",
        "scoreResults": scores or None,
        "reasonNotTestedDescriptor": exempt if sent["scoreStatus"] == "exempt" else None,
    }
    return _kept("StudentAssessment", said)


KEPT_AS: Mapping[str, Callable[[Use, Received, UUID, Row | None], Awaitable[Kept]]] = {
    "lineItems": line_item,
    "results": result,
    "assessmentLineItems": assessment_line_item,
    "assessmentResults": assessment_result,
}
# Of which resources the objects of a class are.
RESOURCES_OF: Mapping[str, tuple[str, ...]] = {
    "categories": ("GradebookEntryTypeDescriptor",),
    "lineItems": ("GradebookEntry",),
    "results": ("StudentGradebookEntry", "Grade"),
    "assessmentLineItems": ("Assessment",),
    "assessmentResults": ("StudentAssessment",),
    "scoreScales": (),
}


def own_namespace(use: Use, what: str) -> str:
    """The namespace in which an app makes things of its own. Raises Refused where its agreement names none."""
    namespaces = terms_of(use).namespaces
    if not namespaces:
        raise Refused(f"New {what} are kept in a namespace of the provider's, and the agreement names none.")
    return namespaces[0]


def _result_of_work(sent: Received, entry: Row, student: Row) -> Kept:
    status = _SUBMITTED.get(str(sent["scoreStatus"]))
    faults = []
    if status is None:
        known = ", ".join(_SUBMITTED)
        faults.append(Fault("scoreStatus", f"The record knows {known}. That something is late is said in the field."))
    elif sent["missing"] is not None and sent["missing"] != (status == "Not Submitted"):
        faults.append(Fault("missing", "What is missing is what was not submitted, by its scoreStatus."))
    if faults:
        raise NotValid(faults)
    late = {True: "Late", False: "Not Late"}.get(sent["late"])
    said = {
        "gradebookEntryReference": {
            "gradebookEntryIdentifier": entry["gradebook_entry_identifier"],
            "namespace": entry["namespace"],
        },
        "studentReference": {"studentUniqueId": student["student_unique_id"]},
        "submissionStatusDescriptor": f"{STANDARD_NAMESPACE}SubmissionStatusDescriptor#{status}",
        "assignmentLateStatusDescriptor": late and f"{STANDARD_NAMESPACE}AssignmentLateStatusDescriptor#{late}",
        "dateFulfilled": sent["scoreDate"],
        "diagnosticStatement": sent["comment"],
        "letterGradeEarned": sent["textScore"],
        "pointsEarned": sent["score"],
        # A score is one of the two, whichever there is.
        "numericGradeEarned": None,
    }
    return _kept("StudentGradebookEntry", said)


def _result_of_grades(sent: Received, graded: Row, student: Row, seat: Row) -> Kept:
    faults = []
    if sent["scoreStatus"] != "fully graded":
        faults.append(Fault("scoreStatus", "A grade is fully graded. Send it when there is one."))
    faults += [
        Fault(name, f"A grade is not {name}: leave it out.") for name in ("late", "missing") if sent[name] is True
    ]
    if faults:
        raise NotValid(faults)
    said = {
        "gradingPeriodReference": _period(graded),
        "studentSectionAssociationReference": {
            **of_section(graded),
            "beginDate": seat["begin_date"],
            "studentUniqueId": student["student_unique_id"],
        },
        "gradeTypeDescriptor": graded["grade_type_descriptor"],
        "currentGradeAsOfDate": sent["scoreDate"],
        "diagnosticStatement": sent["comment"],
        "letterGradeEarned": sent["textScore"],
        "numericGradeEarned": sent["score"],
    }
    return _kept("Grade", said)


_SUBMITTED = {
    "fully graded": "Graded",
    "submitted": "Submitted",
    "not submitted": "Not Submitted",
    "exempt": "Exempt",
}


async def _named(use: Use, sent: Received, field: str, resource: str, words: str) -> Row:
    found = await row_of(use, resource, sent[field])
    if found is None:
        raise NotValid([Fault(field, words)])
    return found


async def _check_class(use: Use, sent: Received, line_item: Row) -> None:
    """Raises NotValid where a result names another class than its line item's."""
    if sent["class"] is None:
        return
    section = await row_of(use, "Section", sent["class"])
    if section is None or of_section(section) != of_section(line_item):
        raise NotValid([Fault("class", "It is not the class of the line item.")])


def _period(row: Row) -> dict[str, Any]:
    return {
        "gradingPeriodDescriptor": row["grading_period_descriptor"],
        "gradingPeriodName": row["grading_period_name"],
        "schoolId": row["school_id"],
        "schoolYear": row["school_year"],
    }


def _kept(resource: str, said: Mapping[str, Any]) -> Kept:
    document = {name: _json(value) for name, value in said.items() if value is not None}
    return Kept(resource, document, frozenset(said))


def _json(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _json(one) for name, one in value.items()}
    return value if isinstance(value, list) else json_value(value)
