"""Reads EML_NL safely: no DTD, no entities, no network, bounded sizes; every error names file, line and element."""

from __future__ import annotations

import re
from codecs import getincrementaldecoder
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from typing import Literal, Protocol, TypeAlias, get_args

from lxml import etree

from thorbecke.kernel.errors import BadInput, Place
from thorbecke.kernel.messages import Message, gettext_noop

Form: TypeAlias = Literal["110a", "110b", "210", "230b", "230c", "510a", "510b", "510c", "510d", "520"]

EML_NAMESPACE = "urn:oasis:names:tc:evs:schema:eml"
FORMS: dict[str, Form] = {form: form for form in get_args(Form)}

LARGEST_FILE = 128_000_000
"""Largest file in bytes: the count of a city with 600 polling stations and 1,100 candidates (80 MB) fits."""

LARGEST_NUMBER = 999_999_999
LONGEST_TEXT = 250

_OPENS_AS_XML = re.compile(rb"(?:\xef\xbb\xbf)?\s*<")
_DECLARED_ENCODING = re.compile(rb"""(?:\xef\xbb\xbf)?\s*<\?xml[^>]*?encoding\s*=\s*["']([^"']*)["']""")
_ASCII_DIGITS = re.compile(r"[0-9]{1,18}")
_PIECE = 1_000_000
_ZIP = (b"PK\x03\x04", b"\x1f\x8b")

TAKE_IT_AGAIN = gettext_noop("Take the file again from the program that made it, and send it unchanged.")
SEND_THESE_FORMS = gettext_noop(
    "Send the EML_NL files 110a (definition), 230b (candidate lists) and 510b (count per polling station), or 510c or "
    "CSV for a district."
)


@dataclass(frozen=True, slots=True)
class EmlFile:
    """One file as received: the name that its sender gave it, and its bytes."""

    name: str
    content: bytes

    @property
    def sha256(self) -> str:
        """SHA-256 of the bytes, 64 lowercase hexadecimal digits."""
        return sha256(self.content).hexdigest()


class Readable(Protocol):
    """Bytes to parse."""

    def read(self, size: int = -1, /) -> bytes:
        """Return the next piece; empty at the end."""


@dataclass(frozen=True, slots=True)
class Node:
    """An element of an EML file together with where it stands, for errors that a person can act on."""

    file: str
    element: etree._Element
    path: str

    @property
    def place(self) -> Place:
        """File, line and path of this element."""
        return Place(self.file, self.element.sourceline, self.path)

    def wrong(self, problem: str, remedy: str = TAKE_IT_AGAIN, **values: str | int) -> BadInput:
        """Return the error that says what is wrong with this element."""
        return BadInput(Message(problem, values), Message(remedy, values), self.place)

    def find(self, name: str) -> Node | None:
        """Return the first child called `name` (in any namespace), or None."""
        element = next(self.element.iterchildren(f"{{*}}{name}"), None)
        return None if element is None else Node(self.file, element, f"{self.path}/{name}")

    def child(self, name: str) -> Node:
        """Return the first child called `name`. Raises BadInput when it is missing."""
        found = self.find(name)
        if found is None:
            raise self.wrong(gettext_noop("The element %(name)s is missing here."), name=name)
        return found

    def children(self, name: str) -> Iterator[Node]:
        """Give every child called `name`, in document order."""
        for position, element in enumerate(self.element.iterchildren(f"{{*}}{name}"), start=1):
            yield Node(self.file, element, f"{self.path}/{name}[{position}]")

    @property
    def text(self) -> str:
        """The text of this element, white space collapsed. Raises BadInput when it is longer than 250 characters."""
        return self._short(self.element.text or "")

    def text_of(self, *names: str) -> str:
        """Return the text of a descendant, named from the top; empty when it is not there."""
        found: Node | None = self
        for name in names:
            found = found.find(name) if found else None
        return found.text if found else ""

    def attribute(self, name: str) -> str:
        """Return an attribute that must be there and filled. Raises BadInput."""
        value = self._short(self.element.get(name) or "")
        if not value:
            raise self.wrong(gettext_noop("The attribute %(name)s is missing here."), name=name)
        return value

    def number(self) -> int:
        """Return the text as a whole number from 0 to 999,999,999. Raises BadInput."""
        return self._whole_number((self.element.text or "").strip())

    def id_number(self) -> int:
        """Return the attribute Id as a whole number from 1. Raises BadInput."""
        number = self.numbered("Id")
        if number == 0:
            raise self.wrong(gettext_noop("A list or candidate has number 0, and numbers start at 1."))
        return number

    def numbered(self, name: str) -> int:
        """Return an attribute as a whole number from 0. Raises BadInput."""
        return self._whole_number(self.attribute(name))

    def _short(self, value: str) -> str:
        text = " ".join(value.split())
        if len(text) > LONGEST_TEXT:
            raise self.wrong(gettext_noop("This text is longer than %(most)s characters."), most=LONGEST_TEXT)
        return text

    def _whole_number(self, text: str) -> int:
        if not _ASCII_DIGITS.fullmatch(text) or int(text) > LARGEST_NUMBER:
            raise self.wrong(gettext_noop('"%(text)s" is not a whole number of 0 or more.'), text=text[:40])
        return int(text)


def form_of(file: EmlFile, accepted: Collection[Form] = get_args(Form)) -> Form:
    """Say which form a file holds, by its content. Raises BadInput for anything but an EML_NL form in `accepted`."""
    _refuse_what_is_not_xml(file)
    root = _first_element(file)
    qualified = etree.QName(root.element)
    if qualified.localname != "EML" or not (qualified.namespace or "").startswith(EML_NAMESPACE):
        raise root.wrong(
            gettext_noop("This is XML, but not EML_NL: the first element is %(name)s."),
            SEND_THESE_FORMS,
            name=str(qualified.localname)[:60],
        )
    form = root.attribute("Id")
    if form not in FORMS or FORMS[form] not in accepted:
        raise root.wrong(
            gettext_noop("This is EML form %(form)s, which is not used here."), SEND_THESE_FORMS, form=form[:20]
        )
    return FORMS[form]


def parse(file: EmlFile) -> Node:
    """Parse a whole file and return its root. Raises BadInput where it stops being XML."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        return Node(file.name, etree.fromstring(file.content, parser), "EML")
    except etree.XMLSyntaxError as error:
        raise _broken(file, parser.error_log) from error


def stream(file: EmlFile, *names: str, source: Readable | None = None) -> Iterator[Node]:
    """Give every element called one of `names`, when it ends, and forget it afterwards: for large files.

    `source` gives other bytes to parse than the content of the file. Raises BadInput where they stop being XML.
    """
    events = _events(source or BytesIO(file.content), "end", names)
    try:
        for _, element in events:
            yield Node(file.name, element, str(etree.QName(element).localname))
            _forget(element)
    except etree.XMLSyntaxError as error:
        raise _broken(file, events.error_log) from error


def _forget(element: etree._Element) -> None:
    """Empty an element and remove its elder brothers, so that memory does not grow with the file."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def _events(
    source: Readable, event: Literal["start", "end"], names: tuple[str, ...]
) -> etree.iterparse[tuple[str, etree._Element]]:
    return etree.iterparse(
        source,
        events=(event,),
        tag=[f"{{*}}{name}" for name in names],
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )


def _first_element(file: EmlFile) -> Node:
    events = _events(BytesIO(file.content), "start", ("*",))
    try:
        _, element = next(iter(events))
    except etree.XMLSyntaxError as error:
        raise _broken(file, events.error_log) from error
    return Node(file.name, element, str(etree.QName(element).localname))


def _refuse_what_is_not_xml(file: EmlFile) -> None:
    refuse_empty_and_large(file)
    _refuse_other_encodings(file)
    if not _OPENS_AS_XML.match(file.content):
        raise _refusal(
            file, gettext_noop("This is not an XML file: it does not begin with “<”."), SEND_THESE_FORMS, line=1
        )
    _refuse_document_type(file)


def refuse_empty_and_large(file: EmlFile) -> None:
    """Refuse a file that is empty, too large or compressed. Raises BadInput."""
    if not file.content or file.content.isspace():
        raise _refusal(file, gettext_noop("The file is empty."), TAKE_IT_AGAIN)
    if len(file.content) > LARGEST_FILE:
        raise _refusal(
            file, gettext_noop("The file is larger than %(most)s bytes."), SEND_THESE_FORMS, most=LARGEST_FILE
        )
    if file.content.startswith(_ZIP):
        raise _refusal(
            file, gettext_noop("This is a compressed file."), gettext_noop("Unpack it first, and send the files in it.")
        )


def _refuse_other_encodings(file: EmlFile) -> None:
    """EML_NL is UTF-8; another encoding would show names wrongly without anyone noticing."""
    remedy = gettext_noop("Save the file as UTF-8, or take it again from the program that made it.")
    declared = _DECLARED_ENCODING.match(file.content)
    name = declared[1].decode("ascii", "replace") if declared else "UTF-8"
    if name.upper() not in {"UTF-8", "US-ASCII"}:
        raise _refusal(
            file, gettext_noop("The file says that its encoding is %(name)s."), remedy, line=1, name=name[:40]
        )
    wrong_at = _first_wrong_byte(file.content)
    if wrong_at is not None:
        line = file.content.count(b"\n", 0, wrong_at) + 1
        raise _refusal(file, gettext_noop("The file is not encoded as UTF-8 from this line on."), remedy, line=line)


def _first_wrong_byte(content: bytes) -> int | None:
    """Decode in pieces, so that a large file is not in memory a second time as text."""
    decoder = getincrementaldecoder("utf-8")()
    for start in range(0, len(content), _PIECE):
        kept = len(decoder.getstate()[0])
        try:
            decoder.decode(content[start : start + _PIECE], final=start + _PIECE >= len(content))
        except UnicodeDecodeError as error:
            return start - kept + error.start
    return None


def _refuse_document_type(file: EmlFile) -> None:
    at = file.content.find(b"<!DOCTYPE")
    if at >= 0:
        raise _refusal(
            file,
            gettext_noop("The file has a document type declaration, which can hide harmful content."),
            gettext_noop("Remove the line that begins with <!DOCTYPE, or take the file again from its source."),
            line=file.content.count(b"\n", 0, at) + 1,
        )


def _refusal(file: EmlFile, problem: str, remedy: str, line: int | None = None, **values: str | int) -> BadInput:
    return BadInput(Message(problem, values), Message(remedy, values), Place(file.name, line))


def _broken(file: EmlFile, log: etree._ListErrorLog) -> BadInput:
    """The parser's own log tells the line; that of the error may hold lines of files that were read before."""
    line = next((each.line for each in log if each.line), None)
    return _refusal(
        file, gettext_noop("The file is damaged or cut off: here it stops being XML."), TAKE_IT_AGAIN, line=line
    )
