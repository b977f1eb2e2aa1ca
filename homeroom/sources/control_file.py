"""Control files: the list that inBloom's ingestion asked for beside interchange files, one line for each of them.

A line is `format,interchange,file,md5`; lines that begin with @ are options of the ingestion and mean nothing here.
"""

from __future__ import annotations

import hashlib
from pathlib import PurePosixPath

from homeroom.sources.delivery import DeliveredFile, Delivery
from homeroom.sources.report import Report

SUFFIX = ".ctl"


def compare(delivery: Delivery, control: DeliveredFile, report: Report) -> None:
    """Tell where what came is not what a control file promises: all that came is read nevertheless."""
    folder = PurePosixPath(control.path).parent
    came = {PurePosixPath(file.path): file for file in delivery.files}
    refused = {PurePosixPath(file.path) for file in delivery.refused}
    text = delivery.kept(control).read().decode("utf-8-sig", "replace")
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("@"):
            continue
        parts = [part.strip() for part in line.split(",")]
        if len(parts) != 4 or parts[0].lower() != "edfi-xml":
            report.file_problem(
                control,
                "control-file-line",
                f"Line {number:,} of {control.path} is not of the form edfi-xml,interchange,file,md5. "
                "It was passed over; the files that came were read.",
            )
            continue
        promised = folder / parts[2]
        if promised in came:
            _compare_content(delivery, came[promised], parts[3].lower(), control, report)
        elif promised not in refused:
            report.file_problem(
                control,
                "missing-file",
                f"{control.path} promises {parts[2][:120]}, which did not come. Send it again.",
            )


def _compare_content(delivery: Delivery, file: DeliveredFile, md5: str, control: DeliveredFile, report: Report) -> None:
    with delivery.kept(file).open() as stream:
        found = hashlib.file_digest(stream, lambda: hashlib.md5(usedforsecurity=False)).hexdigest()
    if found != md5:
        report.file_problem(
            file,
            "checksum-differs",
            f"{file.path} is not the file that {control.path} describes: it was changed after the list was made, or on "
            "its way. It was read; send it again if it should not have changed.",
        )
