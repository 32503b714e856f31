"""The answers for an assistant: `ask`, `trends`, `cases` and `partners`, each with its sources."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Any

from mcp.server.mcpserver.exceptions import ToolError
from mcp.server.mcpserver.tools import Tool
from mcp.types import CallToolResult
from pydantic import Field

from . import answering
from .answer_export.answered_text import answered_text
from .answer_export.case_text import cases_text
from .answer_export.partner_text import named_text, network_text, partners_text, potential_text
from .answer_export.trend_text import overview_text, trends_text
from .answers.kinds import QuestionKind
from .engine import Engine
from .errors import QueryError
from .live_index import LiveIndex
from .mcp_answer_types import Asked, CasesFound, PartnersFound, TrendsFound
from .mcp_answer_values import (
    asked_values,
    cases_values,
    overview_values,
    page_with_id,
    partners_values,
    place_with_id,
    together_values,
    trends_values,
)
from .mcp_tools import (
    FirstYear,
    Groups,
    Kinds,
    Languages,
    LastYear,
    Organisations,
    Toolbox,
    check,
    result,
)
from .syntax import read_query

MAX_CASES = 20
_KIND_KEYS = {"enum": [str(kind) for kind in QuestionKind]}

Question = Annotated[str, Field(description="The question, Italian or English.")]
NoQuestion = Annotated[
    str | None, Field(description="The question, Italian or English; null for all there is.")
]
ReadAs = Annotated[
    list[Annotated[str, Field(json_schema_extra={**_KIND_KEYS})]],
    Field(description="What to read it as; empty lets it be read."),
]
CaseCount = Annotated[
    int,
    Field(
        description="How many cases at most.",
        json_schema_extra={"minimum": 1, "maximum": MAX_CASES},
    ),
]


def answer_tools(index: LiveIndex) -> list[Tool]:
    """The tools on an index."""
    box = Toolbox()

    @box.offer("Answer a question")
    def ask(
        question: Question,
        *,
        read_as: ReadAs = [],  # noqa: B006 - never changed
        k: CaseCount = 5,
        groups: Groups = [],  # noqa: B006
        kinds: Kinds = [],  # noqa: B006
        first_year: FirstYear = None,
        last_year: LastYear = None,
        languages: Languages = [],  # noqa: B006
        organisations: Organisations = [],  # noqa: B006
    ) -> Annotated[CallToolResult, Asked]:
        """Answer a question by what it asks for: sentences, a trend, case histories, partners.

        The sentences are the documents' own: quote them, and cite title and page. Where none is
        given, or `sure` is false, the documents do not answer: say so, or try `search`.
        """
        check("k", k, 1, MAX_CASES)
        within = _filters(
            groups=groups,
            kinds=kinds,
            first_year=first_year,
            last_year=last_year,
            languages=languages,
            organisations=organisations,
        )
        found = index.engine().ask(read_query(question, k=k, **within), _question_kinds(read_as))
        return result(answered_text(found, place_with_id, page_with_id), asked_values(found))

    @box.offer("What is changing")
    def trends(
        question: NoQuestion = None,
        *,
        groups: Groups = [],  # noqa: B006
        kinds: Kinds = [],  # noqa: B006
        first_year: FirstYear = None,
        last_year: LastYear = None,
        languages: Languages = [],  # noqa: B006
        organisations: Organisations = [],  # noqa: B006
    ) -> Annotated[CallToolResult, TrendsFound]:
        """Tell what is rising, falling, new or steady: in a question's subject, or by group.

        Shares of the documents of each year, with passages that show each course. "dati
        insufficienti" and a low confidence mean that few documents speak of it: say so. Cite
        title and page for whatever you use.
        """
        within = _filters(
            groups=groups,
            kinds=kinds,
            first_year=first_year,
            last_year=last_year,
            languages=languages,
            organisations=organisations,
        )
        engine = index.engine()
        if question is not None:
            found = engine.trends(read_query(question, **within).query)
            return result(trends_text(found, place_with_id), trends_values(found))
        overview = engine.overview(**within)
        return result(overview_text(overview, place_with_id), overview_values(overview))

    @box.offer("Case histories")
    def cases(
        question: NoQuestion = None,
        *,
        similar_to: Annotated[
            str | None, Field(description="A case_id, instead of a question: those like it.")
        ] = None,
        sector: Annotated[str, Field(description="Words that the sector has.")] = "",
        technology: Annotated[str, Field(description="Words that one technology has.")] = "",
        measured: Annotated[bool, Field(description="Only with a result in numbers.")] = False,
        k: CaseCount = 5,
        groups: Groups = [],  # noqa: B006
        kinds: Kinds = [],  # noqa: B006
        first_year: FirstYear = None,
        last_year: LastYear = None,
        languages: Languages = [],  # noqa: B006
        organisations: Organisations = [],  # noqa: B006
    ) -> Annotated[CallToolResult, CasesFound]:
        """Find who has done it: challenge, solution, results and partners, each with its sentence.

        Without a question the newest cases. A field that the document does not say is null or
        empty: do not fill it. Cite title and page for whatever you use.
        """
        check("k", k, 1, MAX_CASES)
        if question is not None and similar_to is not None:
            raise QueryError("both a question and similar_to: ask for one of them")
        filters = _filters(
            groups=groups,
            kinds=kinds,
            first_year=first_year,
            last_year=last_year,
            languages=languages,
            organisations=organisations,
        )
        keep = answering.case_filter(filters, sector, technology, measured)
        engine = index.engine()
        if question is not None:
            found = answering.cases_asked(engine, question, filters, keep)
        elif similar_to is not None:
            found = answering.cases_like(engine.snapshot, similar_to, filters, keep)
        else:
            found = answering.cases_listed(engine.snapshot, filters, keep)
        shown = replace(found, cards=found.cards[:k])
        values = cases_values(shown, len(found.cards))
        return result(cases_text(shown, page_with_id, told=k), values)

    @box.offer("Who works on it")
    def partners(
        question: NoQuestion = None,
        *,
        theme: Annotated[
            str | None, Field(description="A theme as `trends` names it, instead of a question.")
        ] = None,
        groups: Groups = [],  # noqa: B006
        kinds: Kinds = [],  # noqa: B006
        first_year: FirstYear = None,
        last_year: LastYear = None,
        languages: Languages = [],  # noqa: B006
        organisations: Organisations = [],  # noqa: B006
    ) -> Annotated[CallToolResult, PartnersFound]:
        """Find organisations that work on something, since when, and who of them works together.

        Without a question and a theme: who is named most. Unless a question is asked, also who of
        two groups shares a theme and no document yet, and so could work together: that is a
        suggestion, which no document makes. Cite title and page for whatever you use.
        """
        filters = _filters(
            groups=groups,
            kinds=kinds,
            first_year=first_year,
            last_year=last_year,
            languages=languages,
            organisations=organisations,
        )
        return _partners(index.engine(), question, theme, filters)

    return box.tools


def _partners(
    engine: Engine, question: str | None, theme: str | None, filters: dict[str, Any]
) -> CallToolResult:
    groups = filters["groups"]
    snapshot = engine.snapshot
    themes = [] if theme is None else [theme]
    found = answering.involved(snapshot, engine, question, themes, filters)
    named = None if found else answering.named_most(snapshot, filters)
    joined = answering.network_among(snapshot, found, filters)
    texts = [partners_text(found, place_with_id) if found else ""]
    texts += [named_text(named)] if named else []
    paths = {document.id: document.path for document in snapshot.store.documents()}
    texts += ["Named together", network_text(joined, paths)]
    likely = None
    if question is None and len(groups) != 1:
        within = answering.within({**filters, "groups": frozenset()})
        likely = engine.potential_partners(themes, within, groups)
        texts += ["Could work together", potential_text(likely, place_with_id)]
    values = partners_values(
        partners=found,
        named=named,
        together=together_values(joined, snapshot.store),
        potential=likely,
    )
    return result("\n\n".join(filter(None, texts)), values)


def _filters(
    *,
    groups: list[str],
    kinds: list[str],
    first_year: int | None,
    last_year: int | None,
    languages: list[str],
    organisations: list[str],
) -> dict[str, Any]:
    """As `search.answering.Filters`."""
    filters: dict[str, Any] = {
        "groups": frozenset(groups),
        "kinds": frozenset(kinds),
        "first_year": first_year,
        "last_year": last_year,
        "languages": frozenset(languages),
        "organisations": frozenset(organisations),
    }
    answering.within(filters)  # so that what is wrong is said whatever is asked
    return filters


def _question_kinds(keys: list[str]) -> list[QuestionKind]:
    known = set(QuestionKind)
    if unknown := [key for key in keys if key not in known]:
        raise ToolError(f"read_as is {unknown[0]!r}: use {', '.join(QuestionKind)}")
    return [QuestionKind(key) for key in keys]
