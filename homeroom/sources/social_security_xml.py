"""Whether an XML file holds Social Security numbers: by the names of its elements, their labels, and their values.

The file is read as tags and texts, not as a document, so that a file that is cut short or damaged is checked to its
last byte. A descriptor file that lists 'Social Security' among the kinds of identifiers holds no numbers and is kept.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterable, Iterator
from typing import BinaryIO

import pyarrow as pa
import pyarrow.compute as pc

_CHUNK = 1 << 20
_LONGEST_TEXT = 1 << 16
SHARE = 0.5

# What a number's second half looks like, and the words: found without Python's lock, as most files hold none.
_NUMBER = "|".join(rf"{re.escape(mark)}\d\d{re.escape(mark)}\d{{4}}" for mark in "- .\u2010\u2011\u2012\u2013")
_WORD = "[Ss][Ss][Nn]|[Ss][Oo][Cc][Ii][Aa][Ll][ _-]?[Ss][Ee][Cc]|[Ss][Oo][Cc][Ss][Ee][Cc]"
# Where more pieces hold such a word than this, the file is looked through whole.
_MOST_NEAR = 20
_TAG = re.compile(r"<([A-Za-z_][\w.:-]*)((?:\s[^<>]*)?)>([^<]*)")
_ATTRIBUTE = re.compile(r"""([A-Za-z_][\w.:-]*)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_LABEL = re.compile(
    r"(?:.*[#:/])?\s*(?:u\.?s\.?\s*)?(?:ssn?|social[\s_.-]*security.*|soc[\s_.-]*sec.*)\s*", re.IGNORECASE
)
_FORMED = re.compile(r"\s*(?!000|666|9)\d{3}([- .\u2010-\u2013])(?!00)\d{2}\1(?!0000)\d{4}\s*")
_NINE = re.compile(r"\s*(?!000|666|9)\d{3}[- ]?(?!00)\d{2}[- ]?(?!0000)\d{4}\s*")


def found_in_xml(opened: Callable[[], BinaryIO], names: Callable[[str], bool]) -> str | None:
    """Why the file is refused, in words without any value of it, or None.

    `opened` gives the file from its start; `names` says of an element's name whether it is one for such numbers.
    """
    with opened() as stream:
        near = _near_words(_windows(stream))
    if near is not None:
        return _search(near, names)
    with opened() as stream:
        return _search(_windows(stream), names)


def _near_words(windows: Iterable[str]) -> list[str] | None:
    """The pieces with a word for such numbers, and those beside them: what stands elsewhere says nothing of any.

    None where a number may be told by its form, which all values of an element decide together, or words are many.
    """
    near: list[str] = []
    before, is_kept, was_near, holds = "", True, False, 0
    for window in windows:
        text = pa.array([window], pa.string())
        if _found(text, _NUMBER):
            return None
        is_near = _found(text, _WORD)
        if is_near and not is_kept:
            near.append(before)
        is_kept = is_near or was_near
        if is_kept:
            near.append(window)
        holds += is_near
        if holds > _MOST_NEAR:
            return None
        before, was_near = window, is_near
    return near


def _found(text: pa.Array, pattern: str) -> bool:
    return bool(pc.match_substring_regex(text, pattern)[0].as_py())


def _search(windows: Iterable[str], names: Callable[[str], bool]) -> str | None:
    filled: dict[str, int] = {}
    formed: dict[str, int] = {}
    named: dict[str, bool] = {}
    labelled_by_owner = number = False
    for window in windows:
        for tag in _TAG.finditer(window):
            name, attributes, text = tag[1].rpartition(":")[2], tag[2], tag[3].strip()
            if name not in named:
                named[name] = names(name)
            for attribute in _ATTRIBUTE.finditer(attributes) if "=" in attributes else ():
                value = attribute[2] or attribute[3] or ""
                if names(attribute[1]) and value.strip():
                    return f"the attribute '{attribute[1][:60]}' is named for Social Security numbers"
                if _says_system(attribute[1]) and _LABEL.fullmatch(value):
                    return "its identifiers are labelled as Social Security numbers"
            if not text:
                if name.endswith("IdentificationCode"):
                    labelled_by_owner = number = False
                continue
            if named[name]:
                return f"the element '{name[:60]}' is named for Social Security numbers"
            if _says_system(name) and _LABEL.fullmatch(text):
                return "its identifiers are labelled as Social Security numbers"
            # An assigning organization is called 'SSN' by some systems for numbers of their own.
            if name.startswith("AssigningOrganization") and _LABEL.fullmatch(text):
                labelled_by_owner = True
            elif name == "IdentificationCode" and _NINE.fullmatch(text):
                number = True
            if labelled_by_owner and number:
                return "its identifiers are labelled as Social Security numbers"
            filled[name] = filled.get(name, 0) + 1
            if _FORMED.fullmatch(text):
                formed[name] = formed.get(name, 0) + 1
    for name, count in formed.items():
        if count >= SHARE * filled[name]:
            return f"at least half of the values of the element '{name[:60]}' look like Social Security numbers"
    return None


def _says_system(name: str) -> bool:
    return name.rpartition(":")[2].endswith(("IdentificationSystem", "IdentificationSystemDescriptor"))


def _windows(stream: BinaryIO) -> Iterator[str]:
    """The text in pieces that end before a tag, so that each tag stands whole, with its text, in one piece."""
    chunk = stream.read(_CHUNK)
    decoder = codecs.getincrementaldecoder(_encoding(chunk))("replace")
    text = ""
    while chunk:
        text += decoder.decode(chunk).replace("\0", "").replace("<![CDATA[", "").replace("]]>", "")
        cut = text.rfind("<")
        if cut <= 0 and len(text) > _LONGEST_TEXT:
            cut = len(text)
        yield text[:cut]
        text = text[cut:]
        chunk = stream.read(_CHUNK)
    yield text


def _encoding(head: bytes) -> str:
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "utf-16"
    if head[:2] == b"<\0":
        return "utf-16-le"
    return "utf-16-be" if head[:2] == b"\0<" else "utf-8-sig"
