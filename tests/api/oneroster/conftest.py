"""Apps that read Maple Grove's rosters."""

from collections.abc import Callable

import httpx
import pytest
from app_of_agreement import App
from roster_app import elements


@pytest.fixture(scope="session")
def whole(served, tmp_path_factory) -> httpx.Client:
    """The client of an app that may read all rosters of the whole district."""
    return App.under_agreement(served, tmp_path_factory.mktemp("rosters"), elements=elements()).client


@pytest.fixture
def roster_app(app: Callable[..., App]) -> Callable[..., App]:
    """Makes an app that may read rosters; `named`: what of some resources instead of all that rosters are made of."""
    return lambda named=None, **terms: app(elements=elements(**(named or {})), **terms)
