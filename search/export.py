"""Results on their way out: as JSON for programs, as text for the terminal."""

from __future__ import annotations

import json
import textwrap
from itertools import islice
from typing import Any

from .datatypes import Correction, Hit, Problem, Query, Results, Why
from .facets import FacetCounts
from .text import printable

_CONTEXT = 160
"""Characters shown before and after the marked sentence."""

NOT_SURE = "Nessun documento risponde con sicurezza: questi sono i passaggi più vicini."
"""Said before the hits where the probability of an answer is below the threshold."""

_FACETS = ("groups", "kinds", "years", "organisations", "languages", "authors")
_FACET_VALUES = 20
ORGANISATIONS_TOLD = 200
"""As many, the most frequent, are in a record: a large corpus names thousands."""
_FOLDED = {
    Why.OLDER_VERSION: "also in an older version",
    Why.SAME_TEXT: "the same text",
}
_PROBLEMS = {
    Problem.OPEN_QUOTE: "the quote at {at} never closes",
    Problem.UNKNOWN_GROUP: "no group is called {at!r}",
    Problem.UNKNOWN_KIND: "no kind of document is called {at!r}",
    Problem.WRONG_YEAR: "{at!r} is no year; write anno:2024, anno:2022-2024 or anno:2022-",
    Problem.UNKNOWN_LANGUAGE: "{at!r} is no language; write lingua:it or lingua:en",
    Problem.SECOND_YEAR: "there are years already before {at!r}: write one range",
    Problem.SIGNED_FIELD: "{at!r} is a filter: it takes no + and no -",
    Problem.TOO_MANY: "there are too many phrases, required and excluded words, from {at!r} on",
    Problem.NOTHING_TO_FIND: "besides {at!r} there must be a word to look for",
}


def to_json(results: Results, facets: FacetCounts | None = None) -> str:
    """One JSON object: what was searched, the hits in rank order, the counts where there are any.

    ``problem`` is null, or why the text was searched as plain text (`search.datatypes.Problem`),
    and ``at`` the words at fault. ``suggestion`` is null, or what was probably meant.
    ``probability`` is that of an answer, ``sure`` whether it reaches the threshold
    (`search.datatypes.DEFAULT_THRESHOLD`); both are null where there is none.
    """
    record = results_record(results)
    if facets:
        record["facets"] = facets_record(facets)
    return json.dumps(record, ensure_ascii=False, indent=1)


def results_record(results: Results) -> dict[str, Any]:
    """What was searched, how sure it is that it is answered, and the hits, as plain values."""
    return {
        **query_record(results.query),
        "problem": results.problem,
        "at": results.at,
        "suggestion": suggestion_record(results.suggestion),
        **sureness_record(results),
        "hits": [hit_record(hit) for hit in results.hits],
    }


def query_record(query: Query) -> dict[str, Any]:
    """What was searched for, and where, as plain values."""
    return {
        "query": query.text,
        "phrases": list(query.phrases),
        "required": list(query.required),
        "excluded": list(query.excluded),
        "groups": sorted(query.groups),
        "kinds": sorted(query.kinds),
        "years": [query.first_year, query.last_year],
        "languages": sorted(query.languages),
        "organisations": sorted(query.organisations),
    }


def suggestion_record(suggestion: Correction | None) -> dict[str, Any] | None:
    """What was probably meant as plain values; ``applied`` where it was searched at once."""
    if suggestion is None:
        return None
    return {
        "text": suggestion.text,
        "typed": suggestion.typed,
        "applied": suggestion.applied,
        "changes": [{"written": c.written, "instead": c.instead} for c in suggestion.changes],
    }


def sureness_record(results: Results) -> dict[str, Any]:
    """How sure it is that the query is answered, as plain values."""
    said = results.probability
    return {
        "probability": None if said is None else round(said, 4),
        "sure": results.is_sure,
    }


def facets_record(facets: FacetCounts) -> dict[str, Any]:
    """Counts as plain values; what is counted by year has the year as a string, as JSON does."""
    return {
        "documents": facets.documents,
        "passages": facets.passages,
        **{name: dict(getattr(facets, name)) for name in _FACETS},
        "years": {str(year): count for year, count in facets.years.items()},
        "organisations": dict(islice(facets.organisations.items(), ORGANISATIONS_TOLD)),
    }


def hit_record(hit: Hit) -> dict[str, Any]:
    """A hit as plain values, under names that do not change between versions."""
    return {
        "rank": hit.rank,
        "score": round(hit.score, 6),
        "passage_id": hit.passage.id,
        "document_id": hit.document.id,
        "path": hit.document.path,
        "title": hit.document.title,
        "group": hit.document.group,
        "kind": hit.document.kind,
        "year": hit.document.year,
        "author": hit.document.author,
        "page": hit.page,
        "sentence": hit.sentence.of(hit.passage.text),
        "passage": hit.passage.text,
        "locations": list(hit.document.locations),
        "older_versions": _other_records(hit, Why.OLDER_VERSION),
        "newest_version": hit.newest.path if hit.newest else None,
        "same_text": _other_records(hit, Why.SAME_TEXT),
    }


def _other_records(hit: Hit, why: Why) -> list[dict[str, Any]]:
    return [
        {"passage_id": other.passage_id, "path": other.document.path, "page": other.page}
        for other in hit.others
        if other.why == why
    ]


def to_text(results: Results, marks: tuple[str, str] = (">>", "<<")) -> str:
    """The hits as one reads them in a terminal.

    Args:
        marks: what stands before and after the best sentence.
    """
    shown = [_hit_text(hit, marks) for hit in results.hits]
    if not shown:
        words = " and holds these words" if results.query.has_word_conditions else ""
        shown = [f"No passage passes these filters{words}."]
    elif results.is_sure is False:
        shown.insert(0, NOT_SURE)
    if results.suggestion:
        shown.insert(0, printable(suggestion_text(results.suggestion)))
    if results.problem:
        shown.insert(0, printable(problem_text(results.problem, results.at)))
    return "\n\n".join(shown)


def problem_text(problem: Problem, at: str) -> str:
    """Why a text was searched as plain text, in a sentence."""
    return f"Searched as plain text: {_PROBLEMS[problem].format(at=at)}"


def suggestion_text(suggestion: Correction) -> str:
    """What was probably meant, in a line."""
    if suggestion.applied:
        return f"No word of {suggestion.typed!r} is known: searched for {suggestion.text!r}"
    return f"Did you mean: {suggestion.text}"


def facets_text(facets: FacetCounts) -> str:
    """The counts as one reads them in a terminal, a line for each thing one can filter by."""
    lines = [f"{facets.documents} documents, {facets.passages} passages"]
    for name in _FACETS:
        counts = getattr(facets, name)
        if not counts:
            continue
        shown = [f"{value or 'none'} {counts[value]}" for value in list(counts)[:_FACET_VALUES]]
        more = len(counts) - len(shown)
        lines.append(printable(f"{name}: {', '.join(shown)}{f', and {more} more' if more else ''}"))
    return "\n".join(lines)


def _hit_text(hit: Hit, marks: tuple[str, str]) -> str:
    document = hit.document
    said = [document.group or "no group", document.kind, str(document.year or "no year")]
    head = printable(f"{hit.rank}. {document.title}")
    place = f"{', '.join(said)} - {document.path}, page {hit.page} - score {hit.score:.3f}"
    places = [f"   {printable(line)}" for line in (place, *_beside(hit))]
    body = textwrap.fill(
        _marked(hit, marks), width=96, initial_indent="   ", subsequent_indent="   "
    )
    return "\n".join((head, *places, body))


def _beside(hit: Hit) -> list[str]:
    """Where else the same is said: the file's other names, its other versions."""
    lines = [f"also at {path}" for path in hit.document.locations]
    lines += [f"{_FOLDED[o.why]}: {o.document.path}, page {o.page}" for o in hit.others]
    if hit.newest:
        lines.append(f"from an older version of {hit.newest.path}")
    return lines


def _marked(hit: Hit, marks: tuple[str, str]) -> str:
    text, span = hit.passage.text, hit.sentence
    before, after = text[: span.start], text[span.end :]
    if len(before) > _CONTEXT:
        before = "..." + before[-_CONTEXT:].partition(" ")[2]
    if len(after) > _CONTEXT:
        after = after[:_CONTEXT].rpartition(" ")[0] + "..."
    # The bars keep the blanks next to the sentence.
    before, after = printable(f"{before}|")[:-1], printable(f"|{after}")[1:]
    marked = printable(span.of(text))
    return f"{before}{marks[0]}{marked}{marks[1]}{after}"
