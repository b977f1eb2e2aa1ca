"""The addresses of the Ed-Fi Resources API, those that read and those that write."""

from __future__ import annotations

from fastapi import APIRouter

from homeroom.api.edfi import reading, snapshots, writing

router = APIRouter()
router.include_router(reading.router)
router.include_router(writing.router)
change_queries = APIRouter()
change_queries.include_router(reading.change_queries)
change_queries.include_router(snapshots.router)
