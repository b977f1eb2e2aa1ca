"""What a source may say of itself: each kind knows its own options, and what can't be is refused with what to do."""

import pytest

from homeroom.consolidate.source_kinds import SOURCE_KINDS
from homeroom.errors import WrongUse
from homeroom.source_options import SOURCE_OPTIONS, check_options, options_of


@pytest.mark.parametrize("kind", SOURCE_KINDS)
def test_each_kind_of_source_knows_some_options(kind):
    assert options_of(kind, "files")


def test_an_option_names_only_kinds_that_there_are():
    assert {kind for option in SOURCE_OPTIONS.values() for kind in option.kinds} == set(SOURCE_KINDS)


def test_only_kinds_whose_tables_are_mapped_know_a_mapping_file():
    assert set(SOURCE_OPTIONS["mapping"].kinds) == {kind.name for kind in SOURCE_KINDS.values() if kind.mapped}


@pytest.mark.parametrize(
    ("kind", "path", "options"),
    [
        ("oneroster-csv", "files", {"results": "assessments", "dates": "day-first", "area_code": "217"}),
        ("oneroster-csv", "sftp://homeroom@vendor.example/out", {"host_key": "SHA256:abc"}),
        ("edfi-xml", "s3://bucket/out", {"endpoint": "https://objects.example", "region": "eu-north-1"}),
        ("oneroster-api", "https://sis.example/ims/oneroster/v1p1", {"scopes": "", "whole_every": "1"}),
        ("sql", "postgresql://reader@db.example/office", {"queries": "queries/office", "namespace": "uri://office"}),
        ("caliper", "events.jsonl", {"learners": "record"}),
    ],
)
def test_a_source_may_say_what_its_kind_knows(kind, path, options):
    check_options("sis", kind, path, options)


@pytest.mark.parametrize(
    ("kind", "path", "option", "sentence"),
    [
        ("edfi-xml", "files", ("result", "grades"), "edfi-xml has no option 'result'.* It may have: namespace, dates"),
        ("oneroster-csv", "files", ("result", "grades"), "Was results meant"),
        ("edfi-xml", "files", ("token_url", "https://sis.example/token"), "has no option 'token_url'"),
        ("oneroster-api", "https://sis.example", ("token_uri", "https://sis.example/token"), "Was token_url meant"),
        ("caliper", "files", ("dates", "day-first"), "It may have: learners"),
        ("oneroster-csv", "files", ("host_key", "SHA256:abc"), "an address that begins with sftp://"),
        ("edfi-xml", "sftp://vendor.example/out", ("endpoint", "x"), "begins with s3:// or gs://"),
        ("edfi-api", "https://ods.example/api", ("region", "x"), "edfi-api has no option 'region'"),
        ("oneroster-csv", "files", ("dates", "american"), "dates has to be day-first or month-first"),
        ("oneroster-csv", "files", ("namespace", "maplegrove.example"), "namespace has to be a URI"),
        ("csv", "files", ("mapping", "one\ntwo"), "one line of plain text"),
    ],
)
def test_what_it_may_not_say_is_refused_with_what_it_may(kind, path, option, sentence):
    with pytest.raises(WrongUse, match=sentence):
        check_options("sis", kind, path, dict([option]))


@pytest.mark.parametrize("name", ["client_secret", "password", "sas_token", "api_key", "token", "Passwd", "client_id"])
def test_a_secret_is_refused_with_where_it_belongs_and_is_not_repeated(name):
    with pytest.raises(WrongUse, match=r"secrets\.toml beside homeroom\.toml, under \[sis\]") as refusal:
        check_options("sis", "oneroster-api", "https://sis.example/v1p1", {name: "swordfish"})
    assert "swordfish" not in str(refusal.value)


def test_a_path_with_a_password_is_refused_and_not_repeated():
    with pytest.raises(WrongUse, match="The address holds a password") as refusal:
        check_options("sis", "sql", "postgresql://reader:swordfish@db.example:5432/office", {})
    assert "swordfish" not in str(refusal.value)


@pytest.mark.parametrize("path", ["sftp://homeroom@vendor.example:2222/out/a@b", "/out:put/a@b", "s3://bucket/a:b@c"])
def test_a_path_without_one_is_not(path):
    check_options("sis", "oneroster-csv", path, {})


def test_an_address_with_a_password_is_refused_and_not_repeated():
    options = {"token_url": "https://homeroom:swordfish@sis.example/token"}
    with pytest.raises(WrongUse, match="The address in token_url holds a password") as refusal:
        check_options("sis", "oneroster-api", "https://sis.example/v1p1", options)
    assert "swordfish" not in str(refusal.value)
