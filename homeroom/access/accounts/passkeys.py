"""Passkeys of local accounts (W3C Web Authentication Level 2): made once by invitation, then asked for without a name.

The device has to have made sure of its holder, by a finger, a face or a code: a passkey alone is two factors. Which
model of device it is, is not asked.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from webauthn import (
    base64url_to_bytes,
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import bytes_to_base64url, generate_challenge, parse_authentication_credential_json
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from homeroom.access.accounts import one_time
from homeroom.access.accounts.kept import account
from homeroom.access.accounts.one_time import Kind
from homeroom.access.door import Refused, Use

_NOT_OURS = (
    "This passkey opens nothing here. Take another way to sign in, or ask the district's office for an invitation."
)
_AGAIN = "The passkey could not be checked. Load the page anew and try again."


@dataclass(frozen=True)
class Site:
    """Where passkeys are good: the address of the pages, and the name in it, to which a browser ties them."""

    address: str
    name: str


@dataclass(frozen=True)
class Asked:
    """What a browser is asked, as JSON, and the word by which its answer is known."""

    options: str
    word: str


async def ask_for_new(use: Use, invitation: str, site: Site, district: str) -> Asked:
    """Ask whoever was invited to make a passkey. Raises Refused where the invitation is not good, or no longer."""
    held = await one_time.look_at(use, Kind.INVITATION, invitation)
    if held is None:
        raise Refused("This invitation is used or too old. Ask whoever sent it for a new one.")
    whose = await account(use, held["account"])
    known = await use.rows("select credential_id from access.passkey where account = %(account)s", account=whose.number)
    challenge = generate_challenge()
    options = generate_registration_options(
        rp_id=site.name,
        rp_name=f"Homeroom of {district}",
        user_id=whose.handle,
        user_name=whose.name,
        challenge=challenge,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED, user_verification=UserVerificationRequirement.REQUIRED
        ),
        exclude_credentials=[PublicKeyCredentialDescriptor(id=bytes(one["credential_id"])) for one in known],
    )
    word = await one_time.give(use, Kind.PASSKEY, whose.number, {"challenge": bytes_to_base64url(challenge)})
    return Asked(options_to_json(options), word)


async def keep_new(use: Use, invitation: str, word: str, answer: dict[str, Any], site: Site) -> int:
    """Keep the passkey that a browser made; the account's number. The invitation is used up.

    Raises Refused where it is not what was asked for.
    """
    asked = await one_time.take(use, Kind.PASSKEY, word)
    invited = await one_time.take(use, Kind.INVITATION, invitation)
    if asked is None or invited is None or asked["account"] != invited["account"]:
        raise Refused("This invitation is used or too old. Ask whoever sent it for a new one.")
    try:
        made = verify_registration_response(
            credential=answer,
            expected_challenge=base64url_to_bytes(asked["held"]["challenge"]),
            expected_rp_id=site.name,
            expected_origin=site.address,
            require_user_verification=True,
        )
    except WebAuthnException:
        # What it says may hold what the device sent.
        raise Refused(_AGAIN) from None
    kept = await use.row(
        _KEEP,
        credential_id=made.credential_id,
        account=invited["account"],
        public_key=made.credential_public_key,
        sign_count=made.sign_count,
    )
    if kept is None:
        raise Refused(_AGAIN)
    return int(invited["account"])


async def ask_for_any(use: Use, site: Site) -> Asked:
    """Ask for whatever passkey somebody has here."""
    challenge = generate_challenge()
    options = generate_authentication_options(
        rp_id=site.name, challenge=challenge, user_verification=UserVerificationRequirement.REQUIRED
    )
    word = await one_time.give(use, Kind.PASSKEY, held={"challenge": bytes_to_base64url(challenge)})
    return Asked(options_to_json(options), word)


async def holder_of(use: Use, word: str, answer: dict[str, Any], site: Site) -> int:
    """The number of the account whose passkey answered. Raises Refused where it is nobody's, or not what was asked."""
    asked = await one_time.take(use, Kind.PASSKEY, word)
    if asked is None or asked["account"] is not None:
        raise Refused(_AGAIN)
    try:
        credential = parse_authentication_credential_json(answer)
        row = await use.row(_PASSKEY, credential_id=credential.raw_id)
        if row is None or credential.response.user_handle != bytes(row["handle"]):
            raise Refused(_NOT_OURS)
        checked = verify_authentication_response(
            credential=credential,
            expected_challenge=base64url_to_bytes(asked["held"]["challenge"]),
            expected_rp_id=site.name,
            expected_origin=site.address,
            credential_public_key=bytes(row["public_key"]),
            credential_current_sign_count=row["sign_count"],
            require_user_verification=True,
        )
    except WebAuthnException:
        raise Refused(_AGAIN) from None
    await use.row(_USED, credential_id=credential.raw_id, sign_count=checked.new_sign_count)
    return int(row["account"])


_KEEP = """
    insert into access.passkey (credential_id, account, public_key, sign_count)
    values (%(credential_id)s, %(account)s, %(public_key)s, %(sign_count)s) on conflict do nothing returning account
"""
_PASSKEY = """
    select account, public_key, sign_count, handle from access.passkey join access.account on number = account
    where credential_id = %(credential_id)s and ended_at is null for update of passkey
"""
_USED = """
    update access.passkey set sign_count = %(sign_count)s, used_at = now() where credential_id = %(credential_id)s
    returning account
"""
