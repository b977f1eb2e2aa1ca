"""What can go wrong, in words for the person who has to mend it."""

from __future__ import annotations


class HomeroomError(Exception):
    """What happened, to which row of which file, and what to do: the message is shown as it is, with no traceback.

    It never holds a person's data.
    """


class WrongUse(HomeroomError):
    """The command was called in a way that can't be carried out; the command line exits with 2."""


class CannotRun(HomeroomError):
    """The run could not be done; nothing was published; the command line exits with 1."""
