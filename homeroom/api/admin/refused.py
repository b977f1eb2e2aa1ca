"""What the specification has and nobody may do here: it is told why."""

from __future__ import annotations

from fastapi import APIRouter

from homeroom.api import problems


def refuse(router: APIRouter, path: str, reason: str) -> None:
    """Let nothing of a collection be made, changed or deleted."""

    async def refused() -> None:
        raise problems.not_allowed(reason)

    router.add_api_route(path, refused, methods=["POST"], include_in_schema=False)
    router.add_api_route(f"{path}/{{id}}", refused, methods=["PUT", "DELETE"], include_in_schema=False)
