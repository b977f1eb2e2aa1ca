"""`homeroom source add` writes a source with what it says of itself, or nothing and a sentence."""

import pytest
from commands import homeroom

from homeroom.settings import Workspace

SERVICE = "https://sis.example/ims/oneroster/v1p1"


@pytest.fixture
def district(tmp_path):
    return Workspace.create(tmp_path / "district", "Maple Grove")


def add(district, kind, path, *options):
    chosen = [word for option in options for word in ("--option", option)]
    return homeroom("source", "add", "sis", "--kind", kind, path, *chosen, "--workspace", district.root)


def test_each_option_stands_in_the_settings(district):
    token_url = "https://sis.example/token?for=all&as=homeroom"
    added = add(district, "oneroster-api", SERVICE, f"token_url={token_url}", "leave_out=results lineItems", "scopes=")
    assert (added.returncode, added.stdout) == (0, "Source sis added. Next: homeroom consolidate\n")
    (source,) = district.settings().sources
    assert source.options == {"token_url": token_url, "leave_out": "results lineItems", "scopes": ""}


def test_an_option_counts_before_what_a_mapped_source_says_otherwise(district, tmp_path):
    added = add(district, "csv", tmp_path, "mapping=mappings/office.toml")
    assert "Next: homeroom map sis" in added.stdout
    (source,) = district.settings().sources
    assert source.options == {"mapping": str(district.root / "mappings" / "office.toml"), "namespace": "uri://sis"}


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["result=grades"], "Was results meant? It may have: results, namespace, dates, area_code, token_url"),
        (["swordfish"], "with = between them: --option dates=day-first"),
        (["=swordfish"], "with = between them"),
        (["dates=american"], "dates has to be day-first or month-first"),
        (["dates=day-first", "dates=month-first"], "'dates' is given twice"),
        (["client_secret=swordfish"], "belongs in secrets.toml beside homeroom.toml, under [sis]"),
        (["host_key=SHA256:abc"], "has no option 'host_key'"),
    ],
)
def test_what_cannot_be_is_wrong_use_and_nothing_is_written(district, options, sentence):
    before = district.settings_file.read_bytes()
    refused = add(district, "oneroster-api", SERVICE, *options)
    assert (refused.returncode, refused.stdout) == (2, "")
    assert sentence in refused.stderr
    assert "Traceback" not in refused.stderr
    assert "swordfish" not in refused.stderr
    assert district.settings_file.read_bytes() == before
