"""Students, their parents, and staff. What 1.0 says of a student, 5.2 says of the student at an organization."""

from __future__ import annotations

from homeroom.consolidate.edfi1.paths import Columns, Items, given
from homeroom.consolidate.edfi1.recurring import (
    ANY_ORGANIZATION,
    ELECTRONIC_MAILS,
    NAME,
    RACES,
    SCHOOL,
    STAFF,
    STUDENT,
    TELEPHONES,
    addresses,
)
from homeroom.consolidate.edfi1.references import ORGANIZATION, reference

_IDENTITY: Columns = {
    # A reference may say who somebody is beside the id; where no more is known, that is a person too.
    "first_name": "StudentIdentity/Name/FirstName",
    "middle_name": "StudentIdentity/Name/MiddleName",
    "last_surname": "StudentIdentity/Name/LastSurname",
    "birth_date": "StudentIdentity/BirthDate",
}
_STAFF: Columns = {
    "staff_unique_id": "StaffUniqueStateId",
    **NAME,
    "sex_descriptor": "Sex",
    "birth_date": "BirthDate",
    "addresses": addresses("Home"),
    "telephones": TELEPHONES,
    "electronic_mails": ELECTRONIC_MAILS,
    "hispanic_latino_ethnicity": "HispanicLatinoEthnicity",
    "races": RACES,
    "highest_completed_level_of_education_descriptor": "HighestLevelOfEducationCompleted",
    "years_of_prior_professional_experience": "YearsOfPriorProfessionalExperience",
    "years_of_prior_teaching_experience": "YearsOfPriorTeachingExperience",
    "login_id": "LoginId",
    "highly_qualified_teacher": "HighlyQualifiedTeacher",
    "identification_codes": Items(
        "StaffIdentificationCode",
        {
            "staffIdentificationSystemDescriptor": "@IdentificationSystem",
            "assigningOrganizationIdentificationCode": "@AssigningOrganizationCode",
            "identificationCode": "ID",
        },
    ),
}

ELEMENTS: dict[str, Columns] = {
    "Student": {
        "student_unique_id": "StudentUniqueStateId",
        **NAME,
        "sex_descriptor": "Sex",
        "birth_date": "BirthData/BirthDate",
        "birth_city": "BirthData/CityOfBirth",
        "birth_state_abbreviation_descriptor": "BirthData/StateOfBirthAbbreviation",
        "birth_country_descriptor": "BirthData/CountryOfBirthCode",
        "date_entered_us": "BirthData/DateEnteredUS",
        "multiple_birth_status": "BirthData/MultipleBirthStatus",
        "profile_thumbnail": "ProfileThumbnail",
        "login_id": "LoginId",
        "hispanic_latino_ethnicity": "HispanicLatinoEthnicity",
        "limited_english_proficiency_descriptor": "LimitedEnglishProficiency",
        "addresses": addresses("Home"),
        "telephones": TELEPHONES,
        "electronic_mails": ELECTRONIC_MAILS,
        "races": RACES,
        "economic_disadvantaged": "EconomicDisadvantaged",
        "school_food_services_eligibility": "SchoolFoodServicesEligibility",
        "characteristics": Items(
            "StudentCharacteristics",
            {
                "studentCharacteristicDescriptor": "Characteristic",
                "designatedBy": "DesignatedBy",
                "periods": given(
                    "case when {0} is not null then [{{'beginDate': {0}, 'endDate': {1}}}] end", "BeginDate", "EndDate"
                ),
            },
            as_json=False,
            keep=("studentCharacteristicDescriptor",),
        ),
        "disabilities": Items(
            "Disabilities",
            {
                "disabilityDescriptor": "Disability",
                "disabilityDiagnosis": "DisabilityDiagnosis",
                "orderOfDisability": "OrderOfDisability",
            },
            as_json=False,
            keep=("disabilityDescriptor",),
        ),
        "section_504": Items(
            "Section504Disabilities/Section504Disability", {"code": "."}, as_json=False, keep=("code",)
        ),
        "spoken": Items("Languages/Language", {"code": "."}, as_json=False, keep=("code",)),
        "at_home": Items("HomeLanguages/Language", {"code": "."}, as_json=False, keep=("code",)),
        "student_identification_codes": Items(
            "StudentIdentificationCode",
            {
                "studentIdentificationSystemDescriptor": "@IdentificationSystem",
                "assigningOrganizationIdentificationCode": given(
                    "coalesce({0}, {1})", "@AssigningOrganizationCode", "@IdentificationSystem"
                ),
                "identificationCode": "IdentificationCode",
            },
        ),
        "student_indicators": Items(
            "StudentIndicators",
            {"indicatorName": "IndicatorName", "indicator": "Indicator", "designatedBy": "DesignatedBy"},
        ),
    },
    "StudentReference": {"student_unique_id": "StudentIdentity/StudentUniqueStateId", **_IDENTITY},
    "Parent": {
        "contact_unique_id": "ParentUniqueStateId",
        **NAME,
        "sex_descriptor": "Sex",
        "addresses": addresses("Home"),
        "telephones": TELEPHONES,
        "electronic_mails": ELECTRONIC_MAILS,
        "login_id": "LoginId",
    },
    "StudentParentAssociation": {
        "student_unique_id": STUDENT,
        "contact_unique_id": "ParentReference/ParentIdentity/ParentUniqueStateId",
        "relation_descriptor": "Relation",
        "primary_contact_status": "PrimaryContactStatus",
        "lives_with": "LivesWith",
        "emergency_contact_status": "EmergencyContactStatus",
        "contact_priority": "ContactPriority",
        "contact_restrictions": "ContactRestrictions",
    },
    "StudentSchoolAssociation": {
        "student_unique_id": STUDENT,
        "school_id": SCHOOL,
        "entry_date": "EntryDate",
        "entry_grade_level_descriptor": "EntryGradeLevel",
        # 1.0 tells many kinds of transfer apart, by where the student comes from.
        "entry_type_descriptor": given(
            "case when {0} ilike 'transfer %' then 'Transfer' when {0} ilike 're-entry %' then 'Re-entry'"
            " when {0} ilike 'original entry %' then 'New to education system' else {0} end",
            "EntryType",
        ),
        "repeat_grade_indicator": "RepeatGradeIndicator",
        "school_choice_transfer": "SchoolChoiceTransfer",
        "exit_withdraw_date": "ExitWithdrawDate",
        "exit_withdraw_type_descriptor": given(
            "case when {0} ilike 'student is in a different %' or {0} ilike 'transferred %' then 'Transferred'"
            " when {0} ilike 'expelled %' then 'Expelled' else {0} end",
            "ExitWithdrawType",
        ),
        "class_of_school_year": given("school_year_of({0})", "ClassOf"),
        "plan": reference(
            "GraduationPlanReference/GraduationPlanIdentity/GraduationPlanType",
            f"GraduationPlanReference/GraduationPlanIdentity/EducationalOrgReference/{ORGANIZATION}"
            f" | GraduationPlanReference/GraduationPlanIdentity/EducationOrganizationReference/{ORGANIZATION}",
        ),
    },
    "Staff": _STAFF,
    "Teacher": _STAFF,
    "StaffEducationOrgEmploymentAssociation": {
        "staff_unique_id": STAFF,
        "education_organization_id": ANY_ORGANIZATION,
        "employment_status_descriptor": "EmploymentStatus",
        "hire_date": "EmploymentPeriod/HireDate",
        "end_date": "EmploymentPeriod/EndDate",
        "separation_descriptor": "EmploymentPeriod/Separation",
        "separation_reason_descriptor": "EmploymentPeriod/SeparationReason",
        "department": "Department",
        # A percentage here, a share in 5.2.
        "full_time_equivalency": given("coalesce(try_cast({0} as double) / 100, null)::varchar", "FullTimeEquivalency"),
        "offer_date": "OfferDate",
        "hourly_wage": "HourlyWage",
    },
    "StaffEducationOrgAssignmentAssociation": {
        "staff_unique_id": STAFF,
        "education_organization_id": ANY_ORGANIZATION,
        "staff_classification_descriptor": "StaffClassification",
        "position_title": "PositionTitle",
        "begin_date": "BeginDate",
        "end_date": "EndDate",
        "order_of_assignment": "OrderOfAssignment",
    },
    "TeacherSchoolAssociation": {
        "staff_unique_id": STAFF,
        "school_id": SCHOOL,
        "program_assignment_descriptor": "ProgramAssignment",
        "grade_levels": Items("InstructionalGradeLevels/GradeLevel", {"gradeLevelDescriptor": "."}),
        "academic_subjects": Items("AcademicSubjects/AcademicSubject", {"academicSubjectDescriptor": "."}),
    },
    "LeaveEvent": {
        "staff_unique_id": STAFF,
        "absence_event_category_descriptor": "LeaveEventCategory",
        "event_date": "EventDate",
        "absence_event_reason": "LeaveEventReason",
        "hours_absent": "HoursOnLeave",
    },
}

# 5.2 tells what may change of a student at an organization: at the districts of the schools that the student went to,
# or at the school where it has none; of one who went nowhere, at the district where there is only one.
# 5.2 tells the plans of each year's graduates apart: the year is that in which a student of the entry grade is done.
PREPARED = """
create or replace temp table belonging as
with schooling as (
    select distinct student_unique_id, school_id from edfi1.StudentSchoolAssociation where student_unique_id is not null
), of_school as (
    select s.organization as school_id, coalesce(arg_min(d.district_id, s.steps), s.organization) as district_id
    from under s left join district d on d.district_id = s.above
    where s.organization in (from school) group by s.organization)
select distinct student_unique_id, coalesce(district_id, s.school_id) as education_organization_id
from schooling s left join of_school using (school_id)
union all
select student_unique_id, (select case when count(*) = 1 then max(district_id) end from district)
from edfi1.Student where student_unique_id is not null
    and student_unique_id not in (select student_unique_id from schooling);
create or replace temp macro years_to_graduation(grade) as 12 - list_position(['first grade', 'second grade',
    'third grade', 'fourth grade', 'fifth grade', 'sixth grade', 'seventh grade', 'eighth grade', 'ninth grade',
    'tenth grade', 'eleventh grade', 'twelfth grade'], lower(grade));
create or replace temp table enrollment as
select a.*, coalesce(class_of_school_year, (try_cast(year_of_day(try_cast(entry_date as date)) as integer)
    + coalesce(years_to_graduation(entry_grade_level_descriptor),
        case when entry_grade_level_descriptor ilike 'kindergarten' then 12 end))::varchar) as graduation_year
from edfi1.StudentSchoolAssociation a
"""

_STUDENT = """
select source_row, student_unique_id, personal_title_prefix, first_name, middle_name, last_surname,
    generation_code_suffix, maiden_name, other_names, personal_identification_documents,
    birth_date, birth_city, birth_state_abbreviation_descriptor,
    birth_country_descriptor, date_entered_us, multiple_birth_status
from edfi1.Student where student_unique_id is not null
union all by name
select source_row, student_unique_id, first_name, middle_name, last_surname, birth_date
from edfi1.StudentReference where first_name is not null and student_unique_id is not null"""

_ABOUT = """
with languages as (
    select source_row, items_json(list({'languageDescriptor': code, 'uses': uses})) as languages
    from (select source_row, code, list({'languageUseDescriptor': use} order by use) as uses
        from (select source_row, unnest(at_home).code as code, 'Home language' as use from edfi1.Student
            union all select source_row, unnest(spoken).code, 'Spoken language' from edfi1.Student) group by all)
    group by source_row)
select s.source_row, s.student_unique_id, b.education_organization_id, s.sex_descriptor, s.hispanic_latino_ethnicity,
    s.limited_english_proficiency_descriptor, s.login_id, s.profile_thumbnail, s.addresses, s.telephones,
    s.electronic_mails, s.races, s.student_identification_codes, l.languages,
    nullif(to_json(coalesce(s.characteristics, []) || case when s.economic_disadvantaged = 'true' then
        [{'studentCharacteristicDescriptor': 'Economic Disadvantaged', 'designatedBy': null, 'periods': null}]
        else [] end)::varchar, '[]') as student_characteristics,
    case when len(s.disabilities) > 0 then to_json(s.disabilities)::varchar end as disabilities,
    nullif(to_json(list_filter([
        {'indicatorName': 'School Food Services Eligibility', 'indicator': s.school_food_services_eligibility},
        {'indicatorName': 'Economic Disadvantaged', 'indicator': s.economic_disadvantaged},
        {'indicatorName': 'Section 504 Disability', 'indicator': left(array_to_string(list_transform(s.section_504,
            lambda one: one.code), ', '), 60)}], lambda one: one.indicator <> ''))::varchar, '[]') as student_indicators
from edfi1.Student s join belonging b using (student_unique_id) left join languages l using (source_row)
where b.education_organization_id is not null"""

_ENROLLMENT = """
select e.source_row, e.student_unique_id, e.school_id, e.entry_date, e.entry_grade_level_descriptor,
    e.entry_type_descriptor, e.repeat_grade_indicator, e.school_choice_transfer, e.exit_withdraw_date,
    e.exit_withdraw_type_descriptor, e.class_of_school_year, p.education_organization_id,
    p.graduation_plan_type_descriptor, case when p.reference is not null then e.graduation_year end
        as graduation_school_year
from enrollment e left join plan_by_reference p on p.reference = e.plan and e.graduation_year is not null"""

STAGED: list[tuple[str, str]] = [
    ("Student", _STUDENT),
    ("StudentEducationOrganizationAssociation", _ABOUT),
    ("StudentSchoolAssociation", _ENROLLMENT),
    ("Contact", "select * from edfi1.Parent"),
    ("StudentContactAssociation", "select * from edfi1.StudentParentAssociation"),
    ("Staff", "select * from edfi1.Staff union all by name select * from edfi1.Teacher"),
    (
        "StaffEducationOrganizationEmploymentAssociation",
        "select * from edfi1.StaffEducationOrgEmploymentAssociation",
    ),
    (
        "StaffEducationOrganizationAssignmentAssociation",
        "select * from edfi1.StaffEducationOrgAssignmentAssociation",
    ),
    ("StaffSchoolAssociation", "select * from edfi1.TeacherSchoolAssociation"),
    ("StaffAbsenceEvent", "select * from edfi1.LeaveEvent"),
]
