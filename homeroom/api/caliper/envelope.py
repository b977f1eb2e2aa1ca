"""The envelope in which a sensor sends events and descriptions (1EdTech Caliper Analytics 1.2, section 5, Envelope).

What an event has to say besides is asked when it is mapped: what can't be used is set aside there with its reason, and
keeps none of the others back.
"""

from __future__ import annotations

from typing import Any

from homeroom.api import problems

# The contexts that are understood: an endpoint answers 422 to any other.
DATA_VERSIONS = ("http://purl.imsglobal.org/ctx/caliper/v1p2", "http://purl.imsglobal.org/ctx/caliper/v1p1")
_REQUIRED = ("sensor", "sendTime", "dataVersion", "data")
_MOST_FAULTS = 20


def read_envelope(sent: Any) -> list[str]:
    """The ids of the events in an envelope, without those of what it only describes.

    Raises Problem with all that is wrong: 422 for a version of the data that is not understood, else 400.
    """
    if not isinstance(sent, dict):
        raise problems.bad_request("An envelope of Caliper is one object of JSON.")
    faults = {f"$.{name}": ["It is required."] for name in _REQUIRED if name not in sent}
    for name in ("sensor", "sendTime", "dataVersion"):
        if name in sent and not _is_text(sent[name]):
            faults[f"$.{name}"] = ["Write text."]
    data = sent.get("data")
    if "data" in sent and (not isinstance(data, list) or not data):
        faults["$.data"] = ["Write a list of at least one event or entity."]
    items = data if isinstance(data, list) else []
    for place, item in enumerate(items):
        if words := _fault_of(item):
            faults[f"$.data[{place}]"] = [words]
        if len(faults) >= _MOST_FAULTS:
            break
    if faults:
        raise problems.not_valid(faults)
    if sent["dataVersion"] not in DATA_VERSIONS:
        raise problems.unprocessable(f"Say dataVersion as one of: {', '.join(DATA_VERSIONS)}.")
    return [item["id"] for item in items if _is_event(item)]


def _fault_of(item: Any) -> str | None:
    if isinstance(item, str):
        # An entity that is thinned to its id.
        return None if item.strip() else "Write the id of an entity."
    if not isinstance(item, dict):
        return "Write an event or an entity as an object."
    if not _is_text(item.get("type")):
        return "Say its type."
    if _is_event(item) and not _is_text(item.get("id")):
        return "An event needs an id: urn:uuid: and a UUID."
    return None


def _is_event(item: Any) -> bool:
    return isinstance(item, dict) and str(item.get("type")).endswith("Event")


def _is_text(said: Any) -> bool:
    return isinstance(said, str) and bool(said.strip())
