"""A person sees why a delivery is held, with both counts, and lets it pass or refuses it on its page."""

import re

import pytest
from held_delivery import HELD, REASON, hold_a_delivery

PAGE = f"/sources/deliveries/{HELD}"
OWN = {"Sec-Fetch-Site": "same-origin"}


def words_of(page):
    return " ".join(re.sub(r"<[^>]+>", " ", page).replace("\u00a0", " ").split())


@pytest.fixture
def held(empty_pages):
    """The pages of a district that holds a delivery of its student information system."""
    hold_a_delivery(empty_pages.record)
    return empty_pages


def test_the_overview_says_what_is_held_and_leads_to_its_reasons(held):
    overview = held.client.get("/").text
    assert "A delivery of sis is held" in words_of(overview)
    assert REASON in words_of(overview)
    assert f'href="{PAGE}"' in overview
    assert f'href="{PAGE}"' in held.client.get("/sources").text
    page = words_of(held.client.get(PAGE).text)
    assert "Why is this delivery of sis held?" in page
    assert f"{REASON} 100 33" in page


def test_it_is_let_pass_with_a_reason_and_then_refused(held):
    form = {"source": "sis", "decision": "pass", "note": "the school closed"}
    passed = held.client.post(PAGE, data=form, headers=OWN, follow_redirects=True)
    assert "comes in with the next run" in words_of(passed.text)
    assert "the school closed" in passed.text
    refused = held.client.post(PAGE, data=form | {"decision": "refuse"}, headers=OWN, follow_redirects=True)
    assert "refused it" in words_of(refused.text)


def test_another_site_decides_nothing(held):
    form = {"source": "sis", "decision": "pass"}
    assert held.client.post(PAGE, data=form, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert "Let it pass" in held.client.get(PAGE).text


@pytest.mark.parametrize("form", [{"source": "sis", "decision": "later"}, {"source": "else", "decision": "pass"}])
def test_what_makes_no_sense_is_answered_in_words(held, form):
    assert held.client.post(PAGE, data=form, headers=OWN).status_code == 400


def test_a_delivery_that_is_not_there_is_a_plain_page(held):
    assert held.client.get("/sources/deliveries/nothing").status_code == 404
