"""Staging holds what the last run made and what the next one goes on from, and no more."""

import json
from pathlib import Path

import pytest

from homeroom.consolidate.pruned_staging import prune
from homeroom.sources.delivery import Delivery, read_delivery


def made(folder: Path) -> Path:
    folder.mkdir(parents=True)
    (folder / "something").write_text("made")
    return folder


@pytest.fixture
def staging(tmp_path: Path) -> Path:
    """Two nights of one source: the merged folder of the second was made of its own delivery and linked folder."""
    staging = tmp_path / "staging"
    for digit in "12":
        for name in ("linked", "merged", "agreement"):
            made(staging / f"{name}-{digit * 32}")
    inputs = {
        "identity": f"linked-{'2' * 32}/identity.parquet",
        "tables": {"sis": {"Student": f"{'c' * 64}/x.parquet"}},
    }
    (staging / f"merged-{'2' * 32}" / "inputs.json").write_text(json.dumps(inputs))
    for digit in "abc":
        made(staging / (digit * 64))
    return staging


def delivery(tmp_path: Path, digit: str, after: str | None = None, follows: str | None = None) -> Delivery:
    folder = tmp_path / "landing" / "sis" / (digit * 64)
    folder.mkdir(parents=True)
    record = {
        "source": "sis", "kind": "oneroster-csv", "delivery_id": digit * 64, "files": [], "refused": [],
        "comes_after": after and after * 64, "follows": follows and follows * 64,
    }  # fmt: skip
    (folder / "delivery.json").write_text(json.dumps(record))
    return read_delivery(folder)


def test_the_last_run_and_the_delivery_before_its_own_stay(tmp_path: Path, staging: Path) -> None:
    delivery(tmp_path, "a")
    delivery(tmp_path, "b", after="a")
    prune(staging, [f"merged-{'2' * 32}"], [delivery(tmp_path, "c", after="b")])
    assert {folder.name for folder in staging.iterdir()} == {
        f"linked-{'2' * 32}", f"merged-{'2' * 32}", f"agreement-{'2' * 32}", "b" * 64, "c" * 64,
    }  # fmt: skip


def test_what_a_delivery_of_changes_changes_stays(tmp_path: Path, staging: Path) -> None:
    delivery(tmp_path, "a")
    delivery(tmp_path, "b", after="a", follows="a")
    prune(staging, [f"merged-{'2' * 32}"], [delivery(tmp_path, "c", after="b", follows="b")])
    assert {"a" * 64, "b" * 64, "c" * 64} <= {folder.name for folder in staging.iterdir()}


def test_what_a_killed_run_left_half_made_is_removed(tmp_path: Path, staging: Path) -> None:
    made(staging / f"linked-{'3' * 32}.making")
    prune(staging, [f"merged-{'2' * 32}"], [delivery(tmp_path, "c")])
    assert not (staging / f"linked-{'3' * 32}.making").exists()


@pytest.mark.parametrize("name", ["run.lock", "spark.log", "somebody's own"])
def test_what_was_not_made_by_a_run_stays(tmp_path: Path, staging: Path, name: str) -> None:
    (staging / name).write_text("")
    prune(staging, [f"merged-{'2' * 32}"], [delivery(tmp_path, "c")])
    assert (staging / name).exists()
