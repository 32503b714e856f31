"""Case histories as one reads them in a terminal."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from ..answers.case_results import ResultTable
from ..answers.cases import CaseCard, Cases
from ..cases.case import CaseHistory, Evidence, Result, Stated
from ..datatypes import Document
from .lines import SHOWN, listed, quoted, shortened, wrapped
from .quoting import Place, page_of, quote_of_evidence
from .sureness import unsure_first

CARDS = 5
"""Cases told in full; the others are a line each."""
RESULTS = 3
"""Sentences with results, of each."""
_IN_TABLE = 160
LINES = 40
"""Cases listed at most."""


def cases_text(found: Cases, place: Place = page_of, told: int = CARDS) -> str:
    """The first cards with what they say and where, the others a line each.

    Args:
        told: so many in full; a list without a question takes 0.
    """
    if not found.cards:
        return "No case history passes these filters."
    full = [_card(card, place) for card in found.cards[:told]]
    rest = found.cards[told:]
    short = [_line(card) for card in rest[:LINES]] + listed("cases", len(rest), LINES)
    return unsure_first(found, "\n\n".join([*full, *(["\n".join(short)] if short else [])]))


def case_text(case: CaseHistory, document: Document, place: Place = page_of) -> str:
    """What a case says, each statement with where it stands; what it does not say is left out."""
    lines = [wrapped(f"{document.title} ({document.path}), id {case.id}", _IN, _IN)]
    for name, said in (("Challenge", case.challenge), ("Solution", case.solution)):
        lines += [_statement(name, each, document, place) for each in said[:1]]
    for evidence, results in list(_by_sentence(case.results).items())[:RESULTS]:
        lines.append(_results(results, evidence, document, place))
    for name, said in (("Technologies", case.technologies), ("Partners", case.partners)):
        if said:
            lines.append(wrapped(f"{name}: {_with_pages(said)}", _IN, _IN))
    return "\n".join(lines)


def tables_text(tables: Sequence[ResultTable], paths: Mapping[str, str]) -> str:
    """Results side by side, where they measure the same in the same unit.

    Args:
        paths: of the documents that tell the cases, by their id.
    """
    if not tables:
        return "No results of these cases can be compared: none measure the same in the same unit."
    return "\n\n".join("\n".join(_table(table, paths)) for table in tables)


_IN, _DEEP = "   ", "     "


def _card(card: CaseCard, place: Place) -> str:
    head = wrapped(f"{card.rank}. {_head(card)}", "", _IN)
    return f"{head}\n{case_text(card.case, card.document, place)}"


def _line(card: CaseCard) -> str:
    said = f"{card.rank}. {_head(card)} -- {card.document.path}, id {card.case.id}"
    return wrapped(said, "", _IN)


def _head(card: CaseCard) -> str:
    case = card.case
    name = case.organisation.value if case.organisation else card.document.title
    about = [said.value for said in (case.sector, case.place, case.year) if said]
    return f"{name} ({', '.join([*about, *(group.value for group in case.groups)])})"


def _statement(name: str, said: Stated, document: Document, place: Place) -> str:
    if said.evidence is None:
        return wrapped(f"{name}: {shortened(said.value)} (said by an admin)", _IN, _IN)
    proof = quoted(quote_of_evidence(document, said.evidence), place, _DEEP)
    return f"{_IN}{name}\n{proof}"


def _by_sentence(results: Sequence[Result]) -> dict[Evidence | None, list[Result]]:
    """A sentence may state several: it is quoted once."""
    found: defaultdict[Evidence | None, list[Result]] = defaultdict(list)
    for result in results:
        found[result.evidence].append(result)
    return found


def _results(
    results: Sequence[Result], evidence: Evidence | None, document: Document, place: Place
) -> str:
    if evidence is None:
        said = "; ".join(result.written or result.what for result in results)
        return wrapped(f"Result: {shortened(said)} (said by an admin)", _IN, _IN)
    figures = "; ".join(dict.fromkeys(result.written for result in results if result.written))
    head = wrapped(f"Result: {shortened(figures)}" if figures else "Result", _IN, _IN)
    return f"{head}\n{quoted(quote_of_evidence(document, evidence), place, _DEEP)}"


def _with_pages(said: Sequence[Stated]) -> str:
    told = (f"{one.value}{f' (p. {one.evidence.page})' if one.evidence else ''}" for one in said)
    return shortened("; ".join(told), 2 * SHOWN)


def _table(table: ResultTable, paths: Mapping[str, str]) -> Iterator[str]:
    yield wrapped(f"{table.kind}{f', {table.unit}' if table.unit else ''}")
    for row in table.rows:
        case, result = row.case, row.result
        who = case.organisation.value if case.organisation else case.id
        year = f" ({case.year_number})" if case.year_number else ""
        amount = f"{result.value:,.12g} {result.unit}"
        yield wrapped(f"{amount}: {who}{year}", "  ", "  ")
        if result.evidence is not None:
            sentence = shortened(result.evidence.sentence, _IN_TABLE)
            place = f"{paths[case.document_id]}, page {result.evidence.page}"
            yield wrapped(f'"{sentence}" -- {place}', "    ")
