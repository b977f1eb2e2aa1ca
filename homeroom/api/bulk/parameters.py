"""What a request for a file asks for."""

from __future__ import annotations

from collections.abc import Sequence

from homeroom.access.bulk.making import Order
from homeroom.access.bulk.writing import Form
from homeroom.access.resources.changes import HIGHEST, Log
from homeroom.api import problems

_LOGS = {"": None, "deletes": Log.DELETES, "keyChanges": Log.KEY_CHANGES}
_KNOWN = ("format", "minChangeVersion", "maxChangeVersion")


def read_order(given: Sequence[tuple[str, str]], resource: str, part: str) -> Order:
    """The order of a resource's rows, or of its `deletes` or `keyChanges`. Raises Problem with all that is wrong."""
    values = dict(given)
    errors = [f"{name if name.isidentifier() else 'One of the parameters'}: there is no such parameter here."
              for name in values if name not in _KNOWN]  # fmt: skip
    if len(values) < len(given):
        errors.append("Each parameter is sent once.")
    form = values.get("format", Form.NDJSON)
    if form not in set(Form):
        errors.append(f"format: write {' or '.join(Form)}.")
    bounds = {name: _change_version(name, values, errors) for name in ("minChangeVersion", "maxChangeVersion")}
    if part not in _LOGS:
        raise problems.not_found("There is no such file: a resource has rows, deletes and keyChanges.")
    if errors:
        raise problems.wrong_parameters(errors)
    return Order(resource, _LOGS[part], Form(form), bounds["minChangeVersion"], bounds["maxChangeVersion"])


def _change_version(name: str, values: dict[str, str], errors: list[str]) -> int | None:
    text = values.get(name)
    if text is None:
        return None
    if text.isdecimal() and text.isascii() and len(text) < 20 and int(text) <= HIGHEST:
        return int(text)
    errors.append(f"{name}: write a whole number from 0 on.")
    return None
