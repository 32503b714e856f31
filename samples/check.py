"""Whether what the sources say rests on the facts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from .numbers import Figure, figures, is_backed, known_figures
from .source import FACT_ID
from .tree import CELL_BORDER, Citation, Fact, Inlines, Run, Source

ADDRESS = re.compile(r"https?://[^\s/.]+\.\S+")
LEFT_OVER = re.compile(rf"\[[^\]]*{FACT_ID}[^\]]*\]?|\b{FACT_ID}\b")


@dataclass(frozen=True, slots=True)
class Finding:
    """Something in a source that does not hold.

    Attributes:
        stem: path of the document under ``corpus/``, without its ending.
        heading: the heading that it stands under.
        message: what is wrong, with the value at fault.
    """

    stem: str
    heading: str
    message: str

    def __str__(self) -> str:
        return f"{self.stem} ({self.heading}): {self.message}"


def findings(source: Source, facts: Mapping[str, Fact]) -> list[Finding]:
    """What does not hold in ``source``; empty when all does.

    Something is cited; every cited fact exists and has an address; no fact's id is left in the
    text. Every figure written with digits stands in the title, the subtitle, the year or a fact
    that is cited in the same statement, or is one of the document's sums; where a statement cites
    nothing, it may stand in any fact that the document cites. A sum adds up, and its terms stand
    in the facts it names. No fact is younger than the document.
    """
    return [Finding(source.stem, heading, message) for heading, message in _faults(source, facts)]


def _faults(source: Source, facts: Mapping[str, Fact]) -> Iterator[tuple[str, str]]:
    cited = source.cited()
    if not cited:
        yield source.title, "it cites no fact"
    for id_ in cited:
        if id_ not in facts:
            yield source.title, f"no fact is called {id_}"
        elif not ADDRESS.fullmatch(facts[id_].source_url):
            yield source.title, f"the source of {id_} has no address: {facts[id_].source_url!r}"
    for id_ in cited:
        if id_ in facts and (facts[id_].year or 0) > source.year:
            yield source.title, f"{id_} speaks of {facts[id_].year}, after the document's year"
    for line in source.box:
        if not line.fact_ids:
            yield line.label, "the box line cites no fact"
    yield from _faulty_sums(source, facts)
    sums = " ".join(added.figure for added in source.sums)
    title = _known(f"{source.title} {source.subtitle} {source.year} {sums}")
    anywhere = title.union(*(_known(_everything_said(facts[i])) for i in cited if i in facts))
    for heading, content in source.statements():
        text = _text(content)
        for match in LEFT_OVER.finditer(text):
            yield heading, f"{match[0]!r} is not a citation: write [xx-000] or [xx-000, xx-001]"
        ids = [i for inline in content if isinstance(inline, Citation) for i in inline.fact_ids]
        here = title.union(*(_known(_everything_said(facts[i])) for i in ids if i in facts))
        for figure in figures(LEFT_OVER.sub(" ", text)):
            if not is_backed(figure, here if ids else anywhere):
                yield heading, f"{figure.written!r} stands in none of the cited facts: «{text}»"


def _faulty_sums(source: Source, facts: Mapping[str, Fact]) -> Iterator[tuple[str, str]]:
    for added in source.sums:
        backing = [facts[id_] for id_ in added.fact_ids if id_ in facts]
        known = frozenset[Figure]().union(*(_known(_everything_said(fact)) for fact in backing))
        (figure,) = figures(added.figure)
        terms = [term for text in added.terms for term in figures(text)]
        for term in terms:
            if not is_backed(term, known):
                yield (
                    source.title,
                    f"the term {term.written!r} of a sum stands in none of its facts",
                )
        if sum(term.value for term in terms) != figure.value:
            yield source.title, f"{' + '.join(added.terms)} is not {added.figure}"


def _known(text: str) -> frozenset[Figure]:
    return frozenset(known_figures(text))


def _everything_said(fact: Fact) -> str:
    return f"{fact.subject} {fact.text} {fact.source_title} {fact.year or ''}"


def _text(content: Inlines) -> str:
    """The words of a block; a citation leaves a space, so that the text around it stays apart."""
    return "".join(
        " " if isinstance(inline, Citation) else inline.text for inline in content
    ).strip()


def word_count(source: Source) -> int:
    """Words of the body, headings and box; the list of sources is not counted."""
    return sum(
        len(inline.text.split())
        for _, content in source.statements()
        for inline in content
        if isinstance(inline, Run) and inline != CELL_BORDER
    )
