"""What students achieved: grades, report cards, transcripts, credits, averages, honors and diplomas.

It is the education record in the plainest sense. FERPA would let a district call honors and degrees directory
information; here they are not, until a district says so. Sensitive are the kind of diploma (one kind is for students
with the most severe disabilities) and every tie to a program. What a competency is, without any student, is public.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from homeroom.model.declaration import (
    DATE,
    INTEGER,
    LONG,
    Element,
    PrivacyClass,
    Resource,
    boolean,
    code,
    collection,
    day,
    decimal,
    descriptor,
    embedded,
    integer,
    reference,
    string,
    text,
)
from homeroom.model.shared_elements import AcademicSubject, AssessmentSection, Recognition

if TYPE_CHECKING:
    from homeroom.model.abstract import EducationOrganization, GeneralStudentProgramAssociation
    from homeroom.model.course_catalog import Course
    from homeroom.model.education_organization import Program
    from homeroom.model.learning_standard import LearningStandard
    from homeroom.model.school_calendar import GradingPeriod, SchoolYearType
    from homeroom.model.staff import Staff
    from homeroom.model.student_identification import Student
    from homeroom.model.teaching_and_learning import StudentSectionAssociation

EDUCATION = PrivacyClass.EDUCATION
PUBLIC = PrivacyClass.PUBLIC
SENSITIVE = PrivacyClass.SENSITIVE


class AlternativeCourseIdentificationCode(Element):
    """A number by which another catalog or organisation knows the course."""

    courseIdentificationSystemDescriptor: str = descriptor(
        "CourseIdentificationSystemDescriptor", PUBLIC, required=True
    )
    assigningOrganizationIdentificationCode: str | None = text(60, PUBLIC)
    courseCatalogURL: str | None = text(255, PUBLIC)
    identificationCode: str = text(60, PUBLIC, required=True)


class CourseProgram(Element):
    """A program in which the course was taken."""

    courseProgramReference: Program = reference(
        "Program",
        PUBLIC,
        required=True,
        educationOrganizationId=LONG,
        programName=string(60),
        programTypeDescriptor=code("ProgramTypeDescriptor"),
    )


class CreditCategory(Element):
    """A category in which the credits count."""

    creditCategoryDescriptor: str = descriptor("CreditCategoryDescriptor", PUBLIC, required=True)


class EarnedAdditionalCredit(Element):
    """Further credit of another kind that the course brought, such as college credit."""

    additionalCreditTypeDescriptor: str = descriptor("AdditionalCreditTypeDescriptor", PUBLIC, required=True)
    credits: Decimal = decimal(9, 3, PUBLIC, required=True)


class PartialCourseTranscriptAward(Element):
    """Credit or a grade that was given for a part of the course."""

    methodCreditEarnedDescriptor: str | None = descriptor("MethodCreditEarnedDescriptor", PUBLIC)
    awardDate: date = day(PUBLIC, required=True)
    earnedCredits: Decimal = decimal(9, 3, PUBLIC, required=True)
    letterGradeEarned: str | None = text(20, PUBLIC)
    numericGradeEarned: str | None = text(20, PUBLIC)


class LearningStandardGrade(Element):
    """The grade for one learning standard within a course."""

    learningStandardReference: LearningStandard = reference(
        "LearningStandard", PUBLIC, required=True, learningStandardId=string(60)
    )
    performanceBaseConversionDescriptor: str | None = descriptor("PerformanceBaseConversionDescriptor", PUBLIC)
    diagnosticStatement: str | None = text(1024, PUBLIC)
    letterGradeEarned: str | None = text(20, PUBLIC)
    numericGradeEarned: Decimal | None = decimal(9, 2, PUBLIC)


class GradePointAverage(Element):
    """A grade point average, for a time or over all years, with its highest possible value."""

    gradePointAverageTypeDescriptor: str = descriptor("GradePointAverageTypeDescriptor", PUBLIC, required=True)
    gradePointAverageValue: Decimal = decimal(18, 4, PUBLIC, required=True)
    isCumulative: bool | None = boolean(PUBLIC)
    maxGradePointAverageValue: Decimal | None = decimal(18, 4, PUBLIC)


class ReportCardGrade(Element):
    """A grade that stands on the report card."""

    gradeReference: Grade = reference(
        "Grade",
        PUBLIC,
        required=True,
        gradeTypeDescriptor=code("GradeTypeDescriptor"),
        gradingPeriodDescriptor=code("GradingPeriodDescriptor"),
        gradingPeriodName=string(60),
        schoolId=LONG,
        gradingPeriodSchoolYear=INTEGER,
        beginDate=DATE,
        localCourseCode=string(60),
        schoolYear=INTEGER,
        sectionIdentifier=string(255),
        sessionName=string(60),
        studentUniqueId=string(32),
    )


class ReportCardStudentCompetencyObjective(Element):
    """A mastered or unmastered objective that stands on the report card."""

    studentCompetencyObjectiveReference: StudentCompetencyObjective = reference(
        "StudentCompetencyObjective",
        PUBLIC,
        required=True,
        gradingPeriodDescriptor=code("GradingPeriodDescriptor"),
        gradingPeriodName=string(60),
        gradingPeriodSchoolId=LONG,
        gradingPeriodSchoolYear=INTEGER,
        objectiveEducationOrganizationId=LONG,
        objective=string(60),
        objectiveGradeLevelDescriptor=code("GradeLevelDescriptor"),
        studentUniqueId=string(32),
    )


class AcademicHonor(Element):
    """An academic honor that a student received, such as the honor roll, with who gave it."""

    academicHonorCategoryDescriptor: str = descriptor("AcademicHonorCategoryDescriptor", PUBLIC, required=True)
    achievementCategoryDescriptor: str | None = descriptor("AchievementCategoryDescriptor", PUBLIC)
    achievementCategorySystem: str | None = text(60, PUBLIC)
    achievementTitle: str | None = text(60, PUBLIC)
    criteria: str | None = text(150, PUBLIC)
    criteriaURL: str | None = text(255, PUBLIC)
    evidenceStatement: str | None = text(150, PUBLIC)
    honorAwardDate: date | None = day(PUBLIC)
    honorAwardExpiresDate: date | None = day(PUBLIC)
    honorDescription: str = text(80, PUBLIC, required=True)
    imageURL: str | None = text(255, PUBLIC)
    issuerName: str | None = text(150, PUBLIC)
    issuerOriginURL: str | None = text(255, PUBLIC)


class Diploma(Element):
    """A diploma or certificate that a student received, with its kind, level and date."""

    achievementCategoryDescriptor: str | None = descriptor("AchievementCategoryDescriptor", PUBLIC)
    diplomaLevelDescriptor: str | None = descriptor("DiplomaLevelDescriptor", PUBLIC)
    diplomaTypeDescriptor: str = descriptor("DiplomaTypeDescriptor", SENSITIVE, required=True)
    achievementCategorySystem: str | None = text(60, PUBLIC)
    achievementTitle: str | None = text(60, PUBLIC)
    criteria: str | None = text(150, PUBLIC)
    criteriaURL: str | None = text(255, PUBLIC)
    cteCompleter: bool | None = boolean(PUBLIC)
    diplomaAwardDate: date = day(PUBLIC, required=True)
    diplomaAwardExpiresDate: date | None = day(PUBLIC)
    diplomaDescription: str | None = text(80, SENSITIVE)
    evidenceStatement: str | None = text(150, PUBLIC)
    imageURL: str | None = text(255, PUBLIC)
    issuerName: str | None = text(150, PUBLIC)
    issuerOriginURL: str | None = text(255, PUBLIC)


class StudentAcademicRecordReportCard(Element):
    """A report card that counts into the record."""

    reportCardReference: ReportCard = reference(
        "ReportCard",
        PUBLIC,
        required=True,
        educationOrganizationId=LONG,
        gradingPeriodDescriptor=code("GradingPeriodDescriptor"),
        gradingPeriodName=string(60),
        gradingPeriodSchoolId=LONG,
        gradingPeriodSchoolYear=INTEGER,
        studentUniqueId=string(32),
    )


class ClassRanking(Element):
    """A student's place among the students of their class on a given day."""

    classRank: int | None = integer(PUBLIC)
    classRankingDate: date | None = day(PUBLIC)
    percentageRanking: int | None = integer(PUBLIC)
    totalNumberInClass: int | None = integer(PUBLIC)


class StudentCompetencyObjectiveGeneralStudentProgramAssociation(Element):
    """The student's time in a program in which the objective was pursued."""

    generalStudentProgramAssociationReference: GeneralStudentProgramAssociation = reference(
        "GeneralStudentProgramAssociation",
        PUBLIC,
        required=True,
        beginDate=DATE,
        educationOrganizationId=LONG,
        programEducationOrganizationId=LONG,
        programName=string(60),
        programTypeDescriptor=code("ProgramTypeDescriptor"),
        studentUniqueId=string(32),
    )


class StudentCompetencyObjectiveStudentSectionAssociation(Element):
    """The student's time in a section in which the objective was pursued."""

    studentSectionAssociationReference: StudentSectionAssociation = reference(
        "StudentSectionAssociation",
        PUBLIC,
        required=True,
        beginDate=DATE,
        localCourseCode=string(60),
        schoolId=LONG,
        schoolYear=INTEGER,
        sectionIdentifier=string(255),
        sessionName=string(60),
        studentUniqueId=string(32),
    )


class StudentAcademicRecord(Resource, domain="student_academic_record"):
    """A student's standing at the end of a term: credits tried and earned, averages, honors, diplomas."""

    educationOrganizationReference: EducationOrganization = reference(
        "EducationOrganization", EDUCATION, key=True, educationOrganizationId=LONG
    )
    schoolYearTypeReference: SchoolYearType = reference("SchoolYearType", EDUCATION, key=True, schoolYear=INTEGER)
    studentReference: Student = reference("Student", EDUCATION, key=True, studentUniqueId=string(32))
    cumulativeAttemptedCreditTypeDescriptor: str | None = descriptor("CreditTypeDescriptor", EDUCATION)
    cumulativeEarnedCreditTypeDescriptor: str | None = descriptor("CreditTypeDescriptor", EDUCATION)
    sessionAttemptedCreditTypeDescriptor: str | None = descriptor("CreditTypeDescriptor", EDUCATION)
    sessionEarnedCreditTypeDescriptor: str | None = descriptor("CreditTypeDescriptor", EDUCATION)
    termDescriptor: str = descriptor("TermDescriptor", EDUCATION, key=True)
    cumulativeAttemptedCreditConversion: Decimal | None = decimal(9, 2, EDUCATION)
    cumulativeAttemptedCredits: Decimal | None = decimal(9, 3, EDUCATION)
    cumulativeEarnedCreditConversion: Decimal | None = decimal(9, 2, EDUCATION)
    cumulativeEarnedCredits: Decimal | None = decimal(9, 3, EDUCATION)
    projectedGraduationDate: date | None = day(EDUCATION)
    sessionAttemptedCreditConversion: Decimal | None = decimal(9, 2, EDUCATION)
    sessionAttemptedCredits: Decimal | None = decimal(9, 3, EDUCATION)
    sessionEarnedCreditConversion: Decimal | None = decimal(9, 2, EDUCATION)
    sessionEarnedCredits: Decimal | None = decimal(9, 3, EDUCATION)
    academicHonors: list[AcademicHonor] = collection(
        AcademicHonor, EDUCATION, unique_by=("academicHonorCategoryDescriptor", "honorDescription")
    )
    diplomas: list[Diploma] = collection(Diploma, EDUCATION, unique_by=("diplomaAwardDate", "diplomaTypeDescriptor"))
    gradePointAverages: list[GradePointAverage] = collection(
        GradePointAverage, EDUCATION, unique_by=("gradePointAverageTypeDescriptor",)
    )
    recognitions: list[Recognition] = collection(Recognition, EDUCATION, unique_by=("recognitionTypeDescriptor",))
    reportCards: list[StudentAcademicRecordReportCard] = collection(
        StudentAcademicRecordReportCard, EDUCATION, unique_by=("reportCardReference",)
    )
    classRanking: ClassRanking | None = embedded(ClassRanking, EDUCATION)


class CourseTranscript(Resource, domain="student_academic_record"):
    """The final result of a student in a course, as it stands on the transcript: grade and credits."""

    courseReference: Course = reference(
        "Course", EDUCATION, key=True, courseCode=string(60), educationOrganizationId=LONG
    )
    externalEducationOrganizationReference: EducationOrganization | None = reference(
        "EducationOrganization", EDUCATION, educationOrganizationId=LONG
    )
    responsibleTeacherStaffReference: Staff | None = reference("Staff", EDUCATION, staffUniqueId=string(32))
    studentAcademicRecordReference: StudentAcademicRecord = reference(
        "StudentAcademicRecord",
        EDUCATION,
        key=True,
        educationOrganizationId=LONG,
        schoolYear=INTEGER,
        studentUniqueId=string(32),
        termDescriptor=code("TermDescriptor"),
    )
    attemptedCreditTypeDescriptor: str | None = descriptor("CreditTypeDescriptor", EDUCATION)
    courseAttemptResultDescriptor: str = descriptor("CourseAttemptResultDescriptor", EDUCATION, key=True)
    courseRepeatCodeDescriptor: str | None = descriptor("CourseRepeatCodeDescriptor", EDUCATION)
    earnedCreditTypeDescriptor: str | None = descriptor("CreditTypeDescriptor", EDUCATION)
    methodCreditEarnedDescriptor: str | None = descriptor("MethodCreditEarnedDescriptor", EDUCATION)
    whenTakenGradeLevelDescriptor: str | None = descriptor("GradeLevelDescriptor", EDUCATION)
    alternativeCourseTitle: str | None = text(60, EDUCATION)
    assigningOrganizationIdentificationCode: str | None = text(60, EDUCATION)
    attemptedCreditConversion: Decimal | None = decimal(9, 2, EDUCATION)
    attemptedCredits: Decimal | None = decimal(9, 3, EDUCATION)
    courseCatalogURL: str | None = text(255, EDUCATION)
    courseTitle: str | None = text(60, EDUCATION)
    earnedCreditConversion: Decimal | None = decimal(9, 2, EDUCATION)
    earnedCredits: Decimal | None = decimal(9, 3, EDUCATION)
    externalEducationOrganizationNameOfInstitution: str | None = text(75, EDUCATION)
    finalLetterGradeEarned: str | None = text(20, EDUCATION)
    finalNumericGradeEarned: Decimal | None = decimal(9, 2, EDUCATION)
    academicSubjects: list[AcademicSubject] = collection(
        AcademicSubject, EDUCATION, unique_by=("academicSubjectDescriptor",)
    )
    alternativeCourseIdentificationCodes: list[AlternativeCourseIdentificationCode] = collection(
        AlternativeCourseIdentificationCode, EDUCATION, unique_by=("courseIdentificationSystemDescriptor",)
    )
    coursePrograms: list[CourseProgram] = collection(CourseProgram, SENSITIVE, unique_by=("courseProgramReference",))
    creditCategories: list[CreditCategory] = collection(
        CreditCategory, EDUCATION, unique_by=("creditCategoryDescriptor",)
    )
    earnedAdditionalCredits: list[EarnedAdditionalCredit] = collection(
        EarnedAdditionalCredit, EDUCATION, unique_by=("additionalCreditTypeDescriptor",)
    )
    partialCourseTranscriptAwards: list[PartialCourseTranscriptAward] = collection(
        PartialCourseTranscriptAward, EDUCATION, unique_by=("awardDate",)
    )
    sections: list[AssessmentSection] = collection(AssessmentSection, EDUCATION, unique_by=("sectionReference",))


class Grade(
    Resource,
    domain="student_academic_record",
    equal=(
        ("gradingPeriodReference.schoolId", "studentSectionAssociationReference.schoolId"),
        ("gradingPeriodReference.schoolYear", "studentSectionAssociationReference.schoolYear"),
    ),
):
    """A student's grade in a section for one grading period, or its final grade."""

    gradingPeriodReference: GradingPeriod = reference(
        "GradingPeriod",
        EDUCATION,
        key=True,
        gradingPeriodDescriptor=code("GradingPeriodDescriptor"),
        gradingPeriodName=string(60),
        schoolId=LONG,
        schoolYear=INTEGER,
    )
    studentSectionAssociationReference: StudentSectionAssociation = reference(
        "StudentSectionAssociation",
        EDUCATION,
        key=True,
        beginDate=DATE,
        localCourseCode=string(60),
        schoolId=LONG,
        schoolYear=INTEGER,
        sectionIdentifier=string(255),
        sessionName=string(60),
        studentUniqueId=string(32),
    )
    gradeTypeDescriptor: str = descriptor("GradeTypeDescriptor", EDUCATION, key=True)
    performanceBaseConversionDescriptor: str | None = descriptor("PerformanceBaseConversionDescriptor", EDUCATION)
    currentGradeAsOfDate: date | None = day(EDUCATION)
    currentGradeIndicator: bool | None = boolean(EDUCATION)
    diagnosticStatement: str | None = text(1024, EDUCATION)
    gradeEarnedDescription: str | None = text(64, EDUCATION)
    letterGradeEarned: str | None = text(20, EDUCATION)
    numericGradeEarned: Decimal | None = decimal(9, 2, EDUCATION)
    learningStandardGrades: list[LearningStandardGrade] = collection(
        LearningStandardGrade, EDUCATION, unique_by=("learningStandardReference",)
    )


class ReportCard(Resource, domain="student_academic_record"):
    """A student's report card for one grading period: its grades, averages and days of attendance."""

    educationOrganizationReference: EducationOrganization = reference(
        "EducationOrganization", EDUCATION, key=True, educationOrganizationId=LONG
    )
    gradingPeriodReference: GradingPeriod = reference(
        "GradingPeriod",
        EDUCATION,
        key=True,
        gradingPeriodDescriptor=code("GradingPeriodDescriptor"),
        gradingPeriodName=string(60),
        schoolId=LONG,
        schoolYear=INTEGER,
    )
    studentReference: Student = reference("Student", EDUCATION, key=True, studentUniqueId=string(32))
    numberOfDaysAbsent: Decimal | None = decimal(18, 4, EDUCATION)
    numberOfDaysInAttendance: Decimal | None = decimal(18, 4, EDUCATION)
    numberOfDaysTardy: int | None = integer(EDUCATION)
    gradePointAverages: list[GradePointAverage] = collection(
        GradePointAverage, EDUCATION, unique_by=("gradePointAverageTypeDescriptor",)
    )
    grades: list[ReportCardGrade] = collection(ReportCardGrade, EDUCATION, unique_by=("gradeReference",))
    studentCompetencyObjectives: list[ReportCardStudentCompetencyObjective] = collection(
        ReportCardStudentCompetencyObjective, EDUCATION, unique_by=("studentCompetencyObjectiveReference",)
    )


class CompetencyObjective(Resource, domain="student_academic_record"):
    """Something that students of a grade level should be able to do, by which they are rated."""

    educationOrganizationReference: EducationOrganization = reference(
        "EducationOrganization", PUBLIC, key=True, educationOrganizationId=LONG
    )
    objectiveGradeLevelDescriptor: str = descriptor("GradeLevelDescriptor", PUBLIC, key=True)
    competencyObjectiveId: str | None = text(60, PUBLIC)
    description: str | None = text(1024, PUBLIC)
    objective: str = text(60, PUBLIC, key=True)
    successCriteria: str | None = text(150, PUBLIC)


class StudentCompetencyObjective(Resource, domain="student_academic_record"):
    """How far a student can do what students of the grade should, in one grading period."""

    gradingPeriodReference: GradingPeriod = reference(
        "GradingPeriod",
        EDUCATION,
        key=True,
        gradingPeriodDescriptor=code("GradingPeriodDescriptor"),
        gradingPeriodName=string(60),
        schoolId=LONG,
        schoolYear=INTEGER,
    )
    objectiveCompetencyObjectiveReference: CompetencyObjective = reference(
        "CompetencyObjective",
        EDUCATION,
        key=True,
        educationOrganizationId=LONG,
        objective=string(60),
        objectiveGradeLevelDescriptor=code("GradeLevelDescriptor"),
    )
    studentReference: Student = reference("Student", EDUCATION, key=True, studentUniqueId=string(32))
    competencyLevelDescriptor: str = descriptor("CompetencyLevelDescriptor", EDUCATION, required=True)
    diagnosticStatement: str | None = text(1024, EDUCATION)
    generalStudentProgramAssociations: list[StudentCompetencyObjectiveGeneralStudentProgramAssociation] = collection(
        StudentCompetencyObjectiveGeneralStudentProgramAssociation,
        SENSITIVE,
        unique_by=("generalStudentProgramAssociationReference",),
    )
    studentSectionAssociations: list[StudentCompetencyObjectiveStudentSectionAssociation] = collection(
        StudentCompetencyObjectiveStudentSectionAssociation,
        EDUCATION,
        unique_by=("studentSectionAssociationReference",),
    )
