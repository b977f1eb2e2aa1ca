"""A file is looked through only where something in it may be a Social Security number, with the same answer."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from homeroom.sources import social_security_xml
from homeroom.sources.social_security_xml import found_in_xml

# Longer than any element below, as the real one is longer than any element that systems send.
PIECE = 400


def refused(document: str, piece: int) -> str | None:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(social_security_xml, "_CHUNK", piece)
        return found_in_xml(lambda: io.BytesIO(document.encode()), lambda name: name.upper() == "SSN")


def code(system: str, number: str, organization: str = "State") -> str:
    return (
        f"<StudentIdentificationCode><AssigningOrganizationCode>{organization}</AssigningOrganizationCode>"
        f"<IdentificationCode>{number}</IdentificationCode>"
        f"<StudentIdentificationSystem>{system}</StudentIdentificationSystem></StudentIdentificationCode>\n"
    )


_element = st.sampled_from(
    [
        "<FirstName>Ssnjay</FirstName>\n",
        "<Note>Socially second to none</Note>\n",
        "<Day>2026-01-02</Day>\n",
        "<Code>123-45-6789</Code>\n",
        "<Code>A7</Code>\n",
        "<SSN>none</SSN>\n",
        code("State", "123456789"),
        code("State", "123456789", "SSN"),
        code("State", "77", "SSN"),
        code("uri://ed-fi.org/StudentIdentificationSystemDescriptor#SSN", "5"),
    ]
)


@given(elements=st.lists(_element, max_size=40))
def test_the_answer_does_not_depend_on_where_the_pieces_end(elements: list[str]) -> None:
    document = f"<Interchange>\n{''.join(elements)}</Interchange>"
    assert refused(document, PIECE) == refused(document, len(document) + 1)


def test_a_name_that_holds_the_letters_is_a_name() -> None:
    assert refused("<Interchange>" + "<FirstName>Ssnjay</FirstName>\n" * 50 + "</Interchange>", PIECE) is None


def test_a_label_in_the_middle_of_a_large_file_is_found() -> None:
    others = "<FirstName>Ann</FirstName>\n" * 100
    document = f"<Interchange>{others}{code('SSN', '5')}{others}</Interchange>"
    assert "labelled as Social Security numbers" in (refused(document, PIECE) or "")
