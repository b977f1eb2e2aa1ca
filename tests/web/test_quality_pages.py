"""From what needs attention to a table, to a field with its chart and the numbers beneath it."""

import re

import pytest


def words_of(page):
    return " ".join(re.sub(r"<[^>]+>", " ", page).replace("\u00a0", " ").split())


def test_the_page_tells_what_needs_attention_and_what_the_words_mean(pages):
    page = words_of(pages.client.get("/quality").text)
    assert "How good is our data?" in page
    assert re.search(r"\d+ things need attention, in \d sources|Nothing needs attention", page)
    assert "Completeness In how many of the rows" in page


def test_each_table_and_field_that_is_linked_has_a_page(pages):
    table = re.search(r'href="(/quality/sis/Student)"', pages.client.get("/quality").text)
    assert table
    page = pages.client.get(table.group(1)).text
    field = re.search(r'href="(/quality/sis/Student/birth_date)"', page)
    assert field
    page = pages.client.get(field.group(1)).text
    assert '<svg class="chart"' in page
    assert "<script" not in page
    assert " style=" not in page
    assert re.search(r"It is filled in \d+ of \d+ rows", words_of(page))


@pytest.mark.parametrize("address", ["/quality/sis/Nothing", "/quality/nobody/Student", "/quality/sis/Student/nothing"])
def test_what_was_never_measured_is_a_plain_page(pages, address):
    assert pages.client.get(address).status_code == 404
