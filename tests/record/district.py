"""Documents of a few people and places of Maple Grove, each with what it refers to."""

GRADE = "uri://ed-fi.org/GradeLevelDescriptor#Fourth grade"
MAYA = {"studentUniqueId": "900", "firstName": "Maya", "lastSurname": "Okafor", "birthDate": "2016-03-01"}
OAK = {
    "schoolId": 1001,
    "nameOfInstitution": "Oak Elementary",
    "gradeLevels": [{"gradeLevelDescriptor": GRADE}],
    "educationOrganizationCategories": [
        {"educationOrganizationCategoryDescriptor": "uri://ed-fi.org/EducationOrganizationCategoryDescriptor#School"}
    ],
}
ENROLLMENT = {
    "studentReference": {"studentUniqueId": "900"},
    "schoolReference": {"schoolId": 1001},
    "entryDate": "2025-08-20",
    "entryGradeLevelDescriptor": GRADE,
}
YEAR = {"schoolYear": 2026, "currentSchoolYear": True, "schoolYearDescription": "2025-2026"}
PERIOD = {
    "gradingPeriodDescriptor": "uri://ed-fi.org/GradingPeriodDescriptor#First Semester",
    "gradingPeriodName": "Fall",
    "schoolReference": {"schoolId": 1001},
    "schoolYearTypeReference": {"schoolYear": 2026},
    "beginDate": "2025-08-20",
    "endDate": "2025-12-19",
    "totalInstructionalDays": 84,
}
PERIOD_REFERENCE = {
    "gradingPeriodDescriptor": PERIOD["gradingPeriodDescriptor"],
    "gradingPeriodName": "Fall",
    "schoolId": 1001,
    "schoolYear": 2026,
}
SESSION = {
    "sessionName": "Fall",
    "schoolReference": {"schoolId": 1001},
    "schoolYearTypeReference": {"schoolYear": 2026},
    "beginDate": "2025-08-20",
    "endDate": "2025-12-19",
    "termDescriptor": "uri://ed-fi.org/TermDescriptor#Fall Semester",
    "totalInstructionalDays": 84,
    "gradingPeriods": [{"gradingPeriodReference": PERIOD_REFERENCE}],
}
PROGRAM = {
    "educationOrganizationReference": {"educationOrganizationId": 1001},
    "programName": "Reading club",
    "programTypeDescriptor": "uri://ed-fi.org/ProgramTypeDescriptor#Other",
}
PARTICIPATION = {
    "beginDate": "2025-09-01",
    "educationOrganizationReference": {"educationOrganizationId": 1001},
    "programReference": {
        "educationOrganizationId": 1001,
        "programName": "Reading club",
        "programTypeDescriptor": "uri://ed-fi.org/ProgramTypeDescriptor#Other",
    },
    "studentReference": {"studentUniqueId": "900"},
}
DISTRICT = {
    "Student": MAYA,
    "School": OAK,
    "StudentSchoolAssociation": ENROLLMENT,
    "SchoolYearType": YEAR,
    "GradingPeriod": PERIOD,
    "Session": SESSION,
    "Program": PROGRAM,
    "StudentProgramAssociation": PARTICIPATION,
}
