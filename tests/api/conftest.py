"""The interface for programs as an app meets it: `homeroom serve` runs, and answers over HTTP."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from app_of_agreement import App
from served_pages import Pages, serving

from homeroom.settings import Workspace


@pytest.fixture(scope="session")
def served(maple_grove: Workspace, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pages]:
    """Maple Grove, served. Tests read it, and make agreements of their own."""
    url = maple_grove.settings().record_url
    assert url
    yield from serving(url, tmp_path_factory.mktemp("served-programs"))


@pytest.fixture
def own_served(copied_record: str, tmp_path: Path) -> Iterator[Pages]:
    """A copy of Maple Grove, served, for a test that changes the record."""
    yield from serving(copied_record, tmp_path)


@pytest.fixture
def app(served: Pages, tmp_path: Path) -> Callable[..., App]:
    """Makes an app under an agreement of its own with Maple Grove: `app(elements=..., schools=...)`."""
    return lambda **terms: App.under_agreement(served, tmp_path, **terms)


@pytest.fixture
def own_app(own_served: Pages, tmp_path: Path) -> Callable[..., App]:
    """The same with the copy."""
    return lambda **terms: App.under_agreement(own_served, tmp_path, **terms)
