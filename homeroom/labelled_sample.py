"""A sample of pairs with a person's labels, as a file, and what follows from it in words."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

from homeroom.access.match_estimates import CANNOT_TELL, DIFFERENT, EDGES, SAME, Band, Estimate, Estimates, Labelled
from homeroom.errors import WrongUse


def read_labels(file: Path) -> tuple[Sequence[Labelled], int]:
    """The bands of a sample with their labels, and how many pairs have none or can't be told.

    Raises WrongUse with the line where it can't be read.
    """
    try:
        with file.open(newline="", encoding="utf-8-sig") as lines:
            return _labels(csv.DictReader(lines), file)
    except (OSError, UnicodeDecodeError, csv.Error):
        raise WrongUse(f"{file} can't be read as CSV in UTF-8. Save it so, and try again.") from None


def _labels(rows: csv.DictReader[str], file: Path) -> tuple[Sequence[Labelled], int]:
    bands: dict[Band, list[int]] = {}
    unlabelled = 0
    for row in rows:
        try:
            band = Band({"yes": True, "no": False}[row["joined"]], float(row["lowest"]))
            pairs = int(row["band_pairs"])
            label = (row["label"] or "").strip().lower().replace("’", "'")
        except (KeyError, TypeError, ValueError):
            band, pairs, label = Band(True, -1.0), 0, ""
        if band.lowest not in EDGES or label not in (SAME, DIFFERENT, CANNOT_TELL, ""):
            raise WrongUse(
                f"Line {rows.line_num} of {file} is no labelled pair. Write same, different or can't tell in the "
                "column label, and leave the others as homeroom matches sample wrote them."
            )
        counts = bands.setdefault(band, [pairs, 0, 0])
        if label in (SAME, DIFFERENT):
            counts[1 if label == SAME else 2] += 1
        else:
            unlabelled += 1
    labelled = [Labelled(band, *counts) for band, counts in bands.items()]
    if not any(one.same + one.different for one in labelled):
        raise WrongUse(f"No pair in {file} has a label yet. Write same, different or can't tell in the column label.")
    return sorted(labelled, key=lambda one: (not one.band.joined, -one.band.lowest)), unlabelled


def in_words(bands: Sequence[Labelled], unlabelled: int, found: Estimates) -> str:
    """What the labels say, for a person."""
    labels = sum(one.same + one.different for one in bands)
    lines = [
        f"Precision: {_words(found.precision)} of the pairs that were joined are one person.",
        f"Recall: {_words(found.recall)} of the pairs that are one person, among those compared, were joined.",
        f"From {labels} labels; {unlabelled} pairs have none or can't be told, and are left out.",
        "",
        "If pairs were joined from a probability on, and nothing else were heeded:",
        *(f"  {edge:5g}: precision {_words(p)}, recall {_words(r)}" for edge, (p, r) in sorted(found.at.items())),
        "",
        "Bands: " + "; ".join(f"{b.band.name}: {b.pairs} pairs, {b.same} same, {b.different} different" for b in bands),
        "",
        "What this can't tell: pairs that linking never compared, as nothing of them agreed enough to look, or that "
        "it held for improbable from the start, are in no band. Persons missed that way lower the true recall. Where "
        "those who label err, so does the estimate.",
    ]
    return "\n".join(lines)


def _words(one: Estimate) -> str:
    if one.share is None:
        return "not known (no label tells)"
    return f"{one.share:.1%} (95 % interval {one.low:.1%} to {one.high:.1%})"
