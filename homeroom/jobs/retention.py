"""Carry out an approved deletion in a workspace: in the record, and in what lies in the workspace's folder."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import date
from itertools import chain
from typing import Any

import psycopg

from homeroom.access.door import Use, ask
from homeroom.access.permissions import Action
from homeroom.access.retention.deletion import Files, approve
from homeroom.consolidate.let_go import deliveries_due, remove_deliveries, remove_staging
from homeroom.consolidate.run import one_run_in
from homeroom.record import deliveries as of_record
from homeroom.record.retention.schedules import DELIVERY, schedules_of
from homeroom.settings import Workspace
from homeroom.sources.delivery import deliveries


def carry_out(workspace: Workspace, url: str, number: int, by: str) -> dict[str, Any]:
    """Approve a request and delete what it asked for; gives the certificate.

    No run takes place meanwhile. Files go before the deletion is committed: where that fails, what went was due, and
    the same request can be approved again. Raises WrongUse and CannotRun with why not.
    """
    schedules = schedules_of(workspace.retention_file)
    with psycopg.connect(url) as record:
        needed = {*of_record.accepted(record).values(), *chain(*of_record.held(record).values())}

    async def remove() -> Files:
        due = deliveries_due(workspace.landing, schedules[DELIVERY].years, date.today(), needed)
        files = remove_deliveries(due)
        remove_staging(workspace.staging)
        kept = Counter(one.source for one in deliveries(workspace.landing))
        return Files(len(due), files, dict(sorted(kept.items())))

    async def question(use: Use) -> dict[str, Any]:
        return await approve(use, schedules, number, by, workspace.settings().district, remove)

    with one_run_in(workspace):
        return asyncio.run(ask(url, Action.DECIDE_RETENTION, question))
