"""What the documents of a group leave open: sentences that ask it or say so, as they stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from ..datatypes import Passage, Span
from ..facets import NO_YEAR
from ..snapshot import Snapshot
from ..words import fold
from .citation import Citation
from .older import older
from .open_wording import (
    asks,
    may_name_open_issues,
    may_stay_open,
    names_open_issue,
    promises_answers,
    promises_questions,
)
from .whole_sentences import whole_sentence

MOST = 8
OF_A_DOCUMENT = 2
"""Sentences of one document, so that one that ends in a list of questions is not all there is."""
LOOKED_AT = 4000
"""Passages, those of the newest documents: what an old one left open has mostly been answered."""
IN_A_ROW, ENDING = 3, 2
"""So many questions that follow one another are not answered one by one: anywhere, and at the end
of a paragraph."""

Rows = NDArray[np.int64]


def open_questions(snapshot: Snapshot, group: str, most: int = MOST) -> tuple[Citation, ...]:
    """Sentences in which documents of a group ask an open question or name an open issue.

    The newest documents first, and of each what stands under a heading such as "Questioni aperte"
    first. Nothing is said twice; of versions of a document only the newest speaks.

    Args:
        group: its key.
        most: sentences at most.
    """
    chosen: list[Citation] = []
    said: set[str] = set()
    for rows in _newest_documents(snapshot, group):
        new = []
        for is_promised, passage, sentence in _found(snapshot, rows):
            text = sentence.of(passage.text)
            if (key := " ".join(fold(text).split())) not in said:
                said.add(key)
                new.append((is_promised, passage, sentence))
        new.sort(key=lambda one: not one[0])
        for _, passage, sentence in new[:OF_A_DOCUMENT]:
            if len(chosen) == most:
                return tuple(chosen)
            chosen.append(_cited(snapshot, passage, sentence))
    return tuple(chosen)


def _newest_documents(snapshot: Snapshot, group: str) -> Iterator[Rows]:
    """The rows of the passages of each document of the group, the newest first, `LOOKED_AT`
    passages in all."""
    facets = snapshot.facets
    own = facets.groups == group
    own &= ~older(snapshot, own)
    places = np.flatnonzero(own)
    years = np.where(facets.years == NO_YEAR, 0, facets.years)[places]
    left = LOOKED_AT
    for place in places[np.argsort(-years, kind="stable")].tolist():
        first, last = np.searchsorted(facets.documents, (place, place + 1))
        rows = np.arange(first, min(last, first + left), dtype=np.int64)
        left -= len(rows)
        if len(rows):
            yield rows


def _found(snapshot: Snapshot, rows: Rows) -> Iterator[tuple[bool, Passage, Span]]:
    """What the passages of a document leave open, and whether a heading promises it."""
    telling = [
        row
        for row, _, _, text in snapshot.store.texts(rows)
        if "?" in text or may_name_open_issues(text)
    ]
    for row in telling:
        passage, document = snapshot.store.passage(row)
        headings = passage.heading_path
        if any(map(promises_answers, headings)):
            continue
        is_promised = any(map(promises_questions, headings))
        left_open = _unanswered(snapshot, row, passage)
        for number, span in enumerate(passage.sentences):
            text = span.of(passage.text)
            if asks(text):
                read = _without_mark(passage.text, span)
                question = read.of(passage.text)
                is_open = is_promised or left_open[number] or names_open_issue(question)
                if is_open and question not in headings and may_stay_open(question, is_promised):
                    yield is_promised, passage, read
            elif names_open_issue(text):
                whole = whole_sentence(passage.text, span, (document.title, *headings))
                if whole:
                    yield is_promised, passage, whole


def _unanswered(snapshot: Snapshot, row: int, passage: Passage) -> Sequence[bool]:
    """For each sentence whether it is one of several questions in a row that nobody answers."""
    questions = [asks(span.of(passage.text)) for span in passage.sentences]
    found = [False] * len(questions)
    start = 0
    while start < len(questions):
        end = start
        while end < len(questions) and questions[end]:
            end += 1
        length = end - start
        if length >= IN_A_ROW or (length >= ENDING and _ends(snapshot, row, passage, end)):
            found[start:end] = [True] * length
        start = end + 1
    return found


def _ends(snapshot: Snapshot, row: int, passage: Passage, number: int) -> bool:
    """Whether a paragraph ends before the sentence of that number; a passage that was cut inside a
    paragraph goes on in the next."""
    if number < len(passage.sentences):
        gap = passage.text[passage.sentences[number - 1].end : passage.sentences[number].start]
        return "\n\n" in gap
    documents = snapshot.facets.documents
    if row + 1 >= len(documents) or documents[row + 1] != documents[row]:
        return True
    following, _ = snapshot.store.passage(row + 1)
    if following.heading_path != passage.heading_path:
        return True
    return following.span.start - passage.span.end >= len("\n\n")


def _without_mark(text: str, span: Span) -> Span:
    """A question without the mark of its list item."""
    start = span.start
    while start < span.end and not (text[start].isalnum() or text[start] in "«“\"‘'¿("):
        start += 1
    return Span(start, span.end)


def _cited(snapshot: Snapshot, passage: Passage, sentence: Span) -> Citation:
    document = snapshot.store.document(passage.document_id)
    assert document is not None
    page = snapshot.store.page_at(document.id, passage.span.start + sentence.start)
    return Citation(document, passage.id, page, sentence, sentence.of(passage.text))
