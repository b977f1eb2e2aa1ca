"""Of a row those fields are shown that are named, and no others, however deep they lie."""

import json
from typing import Any

from documents import Maker, add_codes, any_document, write_what_it_refers_to
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from homeroom.access.agreements.terms import fields_of
from homeroom.record.query import one, one_statement
from homeroom.record.upsert import upsert

_OF_EACH_ANSWER = {"id", "_etag", "_lastModifiedDate"}


def leaves(value: Any, path: str = "") -> set[tuple[str, str]]:
    """Every single value with its JSON path, each item of a list under `[*]`."""
    if isinstance(value, dict):
        return {leaf for name, inner in value.items() for leaf in leaves(inner, f"{path}.{name}" if path else name)}
    if isinstance(value, list):
        return {leaf for inner in value for leaf in leaves(inner, f"{path}[*]")}
    return {(path, json.dumps(value))}


@given(pair=any_document(), data=st.data())
@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
def test_what_is_shown_is_the_whole_document_but_for_what_is_not_named(connection, pair, data):
    resource, document = pair
    named = data.draw(st.frozensets(st.sampled_from(sorted(fields_of(resource)))))
    with connection.transaction(force_rollback=True):
        add_codes(connection)
        write_what_it_refers_to(connection, resource, document)
        written = upsert(connection, resource, document, "test")
        whole = json.loads(one(connection, resource, written.id))
        body, _ = connection.execute(one_statement(resource, named), [written.id]).fetchone()
    shown = leaves(json.loads(bytes(body)))
    assert shown == {(path, value) for path, value in leaves(whole) if path in named | _OF_EACH_ANSWER}


def test_a_reference_of_which_nothing_is_named_is_not_there(connection):
    add_codes(connection)
    document = Maker().document("StudentSchoolAssociation")
    write_what_it_refers_to(connection, "StudentSchoolAssociation", document)
    written = upsert(connection, "StudentSchoolAssociation", document, "test")
    statement = one_statement("StudentSchoolAssociation", frozenset({"entryDate"}))
    body, _ = connection.execute(statement, [written.id]).fetchone()
    assert json.loads(bytes(body)).keys() == {"entryDate", *_OF_EACH_ANSWER}
