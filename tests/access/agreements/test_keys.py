"""Keys and tokens: kept as hashes alone, and of no use once the agreement is not in force."""

import json
from datetime import date

import pytest
from asking import answer, change, rows
from made_up_agreement import APPROVED_BY, agreement_file, given_key

from homeroom.access.agreements import kept, keys
from homeroom.access.agreements.file import read_file
from homeroom.access.agreements.states import State
from homeroom.access.permissions import Action
from homeroom.errors import WrongUse

GIVE = Action.GIVE_KEYS


@pytest.fixture
def given(record, tmp_path):
    """A record with an agreement in force, and its key."""
    file = agreement_file(tmp_path, begin="2020-01-01", end="2027-07-31")
    return record, answer(record, lambda use: given_key(use, file), GIVE)


def client(url, key, secret, day=None):
    return answer(url, lambda use: keys.client_of(use, key, secret, day), GIVE)


def with_token(url, key):
    async def kept_token(use):
        token = keys.new_token()
        await keys.keep_token(use, await keys.client_of(use, key.key, key.secret), token)
        return token

    return answer(url, kept_token, GIVE)


def bearer(url, token, day=None):
    return answer(url, lambda use: keys.bearer_of(use, token, day), GIVE)


def test_the_right_secret_lets_in_and_no_other(given):
    url, key = given
    assert client(url, key.key, key.secret).key == key.key
    for wrong in (key.secret[:-1], "", key.secret.swapcase(), "\0", "\ud800"):
        assert client(url, key.key, wrong) is None
    for nobody in ("nobody", "", "\0", "é", f"{key.key} "):
        assert client(url, nobody, key.secret) is None


def test_neither_secret_nor_token_is_kept(given):
    url, key = given
    token = with_token(url, key)
    held = json.dumps(
        [rows(url, f"select to_jsonb(t)::text from access.{table} as t") for table in ("client", "token")]
    )
    assert key.key in held
    assert key.secret not in held
    assert token not in held
    assert key.secret not in repr(key)


def test_a_key_and_its_tokens_live_as_long_as_the_agreement(given):
    url, key = given
    token = with_token(url, key)
    assert bearer(url, token)[0].key == key.key
    over = date(2027, 8, 1)
    assert client(url, key.key, key.secret, over) is None
    assert bearer(url, token, over) is None
    number = bearer(url, token)[0].agreement.number
    answer(url, lambda use: kept.change(use, number, State.SUSPENDED, APPROVED_BY), GIVE)
    assert client(url, key.key, key.secret) is None
    assert bearer(url, token) is None
    answer(url, lambda use: kept.change(use, number, State.ACTIVE, APPROVED_BY), GIVE)
    assert bearer(url, token)[0].key == key.key


def test_a_token_is_over_after_thirty_minutes(given):
    url, key = given
    token = with_token(url, key)
    ((minutes,),) = rows(url, "select extract(epoch from expires_at - now()) / 60 from access.token")
    assert 29 < minutes <= 30
    change(url, "update access.token set expires_at = now()")
    assert bearer(url, token) is None


def test_a_key_that_was_removed_opens_nothing(given):
    url, key = given
    token = with_token(url, key)
    answer(url, lambda use: keys.remove_client(use, key.key, APPROVED_BY), GIVE)
    assert client(url, key.key, key.secret) is None
    assert bearer(url, token) is None
    with pytest.raises(WrongUse):
        answer(url, lambda use: keys.remove_client(use, key.key, APPROVED_BY), GIVE)


def test_there_is_no_key_under_an_agreement_that_nobody_approved(record, tmp_path):
    asked = answer(record, lambda use: kept.ask(use, read_file(agreement_file(tmp_path)), "Ines"), GIVE)
    with pytest.raises(WrongUse, match="Approve it first"):
        answer(record, lambda use: keys.add_client(use, asked.number, "Ines"), GIVE)
