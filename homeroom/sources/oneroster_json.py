"""What a OneRoster REST service says, as JSON, in the columns of the standard's CSV files.

A column is named as in the file; where the JSON has its value elsewhere, the place follows an equals sign. `[]` behind
a name is a list, of which the file has the values with commas between them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Detail:
    """A file of rows that the JSON holds inside of another's: one for each `item`, and for each `part` of an item.

    `identifier`: the places whose values together are the row's own `sourcedId`, since the JSON gives it none.
    """

    file: str
    owner: str
    item: str
    columns: str
    identifier: str
    part: str = ""


@dataclass(frozen=True)
class Collection:
    """One collection of a service, and the file of the same name; `columns` by the version of the standard.

    `service`: which of the standard's services has it. Without a `needed` one there is no roster.
    """

    name: str
    columns: Mapping[str, str]
    service: str = "rostering"
    needed: bool = False
    details: tuple[Detail, ...] = ()

    def details_of(self, version: str) -> tuple[Detail, ...]:
        """Those that this version of the standard has files for."""
        return tuple(one for one in self.details if version != "1.1" or one.file in _DETAILS_OF_1_1)


def _both(columns: str, more: str = "") -> dict[str, str]:
    return {"1.1": columns, "1.2": f"{columns} {more}"}


_DETAILS_OF_1_1 = ("classResources", "courseResources")
_PERSON = (
    "username userIds{} givenName familyName middleName identifier email sms phone agentSourcedIds=agents[].sourcedId"
)

COLLECTIONS: tuple[Collection, ...] = (
    Collection("orgs", _both("name type identifier parentSourcedId=parent.sourcedId"), needed=True),
    Collection(
        "academicSessions",
        _both("title type startDate endDate parentSourcedId=parent.sourcedId schoolYear"),
        needed=True,
    ),
    Collection(
        "courses",
        _both(
            "schoolYearSourcedId=schoolYear.sourcedId title courseCode grades[] orgSourcedId=org.sourcedId subjects[] "
            "subjectCodes[]"
        ),
        needed=True,
        details=(
            Detail(
                "courseResources",
                "courseSourcedId",
                "resources",
                "resourceSourcedId=sourcedId",
                identifier="row.sourcedId sourcedId",
            ),
        ),
    ),
    Collection(
        "classes",
        _both(
            "title grades[] courseSourcedId=course.sourcedId classCode classType location "
            "schoolSourcedId=school.sourcedId termSourcedIds=terms[].sourcedId subjects[] subjectCodes[] periods[]"
        ),
        needed=True,
        details=(
            Detail(
                "classResources",
                "classSourcedId",
                "resources",
                "resourceSourcedId=sourcedId",
                identifier="row.sourcedId sourcedId",
            ),
        ),
    ),
    Collection(
        "users",
        {
            "1.1": f"enabledUser orgSourcedIds=orgs[].sourcedId role {_PERSON} grades[]",
            "1.2": f"enabledUser {_PERSON} grades[] userMasterIdentifier resourceSourcedIds=resources[].sourcedId "
            "preferredGivenName=preferredFirstName preferredMiddleName preferredFamilyName=preferredLastName "
            "primaryOrgSourcedId=primaryOrg.sourcedId pronouns",
        },
        needed=True,
        details=(
            Detail(
                "roles",
                "userSourcedId",
                "roles",
                "roleType role beginDate endDate orgSourcedId=org.sourcedId userProfileSourcedId=userProfile",
                identifier="row.sourcedId role org.sourcedId",
            ),
            Detail(
                "userProfiles",
                "userSourcedId",
                "userProfiles",
                "profileType vendorId applicationId description credentialType=part.type username=part.username",
                identifier="profileId",
                part="credentials",
            ),
        ),
    ),
    Collection(
        "enrollments",
        _both(
            "classSourcedId=class.sourcedId schoolSourcedId=school.sourcedId userSourcedId=user.sourcedId role primary "
            "beginDate endDate"
        ),
        needed=True,
    ),
    Collection(
        "demographics",
        _both(
            "birthDate sex americanIndianOrAlaskaNative asian blackOrAfricanAmerican "
            "nativeHawaiianOrOtherPacificIslander white demographicRaceTwoOrMoreRaces hispanicOrLatinoEthnicity "
            "countryOfBirthCode stateOfBirthAbbreviation cityOfBirth publicSchoolResidenceStatus"
        ),
    ),
    Collection(
        "resources", _both("vendorResourceId title roles[] importance vendorId applicationId"), service="resources"
    ),
    Collection("categories", _both("title", "weight"), service="gradebook"),
    Collection(
        "lineItems",
        _both(
            "title description assignDate dueDate classSourcedId=class.sourcedId categorySourcedId=category.sourcedId "
            "gradingPeriodSourcedId=gradingPeriod.sourcedId resultValueMin resultValueMax",
            "academicSessionSourcedId=academicSession.sourcedId schoolSourcedId=school.sourcedId",
        ),
        service="gradebook",
        details=(
            Detail(
                "lineItemLearningObjectiveIds",
                "lineItemSourcedId",
                "learningObjectiveSet",
                "source learningObjectiveId=part",
                identifier="row.sourcedId source part",
                part="learningObjectiveIds",
            ),
            Detail(
                "lineItemScoreScales",
                "lineItemSourcedId",
                "scoreScale",
                "scoreScaleSourcedId=sourcedId",
                identifier="row.sourcedId sourcedId",
            ),
        ),
    ),
    Collection(
        "results",
        _both(
            "lineItemSourcedId=lineItem.sourcedId studentSourcedId=student.sourcedId scoreStatus score scoreDate "
            "comment",
            "classSourcedId=class.sourcedId scoreScaleSourcedId=scoreScale.sourcedId textScore inProgress incomplete "
            "late missing",
        ),
        service="gradebook",
        details=(
            Detail(
                "resultLearningObjectiveIds",
                "resultSourcedId",
                "learningObjectiveSet",
                "source learningObjectiveId=part.learningObjectiveId score=part.score textScore=part.textScore",
                identifier="row.sourcedId source part.learningObjectiveId",
                part="learningObjectiveResults",
            ),
            Detail(
                "resultScoreScales",
                "resultSourcedId",
                "scoreScale",
                "scoreScaleSourcedId=sourcedId",
                identifier="row.sourcedId sourcedId",
            ),
        ),
    ),
    Collection(
        "scoreScales",
        {
            "1.2": "title type orgSourcedId=org.sourcedId courseSourcedId=course.sourcedId "
            "classSourcedId=class.sourcedId scoreScaleValue{}"
        },
        service="gradebook",
    ),
)
# What the items of a list of pairs call their two sides.
_PAIRS = {"userIds": ("type", "identifier"), "scoreScaleValue": ("itemValueLHS", "itemValueRHS")}


def rows_of(collection: Collection, version: str, metadata: Iterable[str]) -> str:
    """SQL that gives the file's rows of `said`, a table of JSON objects `row`; `metadata`: the keys of their own."""
    columns = ["sourcedId", "status", "dateLastModified", *collection.columns[version].split()]
    chosen = [f'{_value("row", place)} as "{name}"' for name, place in map(_named, columns)]
    keys: dict[str, list[str]] = {}
    for key in sorted(metadata):
        keys.setdefault(key.lower(), []).append(key)
    chosen += [f'{_metadata(same)} as "metadata.{_quoted(same[0])}"' for same in keys.values()]
    return f"select {', '.join(chosen)} from said"


def details_of(detail: Detail) -> str:
    """SQL that gives the rows of a detail's file, of `said` as above."""
    part = f"json_extract(item, '$.{detail.part}[*]')" if detail.part else "[]::json[]"
    identifier = ", ".join(_value(*_place(place)) for place in detail.identifier.split())
    columns = ", ".join(f'{_value(*_place(place))} as "{name}"' for name, place in map(_named, detail.columns.split()))
    owner = _value("row", "sourcedId")
    return f"""
        select concat_ws(':', {identifier}) as "sourcedId", {_value("row", "status")} as "status",
            {_value("row", "dateLastModified")} as "dateLastModified", {owner} as "{detail.owner}", {columns}
        from (select row, item, unnest(case when len({part}) > 0 then {part} else [null] end) as part from (
            select row, unnest(case json_type(row, '$.{detail.item}') when 'OBJECT'
                then [json_extract(row, '$.{detail.item}')] else json_extract(row, '$.{detail.item}[*]') end) as item
            from said))"""


def _named(column: str) -> tuple[str, str]:
    """The name of a column in the file, and its place in the JSON."""
    name, _, place = column.partition("=")
    return re.sub(r"[\[\]{}]", "", name), place or name


def _place(place: str) -> tuple[str, str]:
    """In which of a detail's JSON values a place is, `row`, `item` or `part`, and where there."""
    inside, _, rest = place.partition(".")
    return (inside, rest) if inside in ("row", "part") else ("item", place)


def _value(json: str, place: str) -> str:
    """SQL of the value at a place, as text; null where it is empty."""
    name, inner = re.split(r"\[\]|\{\}|$", place, maxsplit=1)
    if place.endswith("{}"):
        left, right = (f"json_extract_string(pair, '$.{side}')" for side in _PAIRS[name])
        pair = f"'{{' || {left} || ':' || {right} || '}}'"
        listed = f"list_transform(json_extract({json}, '$.{name}[*]'), lambda pair: {pair})"
        return f"nullif(array_to_string({listed}, ','), '')"
    alone = f"json_extract_string({json}, '$.{name}{inner}')" if name else f"json_extract_string({json}, '$')"
    if "[]" not in place:
        return f"nullif({alone}, '')"
    values = f"list_filter(json_extract_string({json}, '$.{name}[*]{inner}'), lambda one: one <> '')"
    # Some services write one value where the standard has a list.
    listed = f"case json_type({json}, '$.{name}') when 'ARRAY' then array_to_string({values}, ',') else {alone} end"
    return f"nullif({listed}, '')"


def _metadata(keys: Iterable[str]) -> str:
    pointers = [key.replace("~", "~0").replace("/", "~1").replace("'", "''") for key in keys]
    values = [f"nullif(json_extract_string(row, '/metadata/{pointer}'), '')" for pointer in pointers]
    return f"coalesce({', '.join(values)})"


def _quoted(name: str) -> str:
    return name.replace('"', '""')
