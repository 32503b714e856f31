"""What the tools of `mcp_answer_tools` answer: the values that `mcp_answer_types` describes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from .answer_export.quoting import Quote, quote_of
from .answers.answered import Answered
from .answers.cases import CaseCard, Cases
from .answers.listed import MostNamed
from .answers.overview import Overview
from .answers.partner_tables import Network, Partners, PotentialPartners
from .answers.theme_trends import ThemeTrend
from .answers.trends import Trends
from .cases.case import Evidence, Result, Stated
from .store import Store
from .text import printable
from .themes.course import Course, Halves

_EDGES, _TITLES = 25, 3


def place_with_id(quote: Quote) -> str:
    """Title, page and id, for an assistant to cite and to open."""
    return f"{printable(quote.document.title)}, p. {quote.page}, passage_id {quote.passage_id}"


def page_with_id(quote: Quote) -> str:
    """The same under a document that is named already."""
    return f"p. {quote.page}, passage_id {quote.passage_id}"


def asked_values(found: Answered) -> dict[str, Any]:
    """As `Asked`."""
    return {
        "read_as": [str(kind) for kind in found.reading.kinds],
        "sure": found.results.is_sure,
        "sentences": [cited(quote_of(c)) for c in found.answer.citations] if found.answer else [],
        "trends": trends_values(found.trends) if found.trends else None,
        "cases": cases_values(found.cases, len(found.cases.cards)) if found.cases else None,
        "partners": partners_values(partners=found.partners) if found.partners else None,
    }


def trends_values(found: Trends) -> dict[str, Any]:
    """As `TrendsFound`, for a question."""
    return {
        "compared": _years(found.compared),
        "subject": _course(found.subject),
        "by_group": _calls(found.groups),
        "themes": _themes(found.themes),
        "groups": [],
    }


def overview_values(found: Overview) -> dict[str, Any]:
    """As `TrendsFound`, without a question."""
    return {
        "compared": _years(found.compared),
        "subject": None,
        "by_group": {},
        "themes": [],
        "groups": [
            {
                "group": group.group,
                "documents": group.documents,
                "rising": _themes(group.rising, group.group),
                "falling": _themes(group.falling, group.group),
                "steady": _themes(group.steady, group.group),
            }
            for group in found.groups
        ],
    }


def cases_values(found: Cases, total: int) -> dict[str, Any]:
    """As `CasesFound`."""
    return {"total": total, "cases": [_case(card) for card in found.cards]}


def partners_values(
    *,
    partners: Partners | None = None,
    named: MostNamed | None = None,
    together: Sequence[Mapping[str, Any]] = (),
    potential: PotentialPartners | None = None,
) -> dict[str, Any]:
    """As `PartnersFound`, of what was asked."""
    return {
        "subject": partners.subject if partners else None,
        "organisations": [*_involved(partners), *_named(named)],
        "together": list(together),
        "potential": _potential(potential),
    }


def together_values(found: Network, store: Store) -> list[dict[str, Any]]:
    """As `Together`, the closest first."""
    names = {node.organisation.key: node.organisation.name for node in found.nodes}
    titles = {document.id: document.title for document in store.documents()}
    return [
        {
            "first": names[edge.first],
            "second": names[edge.second],
            "documents": len(edge.documents),
            "titles": [titles[id_] for id_ in edge.documents[:_TITLES]],
        }
        for edge in found.edges[:_EDGES]
    ]


def cited(quote: Quote) -> dict[str, Any]:
    """As `Cited`."""
    return {
        "title": quote.document.title,
        "page": quote.page,
        "sentence": quote.sentence,
        "passage_id": quote.passage_id,
        "path": quote.document.path,
        "year": quote.document.year,
    }


def _years(compared: Halves | None) -> dict[str, Any] | None:
    return {"years": list(compared.years), "recent": compared.recent} if compared else None


def _course(course: Course) -> dict[str, Any]:
    return {
        "call": str(course.call),
        "confidence": str(course.confidence),
        "by": course.by,
        "before": round(course.before, 3),
        "recent": round(course.recent, 3),
        "documents": course.documents,
    }


def _calls(courses: Mapping[str, Course]) -> dict[str, str]:
    return {group: str(course.call) for group, course in courses.items()}


def _themes(themes: Iterable[ThemeTrend], group: str = "") -> list[dict[str, Any]]:
    return [
        {
            "theme": one.theme.label,
            "course": _course(one.groups[group] if group else one.course),
            "by_group": _calls(one.groups),
            "evidence": [cited(quote_of(citation)) for citation in one.evidence],
        }
        for one in themes
    ]


def _case(card: CaseCard) -> dict[str, Any]:
    case = card.case
    single = {name: getattr(case, name) for name in ("organisation", "sector", "place", "year")}
    several = ("groups", "challenge", "solution", "technologies", "partners")
    return {
        "case_id": case.id,
        "title": card.document.title,
        "path": card.document.path,
        **{name: _field(said) if said else None for name, said in single.items()},
        **{name: [_field(said) for said in getattr(case, name)] for name in several},
        "results": [_result(result) for result in case.results],
    }


def _field(said: Stated) -> dict[str, Any]:
    return {"value": said.value, **_where(said.evidence)}


def _result(said: Result) -> dict[str, Any]:
    written = said.written or said.what
    return {"value": written, **_where(said.evidence), "number": said.value, "unit": said.unit}


def _where(said: Evidence | None) -> dict[str, Any]:
    return {
        "page": said.page if said else None,
        "sentence": said.sentence if said else None,
        "passage_id": said.passage_id if said else None,
    }


def _involved(found: Partners | None) -> list[dict[str, Any]]:
    return [
        {
            "organisation": one.organisation.name,
            "kind": str(one.organisation.kind),
            "role": str(one.role),
            "groups": list(one.groups),
            "since": one.since,
            "documents": one.documents,
            "evidence": [cited(quote_of(citation)) for citation in one.citations],
        }
        for one in (found.involved if found else ())
    ]


def _named(found: MostNamed | None) -> list[dict[str, Any]]:
    return [
        {
            "organisation": one.organisation.name,
            "kind": str(one.organisation.kind),
            "role": None,
            "groups": [],
            "since": None,
            "documents": one.documents,
            "evidence": [cited(quote_of(one.citation))],
        }
        for one in (found.organisations if found else ())
    ]


def _potential(found: PotentialPartners | None) -> list[dict[str, Any]]:
    return [
        {
            "first": pair.first.name,
            "first_group": pair.first_group,
            "second": pair.second.name,
            "second_group": pair.second_group,
            "themes": list(pair.themes),
            "evidence": [cited(quote_of(citation)) for citation in pair.citations],
        }
        for pair in (found.pairs if found else ())
    ]
