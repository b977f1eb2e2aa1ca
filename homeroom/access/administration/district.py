"""The district itself, as it is told to whoever administers its apps."""

from __future__ import annotations

from homeroom.access.door import Use


async def district_name(use: Use) -> str:
    """What the record calls it: the name of its only local education agency; where there is not one, `District`."""
    found = await use.rows("select name_of_institution from edfi.local_education_agency limit 2")
    return found[0]["name_of_institution"] if len(found) == 1 else "District"
