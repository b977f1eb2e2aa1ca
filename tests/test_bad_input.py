"""What is wrong with a delivery is told in a sentence, costs only what is wrong, and never half-publishes."""

import json
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import psycopg
import pyarrow.parquet as pq
import pytest
from commands import homeroom
from own_workspace import own_workspace

from homeroom.record.server import url_of
from homeroom.settings import Workspace

# A number that could have been issued, of nobody that we know.
SOCIAL_SECURITY_NUMBER = "219-09-9999"


def missing_file(bundle: Path) -> Path:
    (bundle / "users.csv").unlink()
    return bundle


def empty_file(bundle: Path) -> Path:
    (bundle / "demographics.csv").write_bytes(b"")
    return bundle


def wrong_header(bundle: Path) -> Path:
    rows = (bundle / "demographics.csv").read_text("utf-8-sig").splitlines()
    (bundle / "demographics.csv").write_text("\n".join(["colour,shape", *rows[1:]]))
    return bundle


def truncated_zip(bundle: Path) -> Path:
    whole = shutil.make_archive(str(bundle), "zip", bundle)
    Path(whole).write_bytes(Path(whole).read_bytes()[:-400])
    return Path(whole)


def zip_bomb(bundle: Path) -> Path:
    bomb = bundle.with_suffix(".zip")
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in bundle.glob("*.csv"):
            archive.write(path, path.name)
        with archive.open("lineItems.csv", "w", force_zip64=True) as stream:
            for _ in range(600):
                stream.write(bytes(1 << 20))
    return bomb


def nul_byte(bundle: Path) -> Path:
    lines = (bundle / "users.csv").read_bytes().splitlines(keepends=True)
    lines[1] = lines[1].replace(b"Jack", b"Ja\x00ck")
    (bundle / "users.csv").write_bytes(b"".join(lines))
    return bundle


def too_many_columns(bundle: Path) -> Path:
    lines = (bundle / "users.csv").read_text("utf-8-sig").splitlines()
    lines[1] += ",one,two,three"
    (bundle / "users.csv").write_text("\n".join(lines))
    return bundle


def field_of_10_megabytes(bundle: Path) -> Path:
    lines = (bundle / "users.csv").read_text("utf-8-sig").splitlines()
    lines[1] = lines[1].replace("Jack", "J" * 10_000_000)
    (bundle / "users.csv").write_text("\n".join(lines))
    return bundle


def column_of_social_security_numbers(bundle: Path) -> Path:
    lines = (bundle / "demographics.csv").read_text("utf-8-sig").splitlines()
    lines = [lines[0] + ",metadata.nationalNumber", *(f"{line},{SOCIAL_SECURITY_NUMBER}" for line in lines[1:])]
    (bundle / "demographics.csv").write_text("\n".join(lines))
    return bundle


# What spoils a delivery: the rule that is told, and of how many rows less than the good bundle has are accepted.
SPOILT: dict[Callable[[Path], Path], tuple[str, int]] = {
    missing_file: ("missing-file", 33),
    empty_file: ("empty-file", 6),
    wrong_header: ("wrong-header", 6),
    nul_byte: ("nul-byte", 6),
    too_many_columns: ("too-many-columns", 6),
    field_of_10_megabytes: ("field-too-large", 6),
    column_of_social_security_numbers: ("social-security-numbers", 6),
}
# What can't be opened at all, and a word of the sentence that says so.
NOT_OPENED = {truncated_zip: "cut short", zip_bomb: "zip bomb"}


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory, shared_data: Path):
    """One run over a good source and, beside it, one source for each thing that can be wrong."""
    root = tmp_path_factory.mktemp("bad-input")
    good = shared_data / "microsoft-sds" / "SDS v2.1"
    workspace = root / "district"
    homeroom("init", workspace, "--district", "Maple Grove")
    homeroom("source", "add", "good", "--kind", "oneroster-csv", good, "--workspace", workspace)
    for spoil in (*SPOILT, *NOT_OPENED):
        folder = root / spoil.__name__
        shutil.copytree(good, folder, copy_function=shutil.copyfile)
        folder.chmod(0o755)
        name = spoil.__name__.replace("_", "-")
        added = homeroom("source", "add", name, "--kind", "oneroster-csv", spoil(folder), "--workspace", workspace)
        assert added.returncode == 0, added.stderr
    ran = homeroom("consolidate", "--json", "--workspace", workspace)
    assert ran.returncode == 0, ran.stderr
    place = Workspace.open(workspace)
    with psycopg.connect(url_of(place.postgres, None)) as record:
        quarantine = record.execute("select source, rule, sentence, severity from consolidation.quarantine").fetchall()
    return {
        "workspace": workspace,
        "summary": json.loads(ran.stdout),
        "words": ran.stdout + ran.stderr + homeroom("status", "--workspace", workspace).stdout,
        "quarantine": quarantine,
    }


@pytest.mark.parametrize("spoil", SPOILT, ids=lambda spoil: spoil.__name__)
def test_what_is_wrong_is_told_in_a_sentence(told, spoil):
    source, (rule, _) = spoil.__name__.replace("_", "-"), SPOILT[spoil]
    sentences = [sentence for name, found, sentence, _ in told["quarantine"] if (name, found) == (source, rule)]
    assert sentences
    assert all(sentence.endswith(".") and len(sentence) > 30 for sentence in sentences)


@pytest.mark.parametrize("spoil", SPOILT, ids=lambda spoil: spoil.__name__)
def test_the_rest_of_a_spoilt_delivery_is_consolidated(told, spoil):
    sources = {source["name"]: source for source in told["summary"]["sources"]}
    spoilt = sources[spoil.__name__.replace("_", "-")]
    assert spoilt["rows_accepted"] == 44 - SPOILT[spoil][1]
    assert spoilt["rows_accepted"] + spoilt["rows_quarantined"] == spoilt["rows_landed"]


@pytest.mark.parametrize("spoil", NOT_OPENED, ids=lambda spoil: spoil.__name__)
def test_what_cannot_be_opened_is_told_in_a_sentence(told, spoil):
    sources = {source["name"]: source for source in told["summary"]["sources"]}
    failed = sources[spoil.__name__.replace("_", "-")]
    assert NOT_OPENED[spoil] in failed["failure"]
    assert failed["rows_landed"] == 0


def test_the_good_source_beside_them_is_whole(told):
    sources = {source["name"]: source for source in told["summary"]["sources"]}
    assert (sources["good"]["rows_landed"], sources["good"]["rows_accepted"]) == (44, 44)
    assert told["summary"]["record"]["students"] == 4


def test_no_word_of_it_is_a_traceback(told):
    assert "Traceback" not in told["words"]


def test_a_social_security_number_is_in_no_file_that_homeroom_writes(told):
    number = SOCIAL_SECURITY_NUMBER.encode()
    written = [p for p in told["workspace"].rglob("*") if p.is_file()]
    assert [p for p in written if number in p.read_bytes()] == []
    tables = [p for p in written if p.suffix == ".parquet"]
    # What is packed shows only to one who unpacks it.
    assert [p for p in tables if SOCIAL_SECURITY_NUMBER in str(pq.read_table(p).to_pylist())] == []
    assert SOCIAL_SECURITY_NUMBER not in told["words"]


def test_a_source_that_fails_one_night_keeps_what_it_said_before_and_the_failure_is_told(tmp_path, record, shared_data):
    workspace, good = own_workspace(tmp_path / "district", record).root, shared_data / "microsoft-sds" / "SDS v2.1"
    for name in ("sis", "vendor"):
        shutil.copytree(good, tmp_path / name, copy_function=shutil.copyfile)
        (tmp_path / name).chmod(0o755)
        homeroom("source", "add", name, "--kind", "oneroster-csv", tmp_path / name, "--workspace", workspace)
    users = tmp_path / "vendor" / "users.csv"
    users.write_text(users.read_text("utf-8-sig").replace("Jack", "Zacharias"))
    assert homeroom("consolidate", "--workspace", workspace).returncode == 0
    who = homeroom("identities", "--csv", "--workspace", workspace).stdout
    (tmp_path / "vendor").rename(tmp_path / "away")
    ran = homeroom("consolidate", "--json", "--workspace", workspace)
    vendor = next(source for source in json.loads(ran.stdout)["sources"] if source["name"] == "vendor")
    assert (vendor["rows_landed"], vendor["rows_accepted"]) == (44, 44)
    assert vendor["failure"].endswith("What it delivered last was used again.")
    assert homeroom("identities", "--csv", "--workspace", workspace).stdout == who
    assert "vendor could not be taken" in homeroom("status", "--workspace", workspace).stdout
    (tmp_path / "sis").rename(tmp_path / "away too")
    refused = homeroom("consolidate", "--workspace", workspace)
    assert refused.returncode == 1
    assert "the record stays as it was" in refused.stderr
    assert homeroom("identities", "--csv", "--workspace", workspace).stdout == who
