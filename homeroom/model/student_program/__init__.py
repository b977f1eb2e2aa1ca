"""Students' time in programs: meals, Title I, English learning, migrant, homeless, Section 504 and others.

Being in one of these programs shows poverty, a disability, a language, migration or having no home, so that every field
is sensitive, dates and services too. Career and technical education is the one exception: it is a choice of courses
and part of the education record, except for why it ended.
"""

from homeroom.model.student_program.learning import (
    StudentCTEProgramAssociation,
    StudentLanguageInstructionProgramAssociation,
    StudentProgramAssociation,
    StudentSection504ProgramAssociation,
)
from homeroom.model.student_program.need import (
    StudentHomelessProgramAssociation,
    StudentMigrantEducationProgramAssociation,
    StudentNeglectedOrDelinquentProgramAssociation,
    StudentSchoolFoodServiceProgramAssociation,
    StudentTitleIPartAProgramAssociation,
)

__all__ = [
    "StudentCTEProgramAssociation",
    "StudentHomelessProgramAssociation",
    "StudentLanguageInstructionProgramAssociation",
    "StudentMigrantEducationProgramAssociation",
    "StudentNeglectedOrDelinquentProgramAssociation",
    "StudentProgramAssociation",
    "StudentSchoolFoodServiceProgramAssociation",
    "StudentSection504ProgramAssociation",
    "StudentTitleIPartAProgramAssociation",
]
