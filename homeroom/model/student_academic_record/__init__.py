"""What students achieved: grades, report cards, transcripts, credits, averages, honors and diplomas.

It is the education record in the plainest sense. FERPA would let a district call honors and degrees directory
information; here they are not, until a district says so. Sensitive are the kind of diploma (one kind is for students
with the most severe disabilities) and every tie to a program. What a competency is, without any student, is public.
"""

from homeroom.model.student_academic_record.academic_record import StudentAcademicRecord
from homeroom.model.student_academic_record.competency import CompetencyObjective, StudentCompetencyObjective
from homeroom.model.student_academic_record.grading import Grade, ReportCard
from homeroom.model.student_academic_record.transcript import CourseTranscript

__all__ = [
    "CompetencyObjective",
    "CourseTranscript",
    "Grade",
    "ReportCard",
    "StudentAcademicRecord",
    "StudentCompetencyObjective",
]
