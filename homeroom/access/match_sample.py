"""A random sample of pairs of rows for a person to label, from which precision and recall are estimated.

The pairs are those that linking joined and those that it compared and left apart, in bands of their probability; from
each band as many are drawn, as labels are worth most where there is doubt.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from homeroom.access.door import Use
from homeroom.access.lineage import Lineage
from homeroom.access.match_estimates import Band, band_of
from homeroom.access.words import name_of
from homeroom.errors import WrongUse

COLUMNS = (
    "kind", "left_source", "left_id", "right_source", "right_id",
    "left_name", "right_name", "left_birth_date", "right_birth_date",
    "band", "joined", "lowest", "band_pairs", "label",
)  # fmt: skip


@dataclass(frozen=True)
class Sample:
    """The rows of the file, under `COLUMNS`, and the bands that they were drawn from."""

    rows: Sequence[dict[str, object]]
    bands: Sequence[tuple[Band, int]]


async def sample(use: Use, size: int, seed: int = 1, kind: str = "Student") -> Sample:
    """About `size` pairs of one kind of person, drawn evenly from the bands; the same seed draws the same.

    Who is shown is logged.
    """
    if kind not in _PEOPLE:
        raise WrongUse(f"There is no kind {kind!r}. The kinds are: {', '.join(_PEOPLE)}.")
    await use.record.execute("create temp table pair on commit drop as " + _PAIRS, {"kind": kind})
    counted = await use.rows("select joined, probability, count(*) as n from pair group by 1, 2")
    sizes: dict[Band, int] = {}
    for row in counted:
        band = band_of(row["joined"], row["probability"])
        sizes[band] = sizes.get(band, 0) + row["n"]
    bands = sorted(sizes.items(), key=lambda one: (not one[0].joined, -one[0].lowest))
    drawn: list[dict[str, object]] = []
    left = size
    # The smallest bands first: what they can't give is drawn from the others.
    for place, (band, pairs) in enumerate(sorted(bands, key=lambda one: one[1])):
        wanted = min(pairs, -(-left // (len(bands) - place)))
        left -= wanted
        found = await use.rows(
            _DRAW, joined=band.joined, lowest=band.lowest, below=band.below, seed=str(seed), most=wanted, kind=kind
        )
        drawn += [
            row
            | {
                "band": band.name,
                "joined": "yes" if band.joined else "no",
                "lowest": band.lowest,
                "band_pairs": pairs,
                "label": "",
            }
            for row in found
        ]
    await _tell_what_was_said(use, kind, drawn)
    if kind == "Student":
        students = [str(row.pop(side)) for row in drawn for side in ("left_unique_id", "right_unique_id")]
        await use.disclose(students, _OF_STUDENTS)
    # In an order that tells nothing of the band: whoever labels is not led.
    drawn.sort(key=lambda row: str(row.pop("chance")))
    return Sample([{name: row[name] for name in COLUMNS} for row in drawn], bands)


async def _tell_what_was_said(use: Use, kind: str, drawn: Sequence[dict[str, object]]) -> None:
    """Names and birth dates as each row's own source said them: of joined rows the record has one name, which tells
    nothing of whether they are one."""
    ids = sorted({str(row[f"{side}_unique_id"]) for row in drawn for side in ("left", "right")})
    people = await use.rows(_PEOPLE[kind], ids=ids)
    lineage = await Lineage.of(use, people)
    by_id = {str(person["unique_id"]): person for person in people}
    for row in drawn:
        for side in ("left", "right"):
            person = by_id.get(str(row[f"{side}_unique_id"]))
            said = _said_by(lineage, kind, person, str(row[f"{side}_source"])) if person else {}
            row[f"{side}_name"] = " ".join(filter(None, (said.get(name_of(name)) for name in _NAMES)))
            row[f"{side}_birth_date"] = said.get(name_of("birth_date"), "")


def _said_by(lineage: Lineage, kind: str, person: Mapping[str, Any], source: str) -> dict[str, str]:
    said = {}
    for value in lineage.values("School" if kind == "EducationOrganization" else kind, person):
        told = [(value.text, origin) for origin in (value.origin, *value.also) if origin] + list(value.others)
        own = [text for text, origin in told if origin.source == source]
        # Where only one row is told of, all that spoke of it said the same.
        said[value.name] = own[0] if own else "" if len(told) > 1 else value.text
    return said


_OF_STUDENTS = {"Student": ("firstName", "middleName", "lastSurname", "generationCodeSuffix", "birthDate")}
_NAMES = ("first_name", "middle_name", "last_surname", "generation_code_suffix", "name_of_institution")
_PEOPLE = {
    "Student": "select *, student_unique_id as unique_id from edfi.student where student_unique_id = any(%(ids)s)",
    "Contact": "select *, contact_unique_id as unique_id from edfi.contact where contact_unique_id = any(%(ids)s)",
    "Staff": "select *, staff_unique_id as unique_id from edfi.staff where staff_unique_id = any(%(ids)s)",
    "EducationOrganization": "select *, school_id as unique_id from edfi.school where school_id::text = any(%(ids)s)",
}
# A pair that was joined is as probable as the less sure of its two rows.
_PAIRS = """
    with person as (select * from consolidation.identity where kind = %(kind)s),
    joined as (
        select l.source as left_source, l.source_id as left_id, r.source as right_source, r.source_id as right_id,
            l.unique_id as left_unique_id, r.unique_id as right_unique_id,
            least(l.probability, r.probability) as probability
        from person as l join person as r on r.unique_id = l.unique_id
            and (r.source, r.source_id) > (l.source, l.source_id)
    ), compared as (
        select l.unique_id as one, r.unique_id as other, max(m.probability) as probability
        from consolidation.match as m
        join person as l on l.source = m.left_source and l.source_id = m.left_id
        join person as r on r.source = m.right_source and r.source_id = m.right_id
        where m.kind = %(kind)s and m.state <> 'merged' and l.unique_id <> r.unique_id group by 1, 2
    )
    select true as joined, * from joined
    union all
    select distinct on (least((l.source, l.source_id), (r.source, r.source_id)),
            greatest((l.source, l.source_id), (r.source, r.source_id)))
        false, l.source, l.source_id, r.source, r.source_id, l.unique_id, r.unique_id, compared.probability
    from compared join person as l on l.unique_id = one join person as r on r.unique_id = other
"""
_DRAW = """
    select left_source, left_id, right_source, right_id, left_unique_id, right_unique_id, %(kind)s::text as kind,
        md5(%(seed)s || left_source || chr(31) || left_id || chr(31) || right_source || chr(31) || right_id) as chance
    from pair
    where joined = %(joined)s and probability >= %(lowest)s and probability < %(below)s
    order by chance limit %(most)s
"""
