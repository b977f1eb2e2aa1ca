"""The addresses of the Ed-Fi Resources API, those that read and those that write."""

from __future__ import annotations

from fastapi import APIRouter

from homeroom.api.edfi import reading, writing

router = APIRouter()
router.include_router(reading.router)
router.include_router(writing.router)
change_queries = reading.change_queries
