"""The school record, declared: the resources of the Ed-Fi Data Standard 5.2, by domain, in the standard's own names.

Nothing else in Homeroom is a truth about shape. `RESOURCES` holds every resource's definition by name, `DESCRIPTORS`
every descriptor type; importing this package loads them all.
"""

import importlib

# The descriptor types come first: a field or a reference names one, and is refused where there is none of that name.
from homeroom.model.descriptors import DESCRIPTORS  # isort: skip
from homeroom.model.declaration import RESOURCES, PrivacyClass

DOMAINS = (
    "assessment",
    "assessment_registration",
    "bell_schedule",
    "course_catalog",
    "descriptor_mapping",
    "discipline",
    "education_organization",
    "enrollment",
    "finance",
    "gradebook",
    "graduation",
    "intervention",
    "learning_standard",
    "program_evaluation",
    "school_calendar",
    "special_education",
    "staff",
    "student_academic_record",
    "student_attendance",
    "student_cohort",
    "student_identification",
    "student_program",
    "survey",
    "teaching_and_learning",
)

for _domain in DOMAINS:
    importlib.import_module(f"homeroom.model.{_domain}")

__all__ = ["DESCRIPTORS", "DOMAINS", "RESOURCES", "PrivacyClass"]
