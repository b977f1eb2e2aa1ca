"""A person sees what the columns of a source are taken for, changes it, and sees what comes of it before it is used."""

import re
from pathlib import Path

import httpx
import pytest
from own_database import own_database
from served_pages import serving

ROSTER = "Student ID,Surname,First Name,DOB,Gender,Grade,Code,Room\n1001,Ortiz,Ana,9/14/2011,F,8,B1,7\n"


@pytest.fixture(scope="module")
def served(tmp_path_factory, postgres_url, template_database):
    """The pages of a workspace with one source whose columns nobody has explained."""
    folder = tmp_path_factory.mktemp("mapped")
    (folder / "roster.csv").write_text(ROSTER)

    def with_source(workspace):
        options = {"mapping": "mappings/sis.toml"}
        workspace.add_source("sis", "csv", folder / "roster.csv", ("csv",), options)

    with own_database(postgres_url, template_database) as url:
        yield from serving(url, folder, with_source)


def mapping_of(served) -> Path:
    return served.workspace / "mappings" / "sis.toml"


def answers_of(page: httpx.Response) -> dict[str, str]:
    """The fields of the page's form, as a browser would send them."""
    fields = re.findall(r'<input[^>]* name="([^"]+)" value="([^"]*)"', page.text)
    selects = re.findall(r'<select name="([^"]+)".*?</select>', page.text, re.DOTALL)
    chosen = {
        name: match[1] if (match := re.search(r'value="([^"]*)" selected', _select(page.text, name))) else ""
        for name in selects
    }
    return dict(fields) | chosen


def _select(text: str, name: str) -> str:
    start = text.index(f'<select name="{name}"')
    return text[start : text.index("</select>", start)]


def means(page: httpx.Response, column: str) -> str:
    """The name of the field that says what a column means."""
    (place,) = re.findall(rf'name="(\d+\.\d+)\.column" value="{column}"', page.text)
    return f"{place}.means"


def test_the_sources_page_names_the_source_that_has_to_be_explained(served):
    page = served.client.get("/sources").text
    assert '<a href="/sources/sis/mapping">What the columns of sis mean</a>, not said yet' in page


def test_what_is_proposed_is_shown_with_the_first_rows_and_used_when_a_person_says_so(served):
    proposed = served.client.get("/sources/sis/mapping")
    answers = answers_of(proposed)
    assert answers[means(proposed, "Surname")] == "last name"
    assert answers[means(proposed, "Code")] == ""
    assert "Eighth grade" not in proposed.text
    assert not mapping_of(served).exists()

    tried = served.client.post("/sources/sis/mapping", data=answers | {means(proposed, "Code"): "school id"})
    assert "This is what comes of your choices." in tried.text
    assert "Eighth grade" in tried.text
    assert not mapping_of(served).exists()

    answers = answers_of(tried) | {"rows.first day": "2025-08-20", "do": "use"}
    used = served.client.post("/sources/sis/mapping", data=answers, follow_redirects=True)
    assert "The columns are read as below." in used.text
    text = mapping_of(served).read_text()
    assert 'schoolReference.schoolId = "Code"' in text
    assert 'entryDate = {value = "2025-08-20"}' in text


def test_a_source_that_is_not_there_is_told(served):
    answer = served.client.get("/sources/nobody/mapping")
    assert answer.status_code == 400
    assert "no source of that name" in answer.text
