"""What the page for superintendents counts is what the model declares."""

import re
from collections import Counter
from pathlib import Path

import pytest

from homeroom.model import DOMAINS, RESOURCES, PrivacyClass
from homeroom.model.declaration import Collection

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "privacy-classes.md"


@pytest.fixture(scope="module")
def rows() -> dict[str, list[str]]:
    """The cells of the page's tables, by the first cell of each row."""
    lines = [line for line in PAGE.read_text().splitlines() if line.startswith("|")]
    cells = [[cell.strip(" *") for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines]
    return {first: rest for first, *rest in cells}


def counted(domain: str | None = None) -> Counter[str]:
    return Counter(
        member.privacy.value
        for definition in RESOURCES.values()
        for member in definition.walk()
        if definition.domain == (domain or definition.domain) and not isinstance(member, Collection)
    )


@pytest.mark.parametrize("domain", DOMAINS)
def test_the_page_counts_the_values_of_each_class_in_a_domain(rows, domain):
    counts = counted(domain)
    assert rows[domain.replace("_", " ")] == [str(counts[name] or "") for name in rows["domain"]]


def test_the_page_counts_the_values_of_each_class_in_the_whole_record(rows):
    counts = counted()
    assert rows["all"] == [str(counts[name]) for name in rows["domain"]]
    assert set(rows["domain"]) >= set(counts)


def test_the_page_explains_every_class(rows):
    assert set(PrivacyClass) <= set(rows)
