"""The named people of Maple Grove, whose stories documents, tests and the demonstration share. All are made up."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class CastStudent:
    given: str
    surname: str
    birth_date: date
    grade: str  # in the school year that ends in 2026
    story: str


CAST = (
    CastStudent("Maya", "Okafor", date(2016, 3, 14), "04", "Misses Mondays in winter; reads above her grade."),
    CastStudent("Elizabeth", "Tran", date(2009, 5, 11), "11", "The assessment vendor knows her as Liz."),
    CastStudent("Luis", "García Moreno", date(2012, 4, 3), "08", "The old warehouse has day and month swapped."),
    CastStudent("Amina", "Warsame", date(2014, 9, 30), "06", "Twin of Amira: one address, one birth date, two people."),
    CastStudent("Amira", "Warsame", date(2014, 9, 30), "06", "Twin of Amina: one address, one birth date, two people."),
)
