"""Why somebody is or isn't shown something, in the words in which answers, pages and explanations say it.

No value of a row stands in any of them. What is refused to an app never tells whether a row is there.
"""

from __future__ import annotations

from datetime import date

# Who asks.
NO_AGREEMENT = "An app may do nothing without an agreement."
NOTHING_NOW = (
    "The district's record does not say now that you teach, lead or counsel at a school, or that you are a "
    "student or a student's parent. If it should, ask the district's office."
)
KEY_SUSPENDED = (
    "This key is suspended. Nothing of this page was shown. Ask the district's privacy officer to look at what was "
    "asked for, and to reinstate the key."
)
# Which row.
NO_ROW = "There is no such row, or none that the agreement lets you see."
NO_STUDENT = "The district's record names no student at this address whom you teach, look after or belong to."
# What for.
READS_ALONE = "The agreement lets the app read the record, and not write it."
SENDS_NO_EVENTS = "The agreement does not let the app send learning events."


def no_rule(role: str, action: str, purpose: str) -> str:
    """Nothing lets anybody of that role do it."""
    return f"No rule lets a {role} {action} for {purpose}."


def not_active(state: str) -> str:
    """The agreement is in another state."""
    return f"The agreement is {state}, not active."


def begins(day: date) -> str:
    """The agreement is for later."""
    return f"The agreement begins on {day}."


def was_over(day: date) -> str:
    """The agreement was for earlier."""
    return f"The agreement was over on {day}."


def not_for(purpose: str) -> str:
    """The agreement has other purposes."""
    return f"The agreement is not for {purpose}."


def names_nothing_of(resource: str) -> str:
    """No field of the resource is agreed."""
    return f"The agreement names no field of {resource}."


def does_not_name(resource: str, path: str) -> str:
    """A field is not agreed."""
    return f"The agreement does not name {resource}.{path}"


def not_written(resource: str) -> str:
    """Nothing of the resource may be written."""
    return f"The agreement does not let the app write {resource}."


def over_budget(allowed: int, window: str) -> str:
    """More students were asked for than the key may be shown in a `window`: an hour or a day."""
    article = "an" if window == "hour" else "a"
    return f"it may be shown {allowed:,} students in {article} {window}, and asked for more."
