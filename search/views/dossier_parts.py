"""What stands in a dossier, as HTML; all text is escaped."""

from __future__ import annotations

import base64
from collections.abc import Iterable

import streamlit as st

from search.cases.case import Evidence
from search.datatypes import Document
from search.dossier.chart import chart_as_png
from search.dossier.entries import (
    CaseEntry,
    ChartEntry,
    Entry,
    FactName,
    HeadingEntry,
    PassageEntry,
    Quote,
    Source,
)
from search.dossier.paper import (
    Block,
    Cited,
    Facts,
    Figure,
    Heading,
    Paper,
    Paragraph,
    Quotation,
    Table,
)

from . import dossier_words as said
from .markup import plain
from .sources import evidence_link

_SHOWN = (FactName.CHALLENGE, FactName.SOLUTION, FactName.RESULT)


def entry_html(entry: Entry) -> str:
    """What an entry holds, with its source; "" for a section, whose title is a field."""
    match entry:
        case PassageEntry():
            headed = f'<p class="kb-path">{plain(entry.headings)}</p>' if entry.headings else ""
            return f"{headed}{_quoted(entry.quote)}"
        case CaseEntry():
            name = plain(entry.organisation or said.PRINTED.no_organisation)
            facts = "".join(_facts(entry, one) for one in _SHOWN)
            return f'<p class="kb-name"><bdi>{name}</bdi></p>{facts}{_about(entry.source)}'
        case ChartEntry():
            return f"{_courses(entry)}{_evidence(entry)}"
        case HeadingEntry():
            return ""


def _quoted(quote: Quote) -> str:
    return f"<blockquote>{plain(quote.text)}</blockquote>{_about(quote.source, _link(quote))}"


def _facts(entry: CaseEntry, name: FactName) -> str:
    stated = [fact for fact in entry.facts if fact.name is name]
    if not stated:
        return ""
    shown = " ".join(
        f"{plain(fact.value)} {f'<small>({_link(fact.quote)})</small>' if fact.quote else ''}"
        for fact in stated
    )
    return f"<p><b>{plain(said.PRINTED.facts[name])}.</b> {shown}</p>"


def _courses(entry: ChartEntry) -> str:
    printed = said.PRINTED
    rows = "".join(
        f'<tr><th scope="row">{plain(one.theme)}</th>'
        f"<td>{plain(printed.groups.get(one.group, printed.all_groups))}</td>"
        f"<td>{plain(printed.course(one.call, one.confidence))}</td>"
        f"<td>{100 * one.before:.0f}% → {100 * one.recent:.0f}%</td></tr>"
        for one in entry.courses
    )
    return f'<table class="kb-courses"><tbody>{rows}</tbody></table>'


def _evidence(entry: ChartEntry) -> str:
    quotes = dict.fromkeys(quote for course in entry.courses for quote in course.evidence)
    if not quotes:
        return ""
    summary = plain(said.evidence(len(quotes)))
    return f"<details><summary>{summary}</summary>{''.join(map(_quoted, quotes))}</details>"


def _about(source: Source, link: str = "") -> str:
    """The document: its group, title, year, and the page to open."""
    facts = [source.title, *([str(source.year)] if source.year else [])]
    shown = "".join(f"<span><bdi>{plain(fact)}</bdi></span>" for fact in facts)
    opened = f"<span>{link}</span>" if link else ""
    return f'<p class="kb-facts"><i class="dot {plain(source.group)}"></i>{shown}{opened}</p>'


def _link(quote: Quote) -> str:
    evidence = Evidence(quote.passage_id, quote.page, quote.span, quote.text)
    return evidence_link(_document(quote.source), evidence)


def _document(source: Source) -> Document:
    """As far as it is known still."""
    return Document(
        id=source.id, path=source.path, sha256=source.sha256, source_key="",
        media_type=source.media_type, title=source.title, group=source.group, kind=source.kind,
        year=source.year, language="", page_count=1, author=source.author,
    )  # fmt: skip


def paper_html(paper: Paper) -> str:
    """The paper as it will be printed."""
    blocks = "".join(_block(block, paper.language) for block in paper.blocks)
    entries = "".join(
        f"<p class='kb-entry'>[{number}] {plain(entry)}</p>"
        for number, entry in enumerate(paper.bibliography, start=1)
    )
    headed = f"<h3>{plain(paper.bibliography_title)}</h3>" if entries else ""
    return (
        f'<article class="kb-paper"><p class="kb-facts">{plain(paper.draft)}</p>'
        f"<h2>{plain(paper.title)}</h2><p class='kb-facts'>{plain(paper.made)}</p>"
        f"{blocks}{headed}{entries}</article>"
    )


def _block(block: Block, language: str) -> str:
    match block:
        case Heading():
            return f"<h{block.level + 2}>{plain(block.text)}</h{block.level + 2}>"
        case Paragraph():
            return f"<p>{'<br>'.join(map(plain, block.lines))}</p>"
        case Quotation():
            return f"<blockquote>{_cited([block.cited])}</blockquote>"
        case Facts():
            return "".join(
                f"<p><b>{plain(label)}.</b> {_cited(stated)}</p>" for label, stated in block.rows
            )
        case Table():
            return _table(block)
        case Figure():
            image = base64.b64encode(_drawn(block, language)).decode()
            return (
                f'<img src="data:image/png;base64,{image}" alt="{plain(block.caption)}">'
                f"<p class='kb-facts'>{plain(block.caption)}</p>"
            )


@st.cache_data(max_entries=32, show_spinner=False)
def _drawn(figure: Figure, language: str) -> bytes:
    return chart_as_png(figure, language)


def _cited(stated: Iterable[Cited]) -> str:
    return "; ".join(
        f"{plain(one.text)} <small>{plain(one.citation)}</small>".strip() for one in stated
    )


def _table(table: Table) -> str:
    head = "".join(f'<th scope="col">{plain(name)}</th>' for name in table.columns)
    rows = "".join(
        f"<tr>{''.join(f'<td>{plain(value)}</td>' for value in row)}</tr>" for row in table.rows
    )
    return (
        f"<table><caption>{plain(table.caption)}</caption>"
        f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
    )
