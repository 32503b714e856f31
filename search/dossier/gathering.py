"""Entries of what the engine answers with: a hit, a citation, a case, a theme."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256

from ..answers.cases import CaseCard
from ..answers.citation import Citation
from ..answers.theme_trends import ThemeTrend
from ..cases.case import Evidence, Stated
from ..datatypes import Document, Hit, Span
from ..themes.course import Course
from .cleaning import cut
from .entries import (
    MOST_COURSES,
    MOST_EVIDENCE,
    MOST_FACTS,
    MOST_ID,
    MOST_LINE,
    MOST_NAME,
    MOST_QUOTED,
    MOST_YEARS,
    CaseEntry,
    ChartEntry,
    Fact,
    FactName,
    PassageEntry,
    Quote,
    Source,
    ThemeCourse,
    YearlyShare,
)


def entry_of_hit(hit: Hit) -> PassageEntry:
    """The best sentence of a hit."""
    passage = hit.passage
    said = hit.sentence.of(passage.text)
    citation = Citation(hit.document, passage.id, hit.page, hit.sentence, said)
    return entry_of_citation(citation, passage.span.start, passage.heading_path)


def entry_of_citation(
    citation: Citation, passage_start: int, headings: Sequence[str] = ()
) -> PassageEntry:
    """The sentence of a citation.

    Args:
        passage_start: where its passage starts in the document's text.
        headings: that it stands under, outermost first.
    """
    document, sentence = citation.document, citation.sentence
    span = Span(passage_start + sentence.start, passage_start + sentence.end)
    quote = _quote(source_of(document), citation.passage_id, span, citation.page, citation.text)
    headed = cut(" › ".join(cut(heading, MOST_LINE) for heading in headings), MOST_LINE)
    return PassageEntry(passage_entry_id(document, span), quote, headed)


def passage_entry_id(document: Document, span: Span) -> str:
    """The id of the entry of a sentence, by its span in the document's text."""
    return _id(f"passage:{document.id}:{span.start}-{span.end}")


def entry_of_case(card: CaseCard) -> CaseEntry:
    """A case history, each field with its sentence."""
    case, source = card.case, source_of(card.document)
    stated: list[tuple[FactName, Iterable[Stated | None]]] = [
        (FactName.SECTOR, [case.sector]),
        (FactName.PLACE, [case.place]),
        (FactName.YEAR, [case.year]),
        (FactName.CHALLENGE, case.challenge),
        (FactName.SOLUTION, case.solution),
        (FactName.TECHNOLOGY, case.technologies),
    ]
    facts = [
        _fact(source, name, field.value, field.evidence)
        for name, fields in stated
        for field in fields
        if field
    ]
    # Several results are often stated by one sentence: that is then quoted once, whole.
    sentences: dict[object, Fact] = {}
    for result in case.results:
        said = result.evidence.sentence if result.evidence else f"{result.written} {result.what}"
        fact = _fact(source, FactName.RESULT, said, result.evidence)
        sentences.setdefault(result.evidence or result, fact)
    facts += sentences.values()
    facts += [_fact(source, FactName.PARTNER, one.value, one.evidence) for one in case.partners]
    return CaseEntry(
        id=case_entry_id(case.id),
        case_id=_id(case.id),
        source=source,
        organisation=cut(case.organisation.value, MOST_NAME) if case.organisation else "",
        groups=tuple(cut(group.value, MOST_NAME) for group in case.groups[:10]),
        facts=tuple(facts[:MOST_FACTS]),
    )


def case_entry_id(case_id: str) -> str:
    """The id of the entry of a case."""
    return _id(f"case:{case_id}")


def entry_of_themes(
    themes: Sequence[ThemeTrend],
    passage_starts: Mapping[str, int],
    group: str = "",
    title: str = "",
) -> ChartEntry:
    """How themes go over the years, at most `MOST_COURSES` of them.

    Args:
        themes: one or more.
        passage_starts: where each passage of their evidence starts in its document's text, by the
            passage's id (`search.store.Store.passage`).
        group: key of the group among whose documents; "" for where each is spoken of.
        title: what the picture shows; "" for the themes' names.
    """
    shown = themes[:MOST_COURSES]
    courses = tuple(
        _course(
            one.theme.label,
            group or one.home,
            one.groups[group] if group else one.told,
            one.evidence,
            passage_starts,
        )
        for one in shown
    )
    named = title or ", ".join(cut(one.theme.label, MOST_NAME) for one in shown)
    return ChartEntry(themes_entry_id(themes, group), cut(named, MOST_NAME), courses)


def themes_entry_id(themes: Sequence[ThemeTrend], group: str = "") -> str:
    """The id of the entry of themes."""
    keys = "+".join(one.theme.key for one in themes[:MOST_COURSES])
    return _id(f"trend:{group}:{keys}")


def _course(
    label: str,
    group: str,
    course: Course,
    evidence: Sequence[Citation],
    passage_starts: Mapping[str, int],
) -> ThemeCourse:
    quotes = (
        entry_of_citation(citation, passage_starts[citation.passage_id]).quote
        for citation in evidence[:MOST_EVIDENCE]
    )
    years = (
        YearlyShare(year.year, year.share, year.documents, year.of_documents)
        for year in course.years[-MOST_YEARS:]
    )
    return ThemeCourse(
        theme=cut(label, MOST_NAME),
        group=group,
        call=str(course.call),
        confidence=str(course.confidence),
        before=course.before,
        recent=course.recent,
        documents=course.documents,
        years=tuple(years),
        evidence=tuple(quotes),
    )


def source_of(document: Document) -> Source:
    """What is kept of a document."""
    return Source(
        id=_id(document.id),
        sha256=document.sha256,
        path=cut(document.path, MOST_LINE),
        title=cut(document.title, MOST_NAME),
        group=document.group,
        kind=document.kind,
        year=document.year,
        author=cut(document.author, MOST_NAME),
        media_type=document.media_type,
    )


def _fact(source: Source, name: FactName, value: str, evidence: Evidence | None) -> Fact:
    quote = None
    if evidence:
        quote = _quote(source, evidence.passage_id, evidence.span, evidence.page, evidence.sentence)
    return Fact(name, cut(value, MOST_QUOTED), quote)


def _quote(source: Source, passage_id: str, span: Span, page: int, text: str) -> Quote:
    return Quote(source, _id(passage_id), span, page, cut(text, MOST_QUOTED))


def _id(text: str) -> str:
    """As it is; one that is too long by its beginning and its digest."""
    if len(text) <= MOST_ID:
        return text
    return f"{text[: MOST_ID - 33]}-{sha256(text.encode()).hexdigest()[:32]}"
