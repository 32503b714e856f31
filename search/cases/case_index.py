"""The case histories of a corpus. Made when the index is made."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path, PurePosixPath

import msgspec
import numpy as np
from numpy.typing import NDArray

from ..datatypes import Document, Passage
from ..encoder import Encoder
from ..organisations import OrganisationIndex, OrganisationKind
from ..store import Store
from .case import CaseHistory, Evidence
from .citing import evidence
from .corrections import corrected
from .encoded_once import encoded_once
from .finding import find_cases, may_tell
from .headings import roles_by_order, roles_of_headings
from .naming import Name, names_in
from .source import Source
from .told import Statement, in_sections, tell
from .vocabulary import Role, Vocabulary, plain, vocabulary

Floats = NDArray[np.float32]
Rows = NDArray[np.int64]

_CASES, _SENTENCES, _OWNERS = "cases.json", "sentences.npy", "owners.npy"
_LONGEST_HEADING = 120
_WIDEST_SECTION = 0.6
"""A heading over a larger share of a document is its title, or its only one, and gives no role."""
_SHORTEST_SECTION = 2
"""Statements of a section that its place alone gives a role."""
_TELL = frozenset((OrganisationKind.IMPRESA, OrganisationKind.CONSORZIO))
_EVERYWHERE_SHARE, _EVERYWHERE_LEAST = 0.25, 4

FIELDS = ("challenge", "solution", "results", "technologies", "partners", "organisation", "sector")
"""Fields whose sentences `CaseIndex.sentences` knows, by their number there."""


class CaseIndex:
    """The case histories of a corpus, and which sentences tell which field of which.

    Attributes:
        cases: in the order of their documents; every row is an index into it.
        sentences: ``int64[n, 4]``, sorted by case: case row, field (its place in `FIELDS`),
            sentence row and passage row in the snapshot.
        owners: ``int64[c]``, for each case the place of its document in `Store.documents`.
    """

    def __init__(self, cases: tuple[CaseHistory, ...], sentences: Rows, owners: Rows) -> None:
        self.cases = cases
        self.sentences = sentences
        self.owners = owners

    @classmethod
    def build(
        cls, store: Store, vectors: Floats, encoder: Encoder, organisations: OrganisationIndex
    ) -> CaseIndex:
        """Read the cases in all documents that ``store`` holds.

        Args:
            vectors: ``float32[s, d]``, of the sentences.
            encoder: that made them; encodes the prototypes, and nothing where no document tells a
                case.
        """
        words = vocabulary()
        sources = read_sources(store, vectors, encoder, organisations)
        if not sources:
            return cls((), np.empty((0, 4), np.int64), np.empty(0, np.int64))
        prototypes = encoded_once(encoder, tuple(sentence for _, sentence in words.prototypes))
        everywhere = everywhere_in(sources)
        cases: list[CaseHistory] = []
        rows: list[tuple[int, int, int]] = []
        for source in sources:
            found = find_cases(source, prototypes, words, everywhere)
            for case in corrected(source.document, found, partial(_find, source)):
                rows += [(len(cases), field, row) for field, row in _sentences(case, source)]
                cases.append(case)
        told = np.array(rows, dtype=np.int64).reshape(-1, 3)
        passages = np.searchsorted(store.sentence_starts(), told[:, 2], side="right") - 1
        place = {document.id: row for row, document in enumerate(store.documents())}
        owners = np.array([place[case.document_id] for case in cases], dtype=np.int64)
        return cls(tuple(cases), np.column_stack((told, passages)), owners)

    @classmethod
    def load(cls, folder: Path) -> CaseIndex:
        """Read what `save` wrote."""
        data = (folder / _CASES).read_bytes()
        cases = msgspec.json.decode(data, type=tuple[CaseHistory, ...])
        sentences, owners = (
            np.load(folder / name, allow_pickle=False) for name in (_SENTENCES, _OWNERS)
        )
        return cls(cases, sentences, owners)

    def save(self, folder: Path) -> None:
        """Write the cases as JSON and the arrays as .npy into ``folder``."""
        folder.mkdir(parents=True)
        (folder / _CASES).write_bytes(msgspec.json.encode(self.cases))
        np.save(folder / _SENTENCES, self.sentences, allow_pickle=False)
        np.save(folder / _OWNERS, self.owners, allow_pickle=False)

    def of_document(self, document_id: str) -> tuple[CaseHistory, ...]:
        """The cases that a document tells."""
        return tuple(case for case in self.cases if case.document_id == document_id)


def read_sources(
    store: Store, vectors: Floats, encoder: Encoder, organisations: OrganisationIndex
) -> list[Source]:
    """The documents that may tell a case, with all that `read_case` asks of them.

    Arguments as in `CaseIndex.build`.
    """
    words = vocabulary()
    sources = list(_Candidates(store, vectors, organisations, words).sources())
    headings = (h for source in sources for s in source.statements for h in s.headings)
    roles = roles_of_headings(headings, words, encoder)
    return [
        replace(source, statements=_with_sections(source.statements, roles)) for source in sources
    ]


def _with_sections(
    statements: Sequence[Statement], roles: Mapping[str, Role]
) -> tuple[Statement, ...]:
    """``statements``, each with the role that its headings, or their order, give it."""
    above = Counter(heading for s in statements for heading in s.headings)
    wide = {h for h, count in above.items() if count > _WIDEST_SECTION * len(statements)}
    roles = {heading: role for heading, role in roles.items() if heading not in wide}
    told = Counter(s.headings[-1] for s in statements if s.headings)
    headings = [h for h in dict.fromkeys(told) if told[h] >= _SHORTEST_SECTION or h in roles]
    return in_sections(statements, {**roles, **roles_by_order(headings, roles)})


class _Candidates:
    """The documents that may tell a case, with all that reading it needs."""

    def __init__(
        self, store: Store, vectors: Floats, organisations: OrganisationIndex, words: Vocabulary
    ) -> None:
        self._store = store
        self._vectors = vectors
        self._organisations = organisations
        self._words = words
        self._starts = store.sentence_starts()

    def sources(self) -> Iterator[Source]:
        for document, passages in self._documents():
            statements = tell(document, passages, self._words)
            named = self._named_headings(statements)
            tells = document.corrections or named or may_tell(document, statements)
            if not statements or not tells:
                continue
            row_of = {passage.id: row for passage, row in self._rows(passages)}
            likely = frozenset(
                plain(f"{document.title} {PurePosixPath(document.path).stem}").split()
            )
            names = {
                s.row: names_in(s.text, self._known(s, row_of[s.passage.id]), likely=likely)
                for s in statements
            }
            yield Source(
                document=document,
                statements=statements,
                names=names,
                vectors=np.asarray(self._vectors[[s.row for s in statements]]),
                title_names=self._in_title(document.title),
                page_at=partial(self._store.page_at, document.id),
                named_headings=named,
            )

    def _named_headings(self, statements: Sequence[Statement]) -> tuple[tuple[str, str], ...]:
        """The innermost headings that name one company or consortium, and its name."""
        headings = dict.fromkeys(s.headings[-1] for s in statements if s.headings)
        found = []
        for heading in headings:
            if len(heading) > _LONGEST_HEADING:
                continue
            owners = self._organisations.find(heading).tolist()
            owner = self._organisations.organisations[owners[0]] if len(owners) == 1 else None
            if owner is not None and owner.kind in _TELL:
                found.append((heading, owner.name))
        return tuple(found)

    def _documents(self) -> Iterator[tuple[Document, list[tuple[Passage, int]]]]:
        """Each document with its passages, and the row of the first sentence of each."""
        last: Document | None = None
        passages: list[tuple[Passage, int]] = []
        for row, (passage, document) in enumerate(self._store.passages()):
            if last is not None and document.id != last.id:
                yield last, passages
                passages = []
            last = document
            passages.append((passage, int(self._starts[row])))
        if last is not None:
            yield last, passages

    def _rows(self, passages: Sequence[tuple[Passage, int]]) -> Iterator[tuple[Passage, int]]:
        for passage, first in passages:
            yield passage, int(np.searchsorted(self._starts, first))

    def _known(
        self, statement: Statement, row: int
    ) -> list[tuple[int, int, str, OrganisationKind]]:
        mentions = self._organisations.mentions
        first, last = np.searchsorted(mentions[:, 1], [row, row + 1])
        offset = statement.span.start - statement.passage.span.start
        length = len(statement.text)
        return [
            (start - offset, end - offset, one.name, one.kind)
            for owner, _, start, end in mentions[first:last].tolist()
            for one in (self._organisations.organisations[owner],)
            if offset <= start and end <= offset + length
        ]

    def _in_title(self, title: str) -> tuple[Name, ...]:
        rows = self._organisations.find(title).tolist()
        known = []
        for row in rows:
            one = self._organisations.organisations[row]
            for name in one.names:
                start = title.find(name)
                if start >= 0:
                    known.append((start, start + len(name), name, one.kind))
                    break
        return names_in(title, known, title=True)


def _find(source: Source, value: str) -> Evidence | None:
    words = plain(value)
    holding = (s for s in source.statements if words.strip() and words in plain(s.text))
    statement = next(holding, None)
    return evidence([statement], source.page_at) if statement is not None else None


def everywhere_in(sources: Sequence[Source]) -> frozenset[str]:
    """Keys of names that stand in many of the documents: the publisher's, the working groups'.

    A name in a document's title is what it is about, however many there are about it.
    """
    counts: Counter[str] = Counter()
    for source in sources:
        in_title = {name.key for name in source.title_names}
        named = {name.key for names in source.names.values() for name in names}
        counts.update(named - in_title)
    enough = max(_EVERYWHERE_LEAST, _EVERYWHERE_SHARE * len(sources))
    return frozenset(key for key, count in counts.items() if count >= enough)


def _sentences(case: CaseHistory, source: Source) -> Iterator[tuple[int, int]]:
    """Field number and sentence row of each piece of evidence."""
    row_of = {(s.passage.id, s.span.start): s.row for s in source.statements}
    found: defaultdict[int, list[Evidence]] = defaultdict(list)
    for number, field in enumerate(FIELDS):
        value = getattr(case, field)
        values = value if isinstance(value, tuple) else (value,) if value else ()
        found[number] += [item.evidence for item in values if item.evidence]
    for number, proofs in found.items():
        for row in dict.fromkeys(row_of[proof.passage_id, proof.span.start] for proof in proofs):
            yield number, row
