"""Reads web pages: lexbor closes the tags as a browser would, pandoc finds the blocks.

Left out: navigation, the site's footer, a header without a heading, boxes (``aside``) outside the
main part or full of links or advertisements, scripts, forms, what is hidden, comments. Kept:
whatever holds a heading of level 1 or the main part, and the boxes of the text's own. It is one
page.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import replace

from selectolax.lexbor import LexborHTMLParser, LexborNode

from ..declarations import Declaration
from . import reasons
from .blocks import BlockPage, Title, clean, content_of
from .file_properties import declared
from .media_types import HTML
from .pandoc import convert
from .pandoc_blocks import blocks_of
from .reading import Reading

_NEVER_TEXT = (
    "script, style, noscript, template, svg, iframe, object, embed, canvas, audio, video, button, "
    "input, select, textarea, dialog"
)
_AROUND_THE_TEXT = (
    'nav, [role="navigation"], [role="search"], [role="contentinfo"], [hidden], '
    '[aria-hidden="true"], [style*="display:none"], [style*="display: none"]'
)
_BESIDE_THE_TEXT = 'aside, [role="complementary"], [role="banner"], header, footer, form'
_ADVERTISEMENT = re.compile(
    r"\b(?:ads?|adv|advert\w*|banner|sponsor\w*|promo\w*|pubblicit\w*|related|correlat\w*|share"
    r"|sharing|social|newsletter|widget|sidebar|cookies?)\b",
    re.IGNORECASE,
)
_LINKS = 0.5  # share of a box's letters in links that makes it a list of links
_CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
# Web pages that call themselves Latin-1 or ASCII are Windows-1252: WHATWG Encoding, 4.2.
_REALLY_WINDOWS = frozenset({"iso8859-1", "ascii"})
# pandoc reads nothing outside <main>, the page's title neither.
_MAIN = re.compile(r"<(/?)main\b")
_DATES = (
    'meta[property="article:published_time"]', 'meta[name="date" i]', 'meta[name="dc.date" i]',
    'meta[name="dcterms.date" i]', 'meta[name="dcterms.created" i]',
    'meta[itemprop="datePublished"]',
)  # fmt: skip
_AUTHORS = 'meta[name="author" i], meta[name="dc.creator" i], meta[name="dcterms.creator" i]'


def read_html(data: bytes) -> Reading:
    """Read HTML or XHTML.

    Raises:
        UnreadableDocumentError: it is hostile, or has no text.
    """
    with reasons.reason_for_failures():
        page = LexborHTMLParser(decoded(data))
        title, date, language = _title(page), _date(page), _language(page)
        authors = [node.attributes.get("content") or "" for node in page.css(_AUTHORS)]
        _leave_out_the_frame(page)
        source = _MAIN.sub(r"<\1div", page.html or "")
        blocks = blocks_of(convert(source.encode("utf-8", "replace"), "html")["blocks"])
        content = content_of([BlockPage(blocks)])
        said = declared(title, date, language, authors)
        first = next((clean(b.text) for b in blocks if isinstance(b, Title) and b.level == 1), "")
        declaration = _without_the_sites_name(said, first)
    return Reading(HTML, content, file_metadata=declaration)


def decoded(data: bytes) -> str:
    """The page's characters: by its byte order mark, as UTF-8, as it says, else Windows-1252."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        said = _CHARSET.search(data[:4096])
        return data.decode(_codec(said.group(1).decode() if said else ""), "replace")


def _codec(name: str) -> str:
    try:
        codec = codecs.lookup(name)
    except LookupError:
        return "cp1252"
    # Not only character sets have names: "zip" has one too.
    is_text = getattr(codec, "_is_text_encoding", False)
    return codec.name if is_text and codec.name not in _REALLY_WINDOWS else "cp1252"


def _leave_out_the_frame(page: LexborHTMLParser) -> None:
    for node in page.css(_NEVER_TEXT):
        node.decompose()
    for node in page.css(_AROUND_THE_TEXT):
        if not _holds_the_text(node):
            node.decompose()
    has_main = bool(page.css("main, article"))
    for node in page.css(_BESIDE_THE_TEXT):
        if not _holds_the_text(node) and _is_frame(node, has_main):
            node.decompose()
    for picture in page.css("img[src], img[srcset], source[srcset]"):
        for address in ("src", "srcset"):  # it may be the picture itself, a megabyte of letters
            if address in picture.attributes:
                picture.attrs[address] = "picture"  # without one, pandoc leaves it out


def _holds_the_text(node: LexborNode) -> bool:
    return node.tag in ("html", "body", "main", "article") or bool(node.css("h1, main, article"))


def _is_frame(node: LexborNode, has_main: bool) -> bool:
    """Whether a header, footer, box or form is the site's and not the text's.

    Args:
        has_main: whether the page says which part of it is the text (``main``, ``article``).
    """
    if node.tag in ("header", "footer") or node.attributes.get("role") == "banner":
        in_text = _is_inside(node, ("main", "article", "section", "blockquote", "figure"))
        return not in_text and (node.tag == "footer" or not node.css("h2, h3"))
    if node.tag == "form":
        return not node.css("h2, h3, p, table, li")
    names = " ".join(node.attributes.get(name) or "" for name in ("id", "class", "aria-label"))
    outside = has_main and not _is_inside(node, ("main", "article"))
    if outside or _ADVERTISEMENT.search(names):
        return True
    letters = len("".join(node.text().split()))
    in_links = sum(len("".join(link.text().split())) for link in node.css("a"))
    return in_links > _LINKS * letters


def _is_inside(node: LexborNode, tags: tuple[str, ...]) -> bool:
    parent = node.parent
    while parent is not None and parent.tag not in tags:
        parent = parent.parent
    return parent is not None


def _title(page: LexborHTMLParser) -> str:
    node = page.css_first("head > title")
    return node.text() if node else ""


def _date(page: LexborHTMLParser) -> str:
    nodes = (page.css_first(selector) for selector in _DATES)
    return next((node.attributes.get("content") or "" for node in nodes if node), "")


def _language(page: LexborHTMLParser) -> str:
    node = page.css_first("html")
    names = ("lang", "xml:lang")
    return (
        next((node.attributes[n] or "" for n in names if n in node.attributes), "") if node else ""
    )


def _without_the_sites_name(said: Declaration, heading: str) -> Declaration:
    """ "Il nylon che torna | Sito" is "Il nylon che torna" if that is the first heading."""
    if not heading or not said.title or not said.title.lower().startswith(heading.lower()):
        return said
    return replace(said, title=heading)
