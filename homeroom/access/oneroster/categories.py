"""Categories as an app writes them: kinds of work in the namespace of its provider, as codes of a descriptor type.

The code of a new one is the id that the app gave it, and its title the short description; so the title can change. The
standard's own kinds of work, and those that the district's systems brought, have their title as their code: they stay.
"""

from __future__ import annotations

from uuid import UUID

from homeroom.access.door import Refused, Use
from homeroom.access.oneroster.kept_as import own_namespace
from homeroom.access.oneroster.looked_up import Row, kind_of_work
from homeroom.access.resources.descriptor_writing import delete_descriptor, post_descriptor
from homeroom.access.resources.descriptors import id_of_code
from homeroom.access.resources.refusals import KeyInUse, NoSuchRow

_WORK = "GradebookEntryTypeDescriptor"


async def put_category(use: Use, id_: UUID, title: str) -> None:
    """There is a category with this id and title. Raises Refused, NotValid, KeyInUse and Busy."""
    known = await kind_of_work(use, id_)
    if known is not None and known["code_value"] != id_.hex:
        _check_same(known, title)
        return
    namespace = known["namespace"] if known else f"{own_namespace(use, 'categories')}/{_WORK}"
    document = {"codeValue": id_.hex, "namespace": namespace, "shortDescription": title, "description": title}
    await post_descriptor(use, _WORK, document)


async def delete_category(use: Use, id_: UUID) -> None:
    """The category is gone. Raises Refused, NoSuchRow, Busy, and InTheWay where a line item has it."""
    known = await kind_of_work(use, id_)
    if known is None:
        raise NoSuchRow("There is no such category.")
    if known["descriptor_type"] != _WORK:
        raise Refused("This category stands for a kind of grade, which the standard names. It stays.")
    await delete_descriptor(use, _WORK, id_of_code(known["uri"]), lambda tag: True)


def _check_same(known: Row, title: str) -> None:
    """Raises KeyInUse where a category that no app made is to have another title."""
    if title not in (known["code_value"], f"{known['code_value']} Grade"):
        raise KeyInUse("The title of this category is its code, which stays. Send a category of your own.")
