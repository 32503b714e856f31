"""Where the quotes of judged queries stand among the passages of a snapshot."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from .datatypes import Content, Passage, Span
from .errors import EvaluationError
from .judgments import JudgedQuery, Judgment
from .store import Store
from .trec import Qrels

_PAGES_KEPT = 512
"""Many queries quote the same pages."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A judgment that holds for no passage of the snapshot, and why."""

    query_id: str
    document: str
    page: int
    reason: str


def passages_quoted(
    judgment: Judgment, content: Content, passages: Iterable[Passage]
) -> tuple[Passage, ...]:
    """The passages where the judged words stand.

    Only letters and digits are compared, whatever their case: white space, punctuation, the
    form of apostrophes and hyphens at the ends of lines make no difference. Where the page says
    the words more than once, every place counts.

    Args:
        content: of the judged document.
        passages: of the judged document.

    Returns:
        Every passage that holds at least half of the letters and digits of the quote; where
        none does, the one that holds most of them (the first of several).

    Raises:
        EvaluationError: there is no such page, the quote is not on it, or it is in no passage.
            The message is the reason, without the names of query and document.
    """
    places = quote_places(judgment, content)
    held = [(_held(passage.span, places), passage) for passage in passages]
    most = max((count for count, _ in held), default=0)
    if most == 0:
        raise EvaluationError(
            "the quote is in no passage (it is a heading, or in a list of sources): "
            "quote words of the text"
        )
    half = tuple(passage for count, passage in held if 2 * count >= len(places[0]))
    return half or (next(passage for count, passage in held if count == most),)


def judged_qrels(queries: Sequence[JudgedQuery], store: Store) -> tuple[Qrels, tuple[LeftOut, ...]]:
    """Query id -> passage id -> relevance, and the judgments that came to nothing.

    A passage that several judgments of one query meet has the highest relevance of them. A query
    without an answer is there with no passage.
    """
    passages: dict[str, list[Passage]] = {j.document: [] for q in queries for j in q.judgments}
    for passage, document in store.passages():
        if document.path in passages:
            passages[document.path].append(passage)
    contents = {
        document.path: store.content(document.id)
        for document in store.documents()
        if document.path in passages
    }
    qrels: Qrels = {query.id: {} for query in queries}
    left_out: list[LeftOut] = []
    for query in queries:
        relevance = qrels[query.id]
        for judgment in query.judgments:
            path = judgment.document
            try:
                if path not in contents:
                    raise EvaluationError("the document is not in the index")
                found = passages_quoted(judgment, contents[path], passages[path])
            except EvaluationError as error:
                left_out.append(LeftOut(query.id, path, judgment.page, str(error)))
                continue
            for passage in found:
                relevance[passage.id] = max(judgment.relevance, relevance.get(passage.id, 0))
    return qrels, tuple(left_out)


def quote_places(judgment: Judgment, content: Content) -> list[list[int]]:
    """Where the quote stands on its page: for each letter and digit its offset in the text.

    Raises:
        EvaluationError: there is no such page, or the quote is not on it.
    """
    starts = dict(zip((page.number for page in content.pages), content.page_starts(), strict=True))
    if judgment.page not in starts:
        raise EvaluationError(f"the document has no page {judgment.page}")
    page = next(page for page in content.pages if page.number == judgment.page)
    quote, _ = _letters(unicodedata.normalize("NFC", judgment.quote))
    letters, offsets = _letters(page.text)
    start = starts[page.number]
    # The lookahead also finds a place that overlaps the one before.
    found = [match.start() for match in re.finditer(f"(?={quote})", letters)]
    if not quote or not found:
        raise EvaluationError("the quote is not on that page")
    return [[start + offset for offset in offsets[at : at + len(quote)]] for at in found]


@lru_cache(maxsize=_PAGES_KEPT)
def _letters(text: str) -> tuple[str, tuple[int, ...]]:
    """The letters and digits of ``text``, case-folded, and the offset of each."""
    letters: list[str] = []
    offsets: list[int] = []
    for offset, character in enumerate(text):
        for folded in character.casefold():  # one letter may become two
            if folded.isalnum():
                letters.append(folded)
                offsets.append(offset)
    return "".join(letters), tuple(offsets)


def _held(span: Span, places: Iterable[list[int]]) -> int:
    """How much of the quote stands in ``span``, at the place where that is most."""
    return max(sum(span.start <= offset < span.end for offset in place) for place in places)
