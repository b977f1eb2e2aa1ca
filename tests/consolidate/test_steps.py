"""A step that was killed is made anew; one that is done is never made twice."""

from pathlib import Path

import pytest

from homeroom.consolidate.steps import key_of, once


def test_a_finished_step_is_not_made_again(tmp_path: Path) -> None:
    made = []

    def make(folder: Path) -> None:
        made.append(folder)
        (folder / "rows").write_text("1")

    once(tmp_path / "step", make)
    once(tmp_path / "step", make)

    assert len(made) == 1
    assert (tmp_path / "step" / "rows").read_text() == "1"


def test_a_step_that_died_leaves_nothing_that_looks_finished_and_the_next_run_makes_it_anew(tmp_path: Path) -> None:
    def die(folder: Path) -> None:
        (folder / "half").write_text("")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        once(tmp_path / "step", die)
    assert not (tmp_path / "step").exists()

    once(tmp_path / "step", lambda folder: (folder / "whole").touch())
    assert [file.name for file in (tmp_path / "step").iterdir()] == ["whole"]


def test_the_same_inputs_have_the_same_key_and_others_another() -> None:
    assert key_of("delivery", {"merge": 0.95}) == key_of("delivery", {"merge": 0.95})
    assert key_of("delivery", {"merge": 0.95}) != key_of("delivery", {"merge": 0.9})
