"""A case history as a card. As HTML; all text is escaped."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import urlencode

from search.answers.cases import CaseCard
from search.answers.headline import headline
from search.cases.case import CaseHistory, Evidence, Result, Stated
from search.datatypes import Document, Span

from . import case_words as said
from . import words
from .lines import one_line
from .markup import as_quoted, excerpt, plain
from .sources import evidence_link

PATH = "case-history"
"""Of the page, in the address."""
_LONGEST = 240
"""A longer sentence states more than one result."""
_FIGURE, _LINE, _TAG = 28, 140, 32
_WHAT = 2
"""Words of what a figure measures: "prodotti chimici"; more are a clause."""
_TAGS = 4


def name_of(case: CaseHistory) -> str:
    """Whose case it is, on a line."""
    return one_line(case.organisation.value) if case.organisation else said.NOBODY


def case_address(case_id: str) -> str:
    """Where a case is opened."""
    return f"/{PATH}?{urlencode({'caso': case_id})}"


def group_of(one: CaseCard) -> str:
    """Key of the group of a case, else of its document; "" for none."""
    return one.case.groups[0].value if one.case.groups else one.document.group


def tile(one: CaseCard) -> str:
    """A case in a gallery: who and when, the challenge in a line, the figure that says most."""
    case, document, group = one.case, one.document, group_of(one)
    facts = [words.group_name(group), *([case.year.value] if case.year else [])]
    shown = "".join(f"<span>{plain(one_line(fact))}</span>" for fact in facts)
    told = [*case.challenge, *case.solution]
    line = f'<p class="kb-line">{plain(one_line(told[0].value, _LINE))}</p>' if told else ""
    return (
        f'<article class="kb-tile {plain(group)}"><p class="kb-facts">'
        f'<i class="dot {plain(group)}"></i>{shown}</p>'
        f"<h2><bdi>{plain(name_of(case))}</bdi></h2>"
        f'<p class="kb-path"><bdi>{plain(one_line(document.title, 100))}</bdi></p>'
        f"{_headline(case)}{line}{_tags(case.technologies)}</article>"
    )


def _headline(case: CaseHistory) -> str:
    result = headline(case)
    if result is None or result.value is None:
        has_numbers = any(one.value is not None for one in case.results)
        return "" if has_numbers else f'<p class="kb-no-figure">{plain(said.NO_NUMBER)}</p>'
    figure = one_line(result.written, _FIGURE + 1)
    if len(figure) > _FIGURE or not any(map(str.isdigit, figure)):
        figure = one_line(said.amount(result.value, result.unit), _FIGURE)
    what = one_line(result.what, _LINE)
    if len(what.split()) > _WHAT and result.evidence:  # without its figure a clause says little
        what = _around(as_quoted(result.evidence.sentence), result.written)
    return f'<p class="kb-figure"><b><bdi>{plain(figure)}</bdi></b> <span>{plain(what)}</span></p>'


def _around(sentence: str, figure: str) -> str:
    """A sentence on a line; of a long one what stands around its figure."""
    at = sentence.find(as_quoted(figure))
    if len(sentence) <= _LINE or at < 0:
        return one_line(sentence, _LINE)
    place = Span(at, at + len(figure))
    cut = excerpt(sentence, place, (_LINE - len(figure)) // 2)
    return one_line(f"{cut.before}{cut.sentence}{cut.after}", 2 * _LINE)


def _tags(technologies: Sequence[Stated]) -> str:
    if not technologies:
        return ""
    tags = "".join(
        f"<li><bdi>{plain(one_line(one.value, _TAG))}</bdi></li>" for one in technologies[:_TAGS]
    )
    more = len(technologies) - _TAGS
    left = f"<li>+{more}</li>" if more > 0 else ""
    return f'<ul class="kb-tags" aria-label="{plain(said.TECHNOLOGIES)}">{tags}{left}</ul>'


def card(one: CaseCard) -> str:
    """A case beside other answers: challenge, what was done, what came of it, with sources."""
    case, document = one.case, one.document
    group = group_of(one)
    about = [
        words.group_name(group),
        *(field.value for field in (case.sector, case.place, case.year) if field),
    ]
    facts = "".join(f"<span>{plain(one_line(fact))}</span>" for fact in about)
    name = f'<a class="kb-source" href="{plain(case_address(case.id))}" target="_self">'
    return (
        f'<article class="kb-case"><h3>{name}<bdi>{plain(name_of(case))}</bdi></a></h3>'
        f'<p class="kb-facts"><i class="dot {plain(group)}"></i>{facts}</p>'
        f"{_told(said.CHALLENGE, case.challenge, document)}"
        f"{_told(said.SOLUTION, case.solution, document)}"
        f"{_results(case, document)}"
        f"{_listed(said.TECHNOLOGIES, case.technologies, document)}"
        f"{_listed(said.PARTNERS, case.partners, document)}"
        f'<p class="kb-path"><bdi>{plain(one_line(document.title, 200))}</bdi></p></article>'
    )


def _told(label: str, sentences: Sequence[Stated], document: Document) -> str:
    if not sentences:
        return ""
    shown = " ".join(
        f"{plain(as_quoted(sentence.value))} {source(sentence.evidence, document)}"
        for sentence in sentences
    )
    return f"<p><b>{plain(label)}.</b> {shown}</p>"


def _results(case: CaseHistory, document: Document) -> str:
    """Each sentence that states results once, their figures in bold."""
    if not case.results:
        return ""
    stated: dict[object, list[Result]] = {}
    for one in case.results:
        stated.setdefault(one.evidence or one, []).append(one)
    items = "".join(
        f"<li>{_stated(ones)} {source(ones[0].evidence, document)}</li>" for ones in stated.values()
    )
    return f"<p><b>{plain(said.RESULTS)}.</b></p><ul>{items}</ul>"


def _stated(results: Sequence[Result]) -> str:
    """The sentence that states some results; without one, or in a long one, what they are."""
    evidence = results[0].evidence
    sentence = as_quoted(evidence.sentence) if evidence else ""
    if not sentence or len(sentence) > _LONGEST:
        return "; ".join(plain(as_quoted(said.result(one))) for one in results)
    figures = {as_quoted(one.written) for one in results} - {""}
    longest_first = sorted(map(re.escape, figures), key=len, reverse=True)
    pieces = re.split(f"({'|'.join(longest_first)})", sentence) if figures else [sentence]
    return "".join(
        f"<b>{plain(piece)}</b>" if piece in figures else plain(piece) for piece in pieces
    )


def _listed(label: str, values: Sequence[Stated], document: Document) -> str:
    if not values:
        return ""
    shown = "; ".join(
        f"{plain(as_quoted(value.value))} {source(value.evidence, document)}" for value in values
    )
    return f"<p><b>{plain(label)}.</b> {shown}</p>"


def source(evidence: Evidence | None, document: Document) -> str:
    """Where a field is said: a link to its page; else that nobody but an admin says it."""
    if evidence is None:
        return f"<small>({plain(said.BY_ADMIN)})</small>"
    return f"<small>({evidence_link(document, evidence)})</small>"
