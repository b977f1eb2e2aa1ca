"""TODO-DOC"""

from homeroom.model import (
    assessment,
    assessment_registration,
    bell_schedule,
    course_catalog,
    descriptor_mapping,
    discipline,
    education_organization,
    enrollment,
    finance,
    gradebook,
    graduation,
    intervention,
    learning_standard,
    program_evaluation,
    school_calendar,
    special_education,
    staff,
    student_academic_record,
    student_attendance,
    student_cohort,
    student_identification,
    student_program,
    survey,
    teaching_and_learning,
)
from homeroom.model.declaration import RESOURCES

__all__ = ["RESOURCES"]
