"""The values of descriptors, for any app with an agreement in force: codes name nobody, and none is logged."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from uuid import UUID

from homeroom.access.door import Use
from homeroom.access.resources.reading import Page

# By what values can be asked for, and the column.
_ASKED_BY = {"codeValue": "code_value", "namespace": "namespace", "shortDescription": "short_description"}
DESCRIPTOR_FIELDS = tuple(_ASKED_BY)

# A value has no row's id of its own: it is made of the URI, which never changes.
ID_OF_CODE = "md5(uri)::uuid"
TAG_OF_CODE = """md5(concat_ws('|', uri, short_description, description)
    || coalesce('|' || effective_begin_date, '') || coalesce('||' || effective_end_date, ''))"""
_DOCUMENT = f"""json_object('id' value replace(({ID_OF_CODE})::text, '-', ''), 'codeValue' value code_value,
    'namespace' value namespace, 'shortDescription' value coalesce(short_description, code_value),
    'description' value description, 'effectiveBeginDate' value effective_begin_date,
    'effectiveEndDate' value effective_end_date, '_etag' value {TAG_OF_CODE}
    absent on null returning text)"""


def id_of_code(uri: str) -> UUID:
    """The id that a value has by its URI."""
    return UUID(hashlib.md5(uri.encode(), usedforsecurity=False).hexdigest())


async def page_of_descriptors(
    use: Use,
    descriptor: str,
    where: Mapping[str, str],
    *,
    limit: int,
    offset: int = 0,
    after: UUID | None = None,
    until: UUID | None = None,
    total: bool = False,
) -> Page:
    """Values of a descriptor type, by its name, in the order of their ids; `where`: by names of `DESCRIPTOR_FIELDS`."""
    conditions = ["descriptor_type = %(type)s", *(f"{_ASKED_BY[name]} = %({name})s" for name in where)]
    conditions += [f"{ID_OF_CODE} > %(after)s"] * (after is not None) + [f"{ID_OF_CODE} <= %(until)s"] * (
        until is not None
    )
    asked = " and ".join(conditions)
    values = {"type": descriptor, "after": after, "until": until, "limit": limit, "offset": offset, **where}
    row = await use.row(
        f"""
        select convert_to('[' || coalesce(string_agg(document, ',' order by id), '') || ']', 'UTF8') as body,
            count(*) as rows, (array_agg(id order by id desc))[1] as last
        from (select {_DOCUMENT} as document, {ID_OF_CODE} as id from edfi.descriptor where {asked}
            order by id limit %(limit)s offset %(offset)s) as found
        """,
        **values,
    )
    counted = await use.row(f"select count(*) as n from edfi.descriptor where {asked}", **values) if total else None
    found = row or {"body": b"[]", "rows": 0, "last": None}
    return Page(bytes(found["body"]), found["rows"], found["last"], counted["n"] if counted else None)


async def one_descriptor(use: Use, descriptor: str, id_: UUID) -> bytes | None:
    """A value of the type by its id, as a JSON object in UTF-8; None where there is none."""
    row = await use.row(
        f"select convert_to({_DOCUMENT}, 'UTF8') as body from edfi.descriptor"
        f" where descriptor_type = %(type)s and {ID_OF_CODE} = %(id)s",
        type=descriptor,
        id=id_,
    )
    return bytes(row["body"]) if row else None
