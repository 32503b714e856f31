"""`Run`: what many queries found, and its way out into other programs."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import IO, TYPE_CHECKING, overload

from .bibtex import Bibliography
from .datatypes import Document, Hit, Passage, Query, Results
from .errors import ExportError, QueryError
from .files import encoded, write_file
from .rows import BASE_ADDRESS, COLUMNS, Row, rows_of
from .tables import Sheets, csv_header, csv_text, jsonl_text, trec_text

if TYPE_CHECKING:
    import pandas as pd

Target = str | Path | IO[str] | IO[bytes]
"""A path, whose file is replaced once all is written; or an open file, which stays open."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A query that was not searched, and why.

    Attributes:
        text: as given.
    """

    id: str
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Run(Sequence[Results]):
    """What many queries found, in the order of the queries. A sequence of `Results`.

    Attributes:
        ids: of the queries that were searched, in the order of ``results``.
        failures: the queries that were not; the others are not held up by them. A slice of a run
            keeps them all.
    """

    ids: tuple[str, ...]
    results: tuple[Results, ...]
    failures: tuple[Failure, ...] = ()

    def __len__(self) -> int:
        return len(self.results)

    @overload
    def __getitem__(self, index: int) -> Results: ...
    @overload
    def __getitem__(self, index: slice) -> Run: ...
    def __getitem__(self, index: int | slice) -> Results | Run:
        if isinstance(index, slice):
            return Run(self.ids[index], self.results[index], self.failures)
        return self.results[index]

    def rows(self, base: str = BASE_ADDRESS) -> Iterator[Row]:
        """Every hit as a `Row`, query by query, best first.

        Args:
            base: address of the app, which the links to the pages begin with.
        """
        for id_, results in zip(self.ids, self.results, strict=True):
            yield from rows_of(id_, results, base)

    def to_dataframe(self, base: str = BASE_ADDRESS) -> pd.DataFrame:
        """A row for each hit, a column for each attribute of `Row`; a missing year is ``<NA>``."""
        import pandas as pd  # noqa: PLC0415 - half a second, only who wants one pays

        rows = list(self.rows(base))
        frame = pd.DataFrame(
            {name: [getattr(row, name) for row in rows] for name in COLUMNS}, columns=list(COLUMNS)
        )
        types = {"rank": "int64", "score": "float64", "page": "int64", "year": "Int64"}
        types["probability"] = "float64"
        texts = {name: "str" for name in COLUMNS if name not in types}
        return frame.astype(types | texts)

    def to_csv(self, target: Target, base: str = BASE_ADDRESS, separator: str = ",") -> None:
        """Write the rows as CSV: UTF-8, a header.

        A text that a spreadsheet would take for a formula gets an apostrophe before it; that
        holds where the file is opened with the separator it was written with.

        Args:
            base: address of the app, which the links begin with.
            separator: one of `search.tables.SEPARATORS`; ";" writes what Excel opens by itself
                where numbers have a decimal comma, as in Italy.

        Raises:
            ExportError: ``target`` cannot be written, or there is no such separator.
        """
        records = (csv_text(rows_of(i, r, base), separator) for i, r in self._pairs())
        _write(target, chain((csv_header(separator),), records))

    def to_jsonl(self, target: Target, base: str = BASE_ADDRESS) -> None:
        """Write the rows as JSON Lines, an object for each hit, every text as it is.

        Raises:
            ExportError: ``target`` cannot be written.
        """
        _write(target, (jsonl_text(rows_of(i, r, base)) for i, r in self._pairs()))

    def to_trec(self, target: Target, tag: str = "minit") -> None:
        """Write a run as trec_eval reads it: ``query-id Q0 passage-id rank score tag``.

        Args:
            tag: names the run.

        Raises:
            ExportError: a query id or the tag has a blank in it, or ``target`` cannot be written.
        """
        _write(target, (trec_text(rows_of(i, r), tag) for i, r in self._pairs()))

    def to_xlsx(self, target: str | Path | IO[bytes], base: str = BASE_ADDRESS) -> None:
        """Write the rows as an Excel workbook; text is text, whatever it begins with.

        Raises:
            ExportError: ``target`` cannot be written.
        """
        sheets, file = Sheets(), io.BytesIO()
        sheets.add(self.rows(base))
        sheets.save(file)
        _write(target, (file.getvalue(),))

    def to_bibtex(self, target: Target, base: str = BASE_ADDRESS) -> None:
        """Write a BibTeX entry for each cited document, with the pages that were found.

        Raises:
            ExportError: ``target`` cannot be written.
        """
        cited = Bibliography(base)
        for results in self.results:
            cited.add(results)
        _write(target, (cited.to_text(),))

    def _pairs(self) -> Iterator[tuple[str, Results]]:
        return zip(self.ids, self.results, strict=True)


def _write(target: Target, pieces: Iterable[str | bytes]) -> None:
    if isinstance(target, str | Path):
        write_file(Path(target), pieces)
        return
    is_text = isinstance(target, io.TextIOBase)
    try:
        for piece in pieces:
            target.write(piece if is_text else encoded(piece))  # type: ignore[arg-type]
    except OSError as error:
        raise ExportError(f"the results cannot be written ({error})") from None


class HitPool:
    """Keeps what hits have in common once: many queries find the same passages."""

    def __init__(self) -> None:
        self._documents: dict[str, Document] = {}
        self._passages: dict[str, Passage] = {}

    def shared(self, results: Results) -> Results:
        """Equal results, whose passages and documents are those of earlier ones where equal."""
        return replace(results, hits=tuple(map(self._hit, results.hits)))

    def _hit(self, hit: Hit) -> Hit:
        passage = self._passages.setdefault(hit.passage.id, hit.passage)
        sentence = next((s for s in passage.sentences if s == hit.sentence), hit.sentence)
        return replace(
            hit,
            passage=passage,
            document=self._document(hit.document),
            sentence=sentence,
            others=tuple(replace(o, document=self._document(o.document)) for o in hit.others),
            newest=hit.newest and self._document(hit.newest),
        )

    def _document(self, document: Document) -> Document:
        return self._documents.setdefault(document.id, document)


def as_queries(
    queries: Iterable[Query | str] | Mapping[str, Query | str], like: Query
) -> tuple[dict[str, Query], tuple[Failure, ...]]:
    """What can be searched of ``queries``, by id, and what cannot.

    A text is searched as it stands: quotes and signs in it are not read. Phrases, required and
    excluded words are given by a `Query`; `search.syntax` makes one of a typed line.

    Args:
        queries: in order, then their ids are "1", "2" ...; or by id.
        like: what is not said by a text: number of hits and filters.

    Raises:
        QueryError: ``queries`` is a single query.
    """
    if isinstance(queries, str | Query):
        raise QueryError("search_many takes several queries: put this one in a list")
    if not isinstance(queries, Mapping):
        queries = {str(number): query for number, query in enumerate(queries, start=1)}
    asked: dict[str, Query] = {}
    failures = []
    for key, query in queries.items():
        id_ = str(key)
        try:
            if id_ in asked:  # 1 and "1" are two keys and one id
                raise QueryError(f"the id {id_!r} was given to an earlier query: give another")
            asked[id_] = query if isinstance(query, Query) else _as_query(query, like)
        except QueryError as error:
            failures.append(Failure(id_, str(query), str(error)))
    return asked, tuple(failures)


def _as_query(text: object, like: Query) -> Query:
    # A table read by pandas has NaN where a cell is empty.
    if not isinstance(text, str):
        raise QueryError(f"the query is {text!r}, which is no text: give a text or a Query")
    return replace(like, text=text)
