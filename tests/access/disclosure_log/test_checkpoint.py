"""Checkpoints are signed notes, as C2SP has them, and only the district's own signature opens one."""

import base64
import hashlib

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from homeroom.access.disclosure_log.checkpoint import Checkpoint, SigningKey, VerifierKey, read_checkpoint
from homeroom.errors import WrongUse

KEY = SigningKey("maple-grove/disclosures", Ed25519PrivateKey.from_private_bytes(bytes(range(32))))
CHECKPOINT = Checkpoint("maple-grove/disclosures", 3, hashlib.sha256(b"a root").digest())


def test_a_note_has_the_lines_that_the_standard_asks_for():
    lines = KEY.sign(CHECKPOINT).split("\n")
    assert lines[:2] == ["maple-grove/disclosures", "3"]
    assert base64.b64decode(lines[2]) == CHECKPOINT.root
    assert lines[3] == ""
    assert lines[4].startswith("— maple-grove/disclosures ")
    assert lines[5:] == [""]


def test_the_number_of_a_key_is_the_beginning_of_the_hash_of_its_name_and_itself():
    public = KEY.private.public_key().public_bytes_raw()
    number = hashlib.sha256(b"maple-grove/disclosures\n\x01" + public).digest()[:4]
    encoded = base64.b64encode(b"\x01" + public).decode()
    assert str(KEY.verifier) == f"maple-grove/disclosures+{number.hex()}+{encoded}"
    assert base64.b64decode(KEY.sign(CHECKPOINT).split(" ")[-1])[:4] == number


def test_a_signed_checkpoint_is_read_again_with_the_public_key():
    assert read_checkpoint(KEY.sign(CHECKPOINT), VerifierKey.read(str(KEY.verifier))) == CHECKPOINT


@pytest.mark.parametrize(
    "change",
    [
        lambda note: note.replace("\n3\n", "\n2\n"),
        lambda note: note.replace("maple-grove", "cedar-falls", 1),
        lambda note: note.replace("— maple-grove", "— cedar-falls"),
        lambda note: note[:-10] + "AAAAAAA==\n",
        lambda note: note.rpartition("— ")[0],
    ],
)
def test_a_note_that_was_changed_is_not_signed(change):
    with pytest.raises(WrongUse, match="not signed with this key"):
        read_checkpoint(change(KEY.sign(CHECKPOINT)), KEY.verifier)


def test_the_note_of_another_key_of_the_same_name_is_not_signed():
    other = SigningKey(KEY.name, Ed25519PrivateKey.generate())
    with pytest.raises(WrongUse, match="not signed with this key"):
        read_checkpoint(other.sign(CHECKPOINT), KEY.verifier)


@pytest.mark.parametrize("text", ["", "a\nb\nc\n\n— d e\n", "a\n-1\nAAAA\n\n— d e\n", "a\n03\nAAAA\n\n— d e\n"])
def test_what_is_no_checkpoint_is_told_so(text):
    with pytest.raises(WrongUse, match="no checkpoint"):
        read_checkpoint(text, KEY.verifier)


@pytest.mark.parametrize("change", [lambda key: key[:-4], lambda key: key.replace("+", "", 1), lambda key: f"x{key}"])
def test_what_is_no_key_is_told_so(change):
    with pytest.raises(WrongUse, match="no key of a disclosure log"):
        VerifierKey.read(change(str(KEY.verifier)))


def test_a_key_never_shows_its_private_half():
    assert KEY.private.private_bytes_raw().hex() not in repr(KEY)
    assert repr(KEY) == "SigningKey('maple-grove/disclosures')"
