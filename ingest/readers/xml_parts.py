"""XML parts of a package, parsed with care."""

from __future__ import annotations

from collections.abc import Iterable

from lxml import etree

from search.errors import UnreadableDocumentError

from . import reasons


def parse_xml(part: bytes) -> etree._Element:
    """The root of an XML part; no entity is resolved, nothing is fetched.

    Raises:
        UnreadableDocumentError: elements stand inside each other more than 256 deep.
        lxml.etree.XMLSyntaxError: it is not XML.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        return etree.fromstring(part, parser)
    except etree.XMLSyntaxError as error:
        if "depth" in str(error):
            raise UnreadableDocumentError(reasons.TOO_DEEP) from error
        raise


def drop_all(elements: Iterable[etree._Element]) -> None:
    """`drop` each of the elements."""
    for element in list(elements):
        drop(element)


def drop(element: etree._Element) -> None:
    """Remove an XML element but not the text after it, which lxml ties to it."""
    parent = element.getparent()
    if parent is None:
        return
    before = element.getprevious()
    if element.tail and before is not None:
        before.tail = (before.tail or "") + element.tail
    elif element.tail:
        parent.text = (parent.text or "") + element.tail
    parent.remove(element)
