"""The codes of the record in OneRoster's words, as SQL: the way back from what consolidation makes of those words.

Grade levels are the codes of CEDS (Entry Grade Level), which OneRoster recommends. Of a code for which OneRoster has no
word the code itself is told, as the standard's extension where its vocabulary is closed (`ext:…`).
"""

from __future__ import annotations

from collections.abc import Mapping

_GRADES = {
    "Infant/toddler": "IT",
    "Preschool": "PR",
    "Prekindergarten": "PK",
    "Preschool/Prekindergarten": "PK",
    "Transitional Kindergarten": "TK",
    "Kindergarten": "KG",
    "First grade": "01",
    "Second grade": "02",
    "Third grade": "03",
    "Fourth grade": "04",
    "Fifth grade": "05",
    "Sixth grade": "06",
    "Seventh grade": "07",
    "Eighth grade": "08",
    "Ninth grade": "09",
    "Tenth grade": "10",
    "Eleventh grade": "11",
    "Twelfth grade": "12",
    "Grade 13": "13",
    "Postsecondary": "PS",
    "Adult Education": "AE",
    "Ungraded": "UG",
    "Other": "Other",
}
_STAFF = {
    "Instructional Aide": "aide",
    "Paraprofessional/Instructional Aide": "aide",
    "Counselor": "counselor",
    "Elementary School Counselor": "counselor",
    "School Counselor": "counselor",
    "Secondary School Counselor": "counselor",
    "Principal": "principal",
    "School Administrator": "siteAdministrator",
    "Assistant Principal": "siteAdministrator",
    "School Leader": "siteAdministrator",
    "LEA Administrator": "districtAdministrator",
    "Superintendent": "districtAdministrator",
    "Assistant Superintendent": "districtAdministrator",
    "LEA System Administrator": "systemAdministrator",
    "Teacher": "teacher",
    "Elementary Teacher": "teacher",
    "Kindergarten Teacher": "teacher",
    "Pre-Kindergarten Teacher": "teacher",
    "Secondary Teacher": "teacher",
    "Substitute Teacher": "teacher",
    "Ungraded Teacher": "teacher",
}
_TERMS = {
    "Year Round": "schoolYear",
    "Semester": "semester",
    "Fall Semester": "semester",
    "Spring Semester": "semester",
    "Summer Semester": "semester",
}
_SEXES = {"Male": "male", "Female": "female", "Non-binary": "other", "Not Selected": "unspecified"}
_PARENTS = ("Mother", "Father", "Parent", "Mother, step", "Father, step", "Parent, step")
_GUARDIANS = ("Guardian", "CourtAppointedGuardian", "Foster parent", "Ward")
_RACES = {
    "americanIndianOrAlaskaNative": "American Indian or Alaska Native",
    "asian": "Asian",
    "blackOrAfricanAmerican": "Black or African American",
    "nativeHawaiianOrOtherPacificIslander": "Native Hawaiian or Pacific Islander",
    "white": "White",
}
# The words of 1.1 for those of 1.2 that it doesn't have.
_STAFF_OF_1P1 = {"teacher": "teacher", "aide": "aide", "proctor": "proctor"}
_EXTENSION = "ext:"
# All that staff can be, in the words of either version.
STAFF_WORDS = (*sorted(set(_STAFF.values())), _EXTENSION)
STAFF_WORDS_OF_1P1 = (*_STAFF_OF_1P1.values(), "administrator")


def code(uri: str) -> str:
    """The code of a descriptor's URI."""
    return f"split_part({uri}, '#', 2)"


def grade(uri: str) -> str:
    """A grade level."""
    return _words(code(uri), _GRADES, code(uri))


def grades(items: str) -> str:
    """The grade levels of a JSON list, as an array."""
    return listed(items, grade("item ->> 'gradeLevelDescriptor'"))


def subjects(items: str) -> str:
    """The academic subjects of a JSON list, as an array."""
    return listed(items, code("item ->> 'academicSubjectDescriptor'"))


def listed(items: str, told: str, where: str = "true") -> str:
    """What is told of each `item` of a JSON list, as an array; null where there is none."""
    return f"(select array_agg({told} order by {told}) from jsonb_array_elements({items}) as item where {where})"


def staff_role(uri: str) -> str:
    """What a member of staff is, in the words of 1.2."""
    return _words(code(uri), _STAFF, _extension(code(uri)))


def staff_role_of_1p1(role: str) -> str:
    """The same word in those of 1.1, which knows all others as administrators."""
    return _words(role, _STAFF_OF_1P1, "'administrator'")


def contact_role(uri: str) -> str:
    """What a contact is to a student; `relative` claims least, where nothing more is known."""
    return (
        f"case when {code(uri)} in ({_literals(_PARENTS)}) then 'parent'"
        f" when {code(uri)} in ({_literals(_GUARDIANS)}) then 'guardian' else 'relative' end"
    )


def session_type(uri: str) -> str:
    """What kind of academic session a term is."""
    return _words(code(uri), _TERMS, "'term'")


def sex(uri: str) -> str:
    """A sex, in the words of 1.2."""
    return _words(code(uri), _SEXES, "null")


def sex_of_1p1(uri: str) -> str:
    """A sex in the words of 1.1, which has two."""
    return _words(code(uri), {name: word for name, word in _SEXES.items() if name in ("Male", "Female")}, "null")


def races(items: str) -> Mapping[str, str]:
    """Whether a JSON list of races holds each of those that OneRoster names, by its field; null where nothing is said.

    `demographicRaceTwoOrMoreRaces` is whether it holds several.
    """
    coded = code("item ->> 'raceDescriptor'")
    told = {
        name: f"(select bool_or({coded} = '{race}') from jsonb_array_elements({items}) as item)"
        for name, race in _RACES.items()
    }
    return told | {
        "demographicRaceTwoOrMoreRaces": f"(case when {items} is not null then jsonb_array_length({items}) > 1 end)"
    }


def _words(value: str, words: Mapping[str, str], otherwise: str) -> str:
    cases = " ".join(f"when '{name}' then '{word}'" for name, word in words.items())
    return f"(case {value} {cases} else {otherwise} end)"


def _extension(value: str) -> str:
    return f"'{_EXTENSION}' || regexp_replace({value}, '[^a-zA-Z0-9._-]+', '', 'g')"


def _literals(words: tuple[str, ...]) -> str:
    return ", ".join(f"'{word}'" for word in words)
