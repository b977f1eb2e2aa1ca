"""The numbers by which the Admin API knows things: integers of 32 bits, as the specification has them."""

from __future__ import annotations

from typing import Annotated

from fastapi import Path
from pydantic import Field

HIGHEST = 2**31 - 1

InPath = Annotated[int, Path(ge=1, le=HIGHEST)]
Number = Annotated[int, Field(ge=1, le=HIGHEST)]
# The one database of a district, which the specification calls an ODS instance.
DISTRICT = 1
