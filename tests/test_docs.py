"""What a person can meet is documented: commands, settings, rules, the summary; and no link leads nowhere."""

import re
from dataclasses import fields
from itertools import chain
from pathlib import Path

import pytest
import typer

from homeroom.access.summary import IDENTITY_COLUMNS, RECORD
from homeroom.cli import app
from homeroom.consolidate import map_edfi_json, map_edfi_xml, map_tool_usage
from homeroom.consolidate.business_rules.catalogue import catalogue
from homeroom.consolidate.edfi import current
from homeroom.consolidate.edfi1 import accounting as edfi1
from homeroom.consolidate.edfi1 import unused
from homeroom.consolidate.learning import events, published_learning
from homeroom.consolidate.mapping_file import accounting as mapping
from homeroom.consolidate.oneroster import accounting as oneroster
from homeroom.consolidate.rules import rules
from homeroom.consolidate.source_kinds import SOURCE_KINDS
from homeroom.mail_settings import MailSettings
from homeroom.settings import ArchiveSettings, HeldSettings, LinkingSettings, SignInSettings, SparkSettings
from homeroom.source_options import SOURCE_OPTIONS
from homeroom.sources import delimited, edfi_xml
from homeroom.sources.header_row import ABOVE_HEADER
from homeroom.sources.oneroster_tables import TABLES

ROOT = Path(__file__).parents[1]
REFERENCE = ROOT / "docs" / "reference"
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]


def commands() -> dict[str, list[str]]:
    """The options of each command, by the words that call it."""
    group = typer.main.get_command(app)
    found = {}
    for name, command in group.commands.items():
        below = [(f"{name} {sub}", c) for sub, c in getattr(command, "commands", {}).items()]
        # A group that does something by itself is a command too.
        own = [(name, command)] if not below or command.invoke_without_command else []
        for words, one in own + below:
            options = [option for parameter in one.params for option in parameter.opts if option.startswith("--")]
            found[words] = [option for option in options if option != "--help"]
    return found


@pytest.mark.parametrize("command", commands())
def test_a_command_is_documented_with_each_of_its_options(command):
    parts = re.split(r"^## `homeroom ", (REFERENCE / "commands.md").read_text(), flags=re.MULTILINE)
    (section,) = [part for part in parts if re.match(rf"{command}\b(?! [a-z])", part)]
    assert [option for option in commands()[command] if option not in section] == []


def test_each_setting_is_documented():
    page = (REFERENCE / "settings.md").read_text()
    settings = chain(
        (f"`[linking] {one.name}`" for one in fields(LinkingSettings)),
        (f"`[archive] {one.name}`" for one in fields(ArchiveSettings)),
        (f"`[held] {one.name}`" for one in fields(HeldSettings)),
        (
            "`[api] address`",
            "`[pages] address`",
            "`engine`",
            *(f"`[spark] {one.name}`" for one in fields(SparkSettings)),
        ),
        (f"`[sign_in] {one.name}`" for one in fields(SignInSettings)),
        (f"`[mail] {one.name}`" for one in fields(MailSettings)),
        (f"`[[survivorship]] {name}`" for name in ("resource", "decides")),
        (f"`[[source]] {name}`" for name in ("name", "kind", "path", *SOURCE_OPTIONS)),
    )
    assert [setting for setting in settings if setting not in page] == []


def test_each_option_of_only_some_kinds_is_documented_with_them():
    page = (REFERENCE / "settings.md").read_text()
    said = dict(re.findall(r"^\| `\[\[source\]\] (\w+)` \| ([^|]*) \|", page, flags=re.MULTILINE))
    for option in SOURCE_OPTIONS.values():
        if not option.schemes and len(option.kinds) <= 3:
            kinds = re.match(r"(?:(?:, )?`[a-z-]+`)+(?=: )", said[option.name])
            assert kinds, option.name
            assert set(re.findall(r"`([a-z-]+)`", kinds[0])) == set(option.kinds), option.name


def test_each_rule_is_documented_in_its_own_words():
    page = (REFERENCE / "rules.md").read_text().splitlines()
    listed = chain(
        rules().values(),
        delimited.RULES,
        edfi_xml.RULES,
        oneroster.RULES,
        current.RULES,
        map_edfi_xml.RULES,
        edfi1.RULES,
        [unused.RULE],
        mapping.RULES,
        [ABOVE_HEADER],
        events.RULES,
        map_tool_usage.RULES,
        map_edfi_json.RULES[:1],
        published_learning.RULES,
    )
    rows = [f"| `{rule.name}` | {rule.severity} | {rule.sentence} | {rule.advice} |" for rule in listed]
    assert sorted(rows) == sorted(line for line in page if line.count(" | ") == 3 and line.startswith("| `"))


def test_each_business_rule_is_documented_in_its_own_words():
    page = (REFERENCE / "business-rules.md").read_text().splitlines()
    rows = [f"| `{r.name}` | {r.severity} | {r.owner} | {r.means} | {r.advice} |" for r in catalogue().values()]
    assert rows == [line for line in page if line.startswith("| `")]


def test_each_reason_for_not_taking_a_file_is_documented():
    sources = "\n".join(path.read_text() for path in (ROOT / "homeroom" / "sources").glob("*.py"))
    raised = re.findall(
        r'(?:FileRefused|NotDelimited|NotInterchange|file_problem)\(\s*(?:\w+,\s*)?"([a-z-]+)"', sources
    )
    page = (REFERENCE / "rules.md").read_text().partition("## Of whole files")[2]
    assert len(raised) > 20
    assert sorted(name for name in set(raised) if f"| `{name}` |" not in page) == []


def test_each_kind_of_source_is_documented():
    page = (REFERENCE / "sources.md").read_text()
    assert [name for name in SOURCE_KINDS if f"## `{name}`" not in page] == []


def test_each_table_of_oneroster_is_documented():
    page = (REFERENCE / "sources.md").read_text()
    assert [name for name in TABLES if f"`{name}`" not in page] == []


def test_each_count_of_the_summary_and_each_column_of_identities_is_documented():
    page = (REFERENCE / "summary.md").read_text() + (REFERENCE / "commands.md").read_text()
    assert [name for name in (*RECORD, *IDENTITY_COLUMNS) if f"`{name}`" not in page] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_no_link_leads_nowhere(page):
    links = re.findall(r"\]\(([^)#]+)[^)]*\)", page.read_text())
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_each_page_is_linked_from_another():
    linked = {
        (page.parent / link).resolve()
        for page in PAGES
        for link in re.findall(r"\]\(([^)#]+)[^)]*\)", page.read_text())
        if (page.parent / link).is_file()
    }
    decisions = ROOT / "docs" / "decisions"
    assert [page for page in PAGES[2:] if page.resolve() not in linked and page.parent != decisions] == []
