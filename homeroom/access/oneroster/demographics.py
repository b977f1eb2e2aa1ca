"""Demographics: birth, sex, race and ethnicity, by the id of the user whom they are about."""

from __future__ import annotations

from homeroom.access.oneroster.declaration import ONLY_1P1, ONLY_1P2, Field, Kind, OneRosterClass, Part, Value, of, only
from homeroom.access.oneroster.students import ABOUT, changed_since, last_change
from homeroom.access.oneroster.vocabulary import code, races, sex, sex_of_1p1

_ABOUT = "StudentEducationOrganizationAssociation"
_RACES = tuple(races(""))


def _sexes(*known: tuple[str, tuple[str, ...]]) -> dict[str, tuple[Value, ...]]:
    """A sex in the words of either version: the first that is known."""
    return {
        "sex": tuple(Value(sex(uri), made_of) for uri, made_of in known),
        "sexOf1p1": tuple(Value(sex_of_1p1(uri), made_of) for uri, made_of in known),
    }


def _races(items: str, resource: str) -> dict[str, tuple[Value, ...]]:
    made_of = of(resource, "races[*].raceDescriptor")
    return {name: only(sql, *made_of) for name, sql in races(items).items()}


_STUDENT = Part(
    "Student",
    "{Student} as row",
    {
        "birthDate": only("row.birth_date", *of("Student", "birthDate")),
        **_sexes(
            ("about.sex_descriptor", of(_ABOUT, "sexDescriptor")),
            ("row.birth_sex_descriptor", of("Student", "birthSexDescriptor")),
        ),
        **_races("about.races", _ABOUT),
        "hispanicOrLatinoEthnicity": only("about.hispanic_latino_ethnicity", *of(_ABOUT, "hispanicLatinoEthnicity")),
        "countryOfBirthCode": only(code("row.birth_country_descriptor"), *of("Student", "birthCountryDescriptor")),
        "stateOfBirthAbbreviation": only(
            code("row.birth_state_abbreviation_descriptor"), *of("Student", "birthStateAbbreviationDescriptor")
        ),
        "cityOfBirth": only("row.birth_city", *of("Student", "birthCity")),
    },
    "array[row.student_unique_id]",
    joins={"about": ABOUT},
    modified={_ABOUT: last_change(_ABOUT, "student_unique_id")},
    changed_since={_ABOUT: changed_since(_ABOUT, "student_unique_id")},
)
_STAFF = Part(
    "Staff",
    "{Staff} as row",
    {
        "birthDate": only("row.birth_date", *of("Staff", "birthDate")),
        **_sexes(("row.sex_descriptor", of("Staff", "sexDescriptor"))),
        **_races("row.races", "Staff"),
        "hispanicOrLatinoEthnicity": only("row.hispanic_latino_ethnicity", *of("Staff", "hispanicLatinoEthnicity")),
    },
)

DEMOGRAPHICS = OneRosterClass(
    "demographics",
    "demographics",
    "rostering",
    (
        Field("birthDate", Kind.DATE),
        Field("sex", versions=ONLY_1P1, value="sexOf1p1"),
        Field("sex", versions=ONLY_1P2),
        *(Field(name, Kind.TRUTH) for name in _RACES),
        Field("hispanicOrLatinoEthnicity", Kind.TRUTH),
        Field("countryOfBirthCode"),
        Field("stateOfBirthAbbreviation"),
        Field("cityOfBirth"),
    ),
    (_STUDENT, _STAFF),
    f"birthDate sex {' '.join(_RACES)} hispanicOrLatinoEthnicity countryOfBirthCode stateOfBirthAbbreviation"
    " cityOfBirth publicSchoolResidenceStatus=",
)
