"""What a district may say in `homeroom.toml` of the server by which Homeroom sends e-mail."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields

from homeroom.errors import CannotRun

SECURITIES = ("starttls", "tls", "none")
# Mail for this machine does not leave it.
_THIS_MACHINE = ("127.0.0.1", "localhost", "::1")


@dataclass(frozen=True)
class MailSettings:
    """An SMTP server. `sender`: in whose name mail goes out; `security`: one of `SECURITIES`; `username`: '' where the
    server asks for none; `to`: who is told beside the privacy officers who have an account, '' for nobody."""

    server: str
    sender: str
    port: str = "587"
    security: str = "starttls"
    username: str = ""
    to: str = ""


# What a [mail] may say. The secret is none of it; it is named here to be refused with where it belongs.
MAIL = (*(one.name for one in fields(MailSettings)), "password")


def read_mail(table: Mapping[str, str], fault: Callable[[str], CannotRun]) -> MailSettings | None:
    """The table [mail], or None where it says nothing. Raises what `fault` makes of the first fault's words."""
    if "password" in table:
        raise fault("password under [mail] lets its holder send. It belongs under [mail] in secrets.toml")
    if not table:
        return None
    if missing := [word for word in ("server", "sender") if not table.get(word)]:
        raise fault(f"[mail] has no {' and no '.join(missing)}")
    found = MailSettings(**table)
    if found.security not in SECURITIES:
        raise fault(f"security under [mail] has to be one of {', '.join(SECURITIES)}")
    if found.security == "none" and found.server not in _THIS_MACHINE:
        raise fault('security = "none" under [mail] is for a server on this machine alone')
    if not found.port.isdecimal() or not 0 < int(found.port) < 65536:
        raise fault('port under [mail] has to be a number in quotation marks, such as "587"')
    return found
