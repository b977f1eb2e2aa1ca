"""How dirty Maple Grove's files are: one table, each kind of dirt with its stated rate.

A rate is the share of the rows named by `of` that carry this dirt, between 0 and 1.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Dirt:
    name: str
    rate: float
    of: str
    sentence: str


DIRT = (
    Dirt("typo", 0.020, "persons", "A neighbouring key, two letters swapped or one dropped in a name."),
    Dirt("nickname", 0.060, "persons", "The name that the person goes by in place of the given name."),
    Dirt("day-month-swapped", 0.006, "students", "The day and the month of birth stand in each other's place."),
    Dirt("birth-year-wrong", 0.004, "students", "The year of birth is off by one."),
    Dirt("surname-changed", 0.015, "students", "Another surname after a marriage or an adoption."),
    Dirt("surname-reordered", 0.080, "compound surnames", "The two surnames in the other order, or one only."),
    Dirt("accent-lost", 0.500, "accented names", "Letters without their accents."),
    Dirt("all-capitals", 0.050, "persons", "The whole name in capital letters."),
    Dirt("stray-whitespace", 0.010, "persons", "Spaces before, after or twice within a name."),
    Dirt("mojibake", 0.006, "accented names", "UTF-8 read as Windows-1252: José became JosÃ©."),
    Dirt("names-swapped", 0.001, "persons", "Given name and surname stand in each other's place."),
    Dirt("second-id", 0.010, "students", "A re-enrolled student was given a second id in the same source."),
    Dirt("leading-zero-lost", 0.020, "student ids", "A spreadsheet ate the zeros at the front of an id."),
    Dirt("value-missing", 0.020, "optional values", "The value was never typed in."),
    Dirt("birth-date-impossible", 0.001, "students", "A birth date that makes a pupil an adult."),
    Dirt("exit-before-entry", 0.002, "enrollments", "The last day comes before the first."),
    Dirt("reference-dangling", 0.001, "enrollments", "The row names someone who is in no file."),
    Dirt("overlapping-enrollment", 0.002, "enrollments", "Another school's enrollment was never ended."),
    Dirt("attendance-on-closed-day", 0.0003, "attendance events", "Attendance was taken on a day without school."),
    Dirt("contact-entered-again", 0.040, "contacts", "A parent was entered once more for another child."),
    Dirt("telephone-changed", 0.120, "telephones", "The number is one that the family had before."),
)

RATE = {dirt.name: dirt.rate for dirt in DIRT}
