"""In a real browser, wide and narrow, light and dark, without JavaScript: nothing sticks out, everything has a name,
all text can be read."""

from collections.abc import Iterator
from itertools import pairwise

import psycopg
import pytest
from playwright.sync_api import Page
from served_pages import Pages
from signed_in_browser import SignedIn

WIDTHS = (1280, 390)
SCHEMES = ("light", "dark")

# Every element that shows text of its own, with the least ratio of its colour to what lies behind it (WCAG 2.2, 1.4.3).
FAINT = """() => {
  const parse = text => { const [r, g, b, a] = text.match(/[\\d.]+/g).map(Number); return [r, g, b, a ?? 1] };
  const light = ([r, g, b]) => [r, g, b].map(c => c / 255)
    .map(c => c <= .04045 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4)
    .reduce((sum, c, i) => sum + c * [.2126, .7152, .0722][i], 0);
  const behind = element => { for (let e = element; e; e = e.parentElement) {
    const colour = parse(getComputedStyle(e).backgroundColor); if (colour[3] === 1) return colour; }
    return [255, 255, 255] };
  return [...document.body.querySelectorAll('*')].filter(e => e.checkVisibility()
      && [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim())).map(e => {
    const [a, b] = [light(parse(getComputedStyle(e).color)), light(behind(e))].sort((x, y) => y - x);
    return [(a + .05) / (b + .05), e.tagName, e.className];
  }).filter(([ratio]) => ratio < 4.5) }"""

WITHOUT_A_NAME = """() => [
  ...[...document.querySelectorAll('a, button, summary')].filter(e => !e.textContent.trim()),
  ...[...document.querySelectorAll('input:not([type=hidden])')].filter(e => !e.labels.length),
  ...[...document.querySelectorAll('table')].filter(e => !e.caption || !e.caption.textContent.trim()),
  ...[...document.querySelectorAll('th')].filter(e => !e.scope),
  ...[...document.querySelectorAll('nav')].filter(e => !e.ariaLabel),
].map(e => e.outerHTML.slice(0, 80))"""

HEADINGS = "() => [...document.querySelectorAll('h1, h2, h3, h4')].map(e => Number(e.tagName[1]))"
SIDEWAYS = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


def visit(page: Page, address: str, name: str, record: str) -> None:
    """Go to the page called `name`, as a person does."""
    if name == "students":
        page.goto(f"{address}students")
        page.get_by_label("Name or id").fill("a")
        # A click comes back before the page that it asks for has its style.
        with page.expect_navigation():
            page.get_by_role("button", name="Search").click()
    elif name == "one student":
        with psycopg.connect(record) as connection:
            # The one of whom most is held: the longest page.
            row = connection.execute(
                "select id from edfi.student order by cardinality(source_rows) desc, (select count(*) from edfi.grade"
                " where grade.student_unique_id = student.student_unique_id) desc, id limit 1"
            ).fetchone()
        assert row
        page.goto(f"{address}students/{row[0]}")
        page.evaluate("document.querySelectorAll('details').forEach(e => e.open = true)")
    elif name == "a delivery":
        with psycopg.connect(record) as connection:
            row = connection.execute("select delivery_id from consolidation.delivery limit 1").fetchone()
        assert row
        page.goto(f"{address}sources/deliveries/{row[0]}")
    elif name == "a field":
        page.goto(f"{address}quality/sis/Student/birth_date")
    elif name == "a table":
        page.goto(f"{address}quality/sis/Student")
    elif name == "a rule":
        page.goto(f"{address}quarantine")
        with page.expect_navigation():
            page.locator("main a[href^='/quarantine/']").first.click()
    else:
        page.goto(address + name)


@pytest.fixture(scope="module", params=[(w, s) for w in WIDTHS for s in SCHEMES], ids=lambda p: f"{p[0]}-{p[1]}")
def window(request: pytest.FixtureRequest, browser: SignedIn, pages: Pages) -> Iterator[Page]:
    width, scheme = request.param
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, java_script_enabled=True, locale="en-US"
    )
    yield context.new_page()
    context.close()


@pytest.mark.parametrize(
    "name",
    [
        "",
        "sources",
        "a delivery",
        "students",
        "one student",
        "matches",
        "quality",
        "a table",
        "a field",
        "quarantine",
        "a rule",
        "nothing",
    ],
)
def test_a_page_fits_is_in_order_has_names_for_everything_and_can_be_read(window, pages, name):
    said: list[str] = []
    window.on("console", lambda message: said.append(message.text))
    visit(window, pages.address, name, pages.record)
    assert window.evaluate(SIDEWAYS) == 0
    headings = window.evaluate(HEADINGS)
    assert headings.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(headings))
    assert window.evaluate(WITHOUT_A_NAME) == []
    assert window.evaluate(FAINT) == []
    assert window.locator("html").get_attribute("lang") == "en"
    assert window.get_by_role("main").count() == window.get_by_role("banner").count() == 1
    # The browser itself tells of a page that is not there; nothing else is told.
    assert [words for words in said if "404" not in words] == []


def test_the_way_from_the_overview_to_a_value_and_its_line_needs_no_javascript(browser, pages):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(pages.address)
    page.get_by_role("link", name="Students").click()
    page.get_by_label("Name or id").fill("a")
    page.get_by_role("button", name="Search").click()
    page.locator("tbody a").first.click()
    value = page.locator(".values > div", has_text="First name").first
    value.locator("summary").click()
    assert value.get_by_text("received").first.is_visible()
    assert "students?" not in page.url
    context.close()


def test_by_keyboard_the_first_stop_leads_past_the_menu_and_shows_where_one_is(browser, pages):
    page = browser.new_page()
    page.goto(pages.address)
    page.keyboard.press("Tab")
    focused = page.locator(":focus")
    assert focused.inner_text() == "Skip to the page"
    assert focused.bounding_box()["x"] >= 0
    page.keyboard.press("Tab")
    assert page.locator(":focus").evaluate("e => getComputedStyle(e).outlineStyle") == "solid"
    page.close()


def test_the_menu_says_where_one_is(browser, pages):
    page = browser.new_page()
    for address, words in (("", "Overview"), ("sources", "Sources"), ("quarantine", "Quarantine")):
        page.goto(pages.address + address)
        assert page.locator("nav [aria-current=page]").inner_text() == words
    page.close()


def test_on_paper_there_is_the_page_without_its_menu_in_black_on_white(browser, pages):
    context = browser.new_context(color_scheme="dark")
    page = context.new_page()
    visit(page, pages.address, "one student", pages.record)
    page.emulate_media(media="print")
    assert not page.get_by_label("Pages").is_visible()
    assert page.locator("body").evaluate("e => getComputedStyle(e).backgroundColor") == "rgb(255, 255, 255)"
    assert page.locator("h1").evaluate("e => getComputedStyle(e).color") == "rgb(0, 0, 0)"
    context.close()
