"""Who asks for a page: whoever the cookie says, as the record knows them now; without one, nobody."""

from __future__ import annotations

import hmac
from typing import Any

from fastapi import Request, Response

from homeroom.access.accounts import sessions
from homeroom.access.accounts.sessions import Person
from homeroom.access.door import Door, Refused
from homeroom.access.permissions import DOORKEEPER, Action, Principal, Purpose
from homeroom.access.reasons import NOTHING_NOW
from homeroom.web.addresses import is_secure

# A form's hidden field, and the header of a script that sends no form.
FORM_FIELD, FORM_HEADER = "csrf_token", "x-csrf-token"


class SignInFirst(Exception):
    """Nobody is signed in."""


class NotFromOurForm(Exception):
    """What came is from none of our own pages."""


async def visitor(request: Request) -> None:
    """Whoever asks, from here on in the request. Raises SignInFirst where nobody is signed in, and NotFromOurForm where
    a form does not hold the word of their session."""
    person = await person_of(request)
    if person is None:
        raise SignInFirst
    request.state.person = person
    if request.method not in ("GET", "HEAD") and not hmac.compare_digest(
        (await _sent(request)).encode(), person.form_word.encode()
    ):
        raise NotFromOurForm


async def person_of(request: Request) -> Person | None:
    """Whoever is signed in; None where nobody is."""
    word = session_word(request)
    if not word:
        return None
    async with doorkeeper(request) as use:
        return await sessions.person_of(use, word)


def principal_of(request: Request) -> Principal:
    """As what they ask. Raises Refused where they are nothing to the district now."""
    person: Person = request.state.person
    if person.here is None:
        raise Refused(NOTHING_NOW)
    return person.here


def doorkeeper(request: Request) -> Any:
    """The record, for letting people in alone."""
    door: Door = request.app.state.door
    return door.use(DOORKEEPER, Action.SIGN_IN, Purpose.ADMISSION)


def session_word(request: Request) -> str:
    """The word of the session, '' where there is none."""
    return word_of(request, "session")


def word_of(request: Request, what: str) -> str:
    """A word that the browser keeps, '' where it keeps none."""
    return request.cookies.get(cookie_name(request, what), "")


def keep_session(request: Request, response: Response, word: str) -> None:
    """Give the word of a session to the browser, which forgets it when it is closed."""
    keep(request, response, "session", word)


def keep(request: Request, response: Response, what: str, word: str) -> None:
    """Let the browser keep a word: no script reads it, and no other site's form or picture brings it."""
    response.set_cookie(
        cookie_name(request, what), word, path="/", secure=is_secure(request), httponly=True, samesite="lax"
    )


def forget(request: Request, response: Response, what: str) -> None:
    """Let the browser forget a word."""
    response.delete_cookie(
        cookie_name(request, what), path="/", secure=is_secure(request), httponly=True, samesite="lax"
    )


def cookie_name(request: Request, what: str) -> str:
    """Cookies know no ports: two workspaces that are open on one machine keep their words apart by their names.

    Under TLS the name is one that a browser takes from this very host alone (RFC 6265bis, section 4.1.3.2).
    """
    return f"__Host-homeroom-{what}" if is_secure(request) else f"homeroom-{what}-{request.url.port or 80}"


async def _sent(request: Request) -> str:
    sent = request.headers.get(FORM_HEADER) or (await request.form()).get(FORM_FIELD)
    return sent if isinstance(sent, str) else ""
