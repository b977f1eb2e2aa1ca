"""Plain elements are read without a parser, and give to the letter what the parser gives."""

import gzip
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from homeroom.sources import parsed_xml, xml_elements
from homeroom.sources.parsed_xml import Root, Take
from homeroom.sources.plain_xml import NotPlain, PlainElements
from homeroom.sources.xml_elements import NotInterchange, XmlElement, read_elements

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<InterchangeX xmlns="http://ed-fi.org/5.2.0">'


def parse(stream: io.BytesIO, name: str, root: Root, take: Take) -> None:
    """Read a document by the parser alone."""
    parsed_xml.parse(iter(lambda: stream.read(1 << 18), b""), name, root, take)


def outcome(read: Callable[..., object], content: bytes) -> tuple[object, ...]:
    """The root, the elements, and what is wrong."""
    roots: list[object] = []
    elements: list[XmlElement] = []
    try:
        read(io.BytesIO(content), "a.xml", lambda *root: roots.append(root), elements.append)
    except NotInterchange as error:
        return roots, elements, error.rule, str(error)
    return roots, elements


text = st.text(st.sampled_from("aZë\u00a0 \t\n\r&<>]\"'%\\0\x01"), max_size=8).map(
    lambda value: value.replace("&", "&amp;").replace("<", "&lt;")
)
raw = st.sampled_from(
    ["a", "x &amp; y", "", " ", "\n", "é%s", "a]b", "&#38;", "&#x1F600;", "a\\nb", '"', "&bad;", "<", "\0"]
)
attributes = st.sampled_from(
    ["", "", "", ' id="A"', " ref='B' ", ' id = "x&amp;y"', ' b="1" a="2"', ' b="1" b="2"', ' x=">"']
)
between = st.sampled_from(["", "", "\n", "\r\n  ", "\t", "<!-- c -->", "stray"])


@st.composite
def elements(draw: st.DrawFn, depth: int = 0) -> str:
    name = draw(st.sampled_from(["A", "B", "p:C", "Long-Name"]))
    said = draw(attributes)
    if depth > 2 or draw(st.booleans()):
        inner = draw(st.one_of(text, raw))
        if not inner and draw(st.booleans()):
            return f"<{name}{said}/>"
    else:
        inner = "".join(draw(between) + draw(elements(depth + 1)) for _ in range(draw(st.integers(0, 3)))) + draw(
            between
        )
    return f"<{name}{said}>{inner}</{name}>"


@settings(max_examples=300, deadline=None)
@given(st.lists(elements(), min_size=1, max_size=4), between, st.integers(1, 20), st.integers(0, 60))
def test_it_gives_what_the_parser_gives(parts: list[str], space: str, times: int, cut: int) -> None:
    body = "".join(part + space for part in parts) * times
    content = (HEAD + body + "</InterchangeX>").encode()
    for whole in (content, content[: len(content) - cut]):
        assert outcome(read_elements, whole) == outcome(parse, whole)


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_elements_alike_with_other_texts_are_each_themselves(line_end: str) -> None:
    parts = [
        f'<A id="{n}">{line_end}<B>{n} {"&amp;" if n % 7 == 0 else "x"}</B>{line_end}<C>{"" if n % 5 == 0 else n}</C>'
        f"<D><E>{n}</E></D><D/><B>%</B></A>{line_end}"
        for n in range(200)
    ]
    document = (HEAD + line_end + "".join(parts) + "</InterchangeX>").encode()
    assert outcome(read_elements, document) == outcome(parse, document)


def test_a_quotation_mark_ends_with_its_like() -> None:
    parts = [f'<A id="{n}"><B>{n}</B></A>\n' for n in range(50)] + ["""<A id="x'><B>1</B></A>\n"""]
    document = (HEAD + "".join(parts) + "</InterchangeX>").encode()
    assert outcome(read_elements, document) == outcome(parse, document)


def test_an_element_that_is_cut_between_two_reads_is_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xml_elements, "_CHUNK", 97)
    parts = [f"<A>\n<B>{n}é</B><C>{'y' * n}</C></A>\n" for n in range(120)]
    document = (HEAD + "".join(parts) + "</InterchangeX>").encode()
    assert outcome(read_elements, document) == outcome(parse, document)


def test_elements_built_alike_are_not_parsed_again_and_again() -> None:
    parsed: list[str] = []

    def parse_one(element: str) -> str:
        parsed.append(element)
        return "{}"

    list(PlainElements(parse_one).take("<A>\n<B>1</B></A>\n" * 1_000, 0))
    assert len(parsed) < 20


@pytest.mark.parametrize("inside", ["<!-- c -->", "<![CDATA[x]]>", "<?p?>"])
def test_what_is_not_plain_is_left_to_the_parser(inside: str) -> None:
    with pytest.raises(NotPlain):
        list(PlainElements(lambda element: "{}").take(f"<A>{inside}</A>", 0))


def test_real_files_are_read_as_the_parser_reads_them(shared_data: Path) -> None:
    files = [*shared_data.glob("inbloom-bad-inputs/**/*.xml"), *shared_data.glob("inbloom-daybreak/*.xml")]
    files += shared_data.glob("edfi-5-sample/S*.xml.gz")
    for file in files:
        content = gzip.decompress(file.read_bytes()) if file.suffix == ".gz" else file.read_bytes()
        assert outcome(read_elements, content) == outcome(parse, content), file.name
