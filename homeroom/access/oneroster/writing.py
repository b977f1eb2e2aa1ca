"""The gradebook as an app writes it: objects of OneRoster become rows of the record, by the one way of writing
(`homeroom.access.resources.writing`), under what the agreement lets be written of the resources that they are kept as.

A new object has the id that the app gave it, where it is sent to its own address; where a set of objects is sent, the
record gives each its id, and all of them are written or none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID, uuid4

from homeroom.access import reasons
from homeroom.access.door import Refused, Use
from homeroom.access.oneroster.categories import delete_category, put_category
from homeroom.access.oneroster.declaration import OneRosterClass, Version
from homeroom.access.oneroster.gradebook import CATEGORIES, LINE_ITEMS, RESULTS, SCORE_SCALES
from homeroom.access.oneroster.kept_as import KEPT_AS, RESOURCES_OF
from homeroom.access.oneroster.looked_up import Row, grades_of, grading_period, of_section, row_of, session_of_section
from homeroom.access.oneroster.received import Received, id_of, read_object
from homeroom.access.resources.agreed import terms_of
from homeroom.access.resources.refusals import Faulty, NoSuchRow, NotValid
from homeroom.access.resources.writing import create, delete, put
from homeroom.record.document import Fault

_NO_SCALES = "The record has no score scales: a score is a number, or the word in textScore."


@dataclass(frozen=True)
class Place:
    """An address at which sets of objects are taken: `path`, as those of collections are written."""

    path: str
    of: OneRosterClass
    within: tuple[tuple[str, str], ...]


# OneRoster 1.2, REST binding of the gradebook; 1.1 takes single objects alone.
PLACES = (
    Place("classes/{class}/lineItems", LINE_ITEMS, (("class", "classes"),)),
    Place("schools/{school}/lineItems", LINE_ITEMS, (("school", "schools"),)),
    Place("lineItems/{lineItem}/results", RESULTS, (("lineItem", "lineItems"),)),
    Place(
        "classes/{class}/academicSessions/{academicSession}/results",
        RESULTS,
        (("class", "classes"), ("academicSession", "academicSessions")),
    ),
)


async def put_object(use: Use, of: OneRosterClass, version: Version, id_: UUID, document: object) -> None:
    """The object with this id is what the document says, whether it was there or not.

    Raises Refused where the agreement does not let the app write it, or the record can't keep it; NotValid with all
    that is wrong; and what `homeroom.access.resources.writing` raises.
    """
    sent = document.get(of.single) if isinstance(document, Mapping) else None
    if sent is None:
        raise NotValid([Fault("", f'Send the object as {{"{of.single}": {{...}}}}.')])
    _check_writes(use, of)
    received = read_object(of, version, sent)
    if received.supplied and id_of(received.supplied) != id_:
        raise NotValid([Fault("sourcedId", "It is not the one of the address.")])
    if of is CATEGORIES:
        await put_category(use, id_, str(received["title"]))
        return
    await _write(use, received, id_)


async def post_objects(
    use: Use, place: Place, version: Version, ids: Mapping[str, UUID], document: object
) -> list[tuple[str, UUID]]:
    """New objects, all or none; for each the id that the app gave it and the one that it has now.

    `ids`: those in the path, by name. Raises what `put_object` does, and NoSuchRow where the path names nothing.
    """
    sent = document.get(place.of.name) if isinstance(document, Mapping) else None
    if not isinstance(sent, Sequence) or isinstance(sent, str) or not sent:
        raise NotValid([Fault("", f'Send the objects as {{"{place.of.name}": [{{...}}]}}.')])
    _check_writes(use, place.of)
    bounds = await _bounds(use, ids)
    received = [
        read_object(place.of, version, _completed(one, ids), f"{place.of.name}[{number}]")
        for number, one in enumerate(sent)
    ]
    pairs = []
    for number, one in enumerate(received):
        path, allocated = f"{place.of.name}[{number}]", uuid4()
        try:
            await _check_within(use, one, bounds, ids)
            await _write(use, one, allocated)
        except Faulty as wrong:
            raise wrong.inside(path) from None
        pairs.append((one.supplied, allocated))
    return pairs


async def delete_object(use: Use, of: OneRosterClass, id_: UUID) -> None:
    """The object is gone. Raises Refused; NoSuchRow; InTheWay where others refer to it; Busy."""
    _check_writes(use, of)
    if of is CATEGORIES:
        await delete_category(use, id_)
        return
    resource, before = await _present(use, of, id_)
    if before is None:
        await _check_not_of_grades(use, of, id_)
        raise NoSuchRow(reasons.NO_ROW)
    await delete(use, resource, id_, _any)


async def _write(use: Use, received: Received, id_: UUID) -> None:
    of = received.of
    resource, before = await _present(use, of, id_)
    if before is None:
        await _check_not_of_grades(use, of, id_)
    kept = await KEPT_AS[of.name](use, received, id_, before)
    if before is None:
        await create(use, kept.resource, id_, kept.document, kept.meant)
        return
    if kept.resource != resource:
        raise NotValid([Fault("lineItem", "A result of work can't become one of grades, nor the other way round.")])
    await put(use, resource, id_, kept.document, _any, kept.meant)


async def _present(use: Use, of: OneRosterClass, id_: UUID) -> tuple[str, Row | None]:
    """The row that an object is, and of which resource; the first of them where it is none yet."""
    resources = RESOURCES_OF[of.name]
    for resource in resources:
        if found := await row_of(use, resource, id_):
            return resource, found
    return resources[0], None


def _check_writes(use: Use, of: OneRosterClass) -> None:
    """Raises Refused where the agreement lets nothing be written of which objects of a class are kept as rows."""
    if of is SCORE_SCALES:
        raise Refused(_NO_SCALES)
    terms = terms_of(use)
    if not any(terms.members_written(resource) for resource in RESOURCES_OF[of.name]):
        raise Refused(reasons.not_written(" or ".join(RESOURCES_OF[of.name])))


async def _check_not_of_grades(use: Use, of: OneRosterClass, id_: UUID) -> None:
    if of is LINE_ITEMS and await grades_of(use, id_):
        raise Refused(
            "This line item stands for all grades of a kind in a grading period, and is there as long as they are. "
            "Send or delete its results."
        )


async def _bounds(use: Use, ids: Mapping[str, UUID]) -> Mapping[str, Row]:
    """The rows that a path names, by their names in it. Raises NoSuchRow where one is not there."""
    found = {}
    for name, resource in (("class", "Section"), ("school", "School")):
        if name in ids:
            row = await row_of(use, resource, ids[name])
            if row is None:
                raise NoSuchRow(reasons.NO_ROW)
            found[name] = row
    if "lineItem" in ids and not (
        await row_of(use, "GradebookEntry", ids["lineItem"]) or await grades_of(use, ids["lineItem"])
    ):
        raise NoSuchRow(reasons.NO_ROW)
    if "academicSession" in ids:
        period = await grading_period(use, ids["academicSession"], found["class"]["school_id"])
        if period is None and ids["academicSession"] != await session_of_section(use, found["class"]):
            raise NoSuchRow(reasons.NO_ROW)
        if period is not None:
            found["academicSession"] = period
    return found


async def _check_within(use: Use, received: Received, bounds: Mapping[str, Row], ids: Mapping[str, UUID]) -> None:
    """Raises NotValid where an object is of another class, school or session than its address."""
    if received.of is LINE_ITEMS:
        for field in ("class", "school"):
            if field in ids and received[field] != ids[field]:
                raise NotValid([Fault(field, f"It is not the {field} of the address.")])
        return
    if "lineItem" in ids:
        if received["lineItem"] != ids["lineItem"]:
            raise NotValid([Fault("lineItem", "It is not the line item of the address.")])
        return
    item = await row_of(use, "GradebookEntry", received["lineItem"]) or await grades_of(use, received["lineItem"])
    if item is None or of_section(item) != of_section(bounds["class"]):
        raise NotValid([Fault("lineItem", "It is no line item of the class of the address.")])
    period = bounds.get("academicSession")
    if period is not None and item["grading_period_name"] not in (None, period["grading_period_name"]):
        raise NotValid([Fault("lineItem", "It is no line item of the session of the address.")])


def _completed(sent: object, ids: Mapping[str, UUID]) -> object:
    """An object, to which its address tells the class, the school or the line item that it leaves out."""
    if not isinstance(sent, Mapping):
        return sent
    told = {name: {"sourcedId": id_.hex} for name, id_ in ids.items() if name in ("class", "school", "lineItem")}
    return {**told, **{name: value for name, value in sent.items() if value is not None}}


def _any(tag: str) -> bool:
    """OneRoster has no preconditions."""
    return True
