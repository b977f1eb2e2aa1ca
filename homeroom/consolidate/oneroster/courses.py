"""Courses, their offerings in each term, sections, and who is in them.

A class is a section in each of its terms. A class whose course is not in the bundle is taken for its own course.
An enrollment in a class of several terms counts in those terms that its dates touch, and within each term's dates.
"""

from __future__ import annotations

_GRADES = "to_json(list_transform(items({0}), lambda g: {{'gradeLevelDescriptor': g}}))::varchar"
_GRADES_OR_NOTHING = "case when len(items({0})) > 0 then " + _GRADES + " end as offered_grade_levels"
# The subject as the source names it; where it has only a code of its own, what the title says.
_SUBJECTS = """case when subjects is not null or title is not null then to_json(list_transform(list_sort(list_distinct(
    list_transform(items(coalesce(subjects, title)), lambda s: coalesce(nullif(subject(s), 'Other'), subject(title),
    'Other')))), lambda s: {'academicSubjectDescriptor': s}))::varchar end as academic_subjects"""

_COURSE = f"""
select source_row, coalesce(orgSourcedId, (select arg_min(school_id, source_row) from section
        where section.courseSourcedId = courses.sourcedId)) as education_organization_id,
    left(coalesce(courseCode, sourcedId), 60) as course_code, left(coalesce(title, courseCode, sourcedId), 60)
    as course_title, '1' as number_of_parts, {_SUBJECTS}, {_GRADES_OR_NOTHING.format("grades")},
    case when subjectCodes is not null then to_json([{{'courseIdentificationSystemDescriptor': 'Other',
        'identificationCode': subjectCodes}}])::varchar end as identification_codes
from courses where sourcedId is not null
union all by name
select source_row, course_organization as education_organization_id, course_code, left(coalesce(title, course_code), 60)
    as course_title, '1' as number_of_parts, {_SUBJECTS}, {_GRADES_OR_NOTHING.format("grades")}
from section where without_course"""

_OFFERING = f"""
select min(source_row) as source_row, school_id, school_year, session_name, course_code as local_course_code,
    course_code, course_organization as education_organization_id, min({_GRADES.format("grades")})
    filter (len(items(grades)) > 0) as offered_grade_levels
from section group by school_id, school_year, session_name, course_code, course_organization"""

_KEY = """s.course_code as local_course_code, s.school_id, s.school_year, s.session_name,
    s.class_id as section_identifier"""

_SECTION = f"""
select s.source_row, {_KEY}, left(s.title, 100) as section_name, {_GRADES_OR_NOTHING.format("s.grades")}
from section s"""

_STUDENT_SECTION = f"""
select s.source_row, {_KEY}, s.user_id as student_unique_id, s.begin_text as begin_date, s.end_text as end_date
from membership s where s.kind = 'Student'"""

_STAFF_SECTION = f"""
select s.source_row, {_KEY}, s.user_id as staff_unique_id, s.begin_text as begin_date, s.end_text as end_date,
    case when lower(s.role) in ('aide', 'paraprofessional') then 'Assistant Teacher'
        when lower(s.role) in ('proctor', 'administrator', 'staff') then 'Support Teacher'
        when lower(s."primary") in ('false', 'no', '0') then 'Assistant Teacher'
        else 'Teacher of Record' end as classroom_position_descriptor
from membership s where s.kind = 'Staff'"""

_RESOURCE = """
select source_row, left(sourcedId, 225) as content_identifier, left(coalesce(title, vendorResourceId), 75)
    as short_description, title as description, vendorId as publisher,
    vendorResourceId as learning_resource_metadata_uri, getvariable('namespace') as namespace
from resources where sourcedId is not null"""

STAGED: list[tuple[str, str]] = [
    ("Course", _COURSE),
    ("CourseOffering", _OFFERING),
    ("Section", _SECTION),
    ("StudentSectionAssociation", _STUDENT_SECTION),
    ("StaffSectionAssociation", _STAFF_SECTION),
    ("EducationContent", _RESOURCE),
]
