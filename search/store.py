"""Text and metadata of a snapshot, in SQLite. Written once, then opened read-only.

Passages are numbered from 0 in the order they are written; that row is also their place in the
FAISS index and in the lexical index. Sentences are numbered alike.
"""

from __future__ import annotations

import json
import sqlite3
import threading
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from functools import cached_property
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from .datatypes import (
    CaseCorrection,
    Content,
    Document,
    Heading,
    OlderVersion,
    Page,
    Passage,
    Span,
    Unreadable,
    Versions,
)

_SCHEMA = """
CREATE TABLE document (
    row INTEGER PRIMARY KEY, id TEXT UNIQUE NOT NULL, path TEXT NOT NULL, sha256 TEXT NOT NULL,
    source_key TEXT NOT NULL, media_type TEXT NOT NULL, title TEXT NOT NULL,
    group_key TEXT NOT NULL, kind TEXT NOT NULL, year INTEGER, language TEXT NOT NULL,
    page_count INTEGER NOT NULL, author TEXT NOT NULL, locations TEXT NOT NULL,
    corrections TEXT NOT NULL
) STRICT;
CREATE TABLE version (
    older INTEGER PRIMARY KEY REFERENCES document, newer INTEGER NOT NULL REFERENCES document,
    shared REAL NOT NULL
) STRICT;
CREATE TABLE signature (
    document INTEGER PRIMARY KEY REFERENCES document, value BLOB NOT NULL
) STRICT;
CREATE TABLE unreadable (
    path TEXT PRIMARY KEY, source_key TEXT NOT NULL, reason TEXT NOT NULL
) STRICT;
CREATE TABLE page (
    document INTEGER NOT NULL REFERENCES document, number INTEGER NOT NULL, label TEXT NOT NULL,
    width REAL NOT NULL, height REAL NOT NULL, start INTEGER NOT NULL, text TEXT NOT NULL,
    boxes BLOB NOT NULL, PRIMARY KEY (document, number)
) STRICT, WITHOUT ROWID;
CREATE TABLE heading (
    document INTEGER NOT NULL REFERENCES document, position INTEGER NOT NULL,
    level INTEGER NOT NULL, title TEXT NOT NULL, page INTEGER NOT NULL, start INTEGER NOT NULL,
    PRIMARY KEY (document, position)
) STRICT, WITHOUT ROWID;
CREATE TABLE passage (
    row INTEGER PRIMARY KEY, id TEXT UNIQUE NOT NULL,
    document INTEGER NOT NULL REFERENCES document, heading_path TEXT NOT NULL,
    first_page INTEGER NOT NULL, last_page INTEGER NOT NULL, start INTEGER NOT NULL,
    end INTEGER NOT NULL, text TEXT NOT NULL, first_sentence INTEGER NOT NULL,
    input_key BLOB NOT NULL
) STRICT;
CREATE INDEX passage_of_document ON passage (document);
CREATE TABLE sentence (
    row INTEGER PRIMARY KEY, passage INTEGER NOT NULL REFERENCES passage,
    start INTEGER NOT NULL, end INTEGER NOT NULL, input_key BLOB NOT NULL
) STRICT;
CREATE INDEX sentence_of_passage ON sentence (passage);
CREATE TABLE counterpart (
    older INTEGER PRIMARY KEY REFERENCES passage, newer INTEGER NOT NULL REFERENCES passage
) STRICT;
"""

_DOCUMENT_COLUMNS = (
    "document.id, document.path, sha256, source_key, media_type, document.title, group_key, "
    "kind, year, language, page_count, author, locations, corrections"
)
_BLOCK = 4096  # passages read at once
_DOCUMENT_WIDTH = _DOCUMENT_COLUMNS.count(",") + 1


class StoreWriter:
    """Fills a new store; `Store` can read it after `close`."""

    def __init__(self, path: Path) -> None:
        self._db = sqlite3.connect(path, isolation_level=None)
        self._db.executescript(_SCHEMA)
        # The folder is thrown away if the run is killed: no need for a journal.
        self._db.execute("PRAGMA journal_mode = OFF")
        self._db.execute("PRAGMA synchronous = OFF")
        self._db.execute("BEGIN")
        self.documents = self.pages = self.passages = self.sentences = 0

    def add(
        self,
        document: Document,
        content: Content,
        passages: Sequence[tuple[Passage, bytes, Sequence[bytes]]],
    ) -> None:
        """Add a document with its passages.

        Args:
            passages: each with the key of what is encoded for it, and for each of its sentences.
        """
        row = self.documents
        self._db.execute(
            "INSERT INTO document VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
            (row, document.id, document.path, document.sha256, document.source_key,
             document.media_type, document.title, document.group, document.kind, document.year,
             document.language, document.page_count, document.author,
             json.dumps(document.locations),
             msgspec.json.encode(document.corrections).decode()),
        )  # fmt: skip
        self._db.executemany(
            "INSERT INTO page VALUES (?,?,?,?,?,?,?,?)",
            (
                (row, p.number, p.label, p.width, p.height, start, p.text, zlib.compress(p.boxes))
                for p, start in zip(content.pages, content.page_starts(), strict=True)
            ),
        )
        self._db.executemany(
            "INSERT INTO heading VALUES (?,?,?,?,?,?)",
            (
                (row, position, h.level, h.title, h.page, h.start)
                for position, h in enumerate(content.headings)
            ),
        )
        for passage, key, sentence_keys in passages:
            self._db.execute(
                "INSERT INTO passage VALUES (?,?,?,?,?,?,?,?,?,?,?)",
                (self.passages, passage.id, row, json.dumps(passage.heading_path),
                 passage.first_page, passage.last_page, passage.span.start, passage.span.end,
                 passage.text, self.sentences, key),
            )  # fmt: skip
            self._db.executemany(
                "INSERT INTO sentence VALUES (?,?,?,?,?)",
                (
                    (self.sentences + i, self.passages, span.start, span.end, sentence_key)
                    for i, (span, sentence_key) in enumerate(
                        zip(passage.sentences, sentence_keys, strict=True)
                    )
                ),
            )
            self.passages += 1
            self.sentences += len(passage.sentences)
        self.documents += 1
        self.pages += len(content.pages)

    def add_unreadable(self, file: Unreadable) -> None:
        """Remember a file that is not in the index."""
        row = (file.path, file.source_key, file.reason)
        self._db.execute("INSERT INTO unreadable VALUES (?,?,?)", row)

    def add_versions(self, versions: Versions) -> None:
        """Add which documents are versions of one another. All of them have been added."""
        row_of = dict(self._db.execute("SELECT id, row FROM document"))
        self._db.executemany(
            "INSERT INTO version VALUES (?,?,?)",
            ((row_of[v.older], row_of[v.newer], v.shared) for v in versions.older),
        )
        self._db.executemany(
            "INSERT INTO signature VALUES (?,?)",
            ((row_of[id_], value) for id_, value in versions.signatures.items()),
        )

    def passage_texts(self, document_id: str) -> list[tuple[int, str]]:
        """Row and text of each passage of a document that has been added."""
        return self._db.execute(
            "SELECT passage.row, text FROM passage JOIN document ON document.row = document "
            "WHERE document.id = ? ORDER BY passage.row",
            (document_id,),
        ).fetchall()

    def add_counterparts(self, rows: Mapping[int, int]) -> None:
        """Add which passage of an older version says the same as which of the newest."""
        self._db.executemany("INSERT INTO counterpart VALUES (?,?)", rows.items())

    def close(self) -> None:
        """Write everything out and close the file."""
        self._db.execute("COMMIT")
        self._db.close()


class Store:
    """Reads what `StoreWriter` wrote. Can be used from several threads.

    One connection is opened once and kept, so that a store whose file is deleted while it is in
    use goes on answering.
    """

    def __init__(self, path: Path) -> None:
        uri = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
        self._db = sqlite3.connect(uri, uri=True, check_same_thread=False)
        self._lock = threading.Lock()

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def _rows(self, sql: str, *parameters: object) -> list[tuple[Any, ...]]:
        with self._lock, closing(self._db.execute(sql, parameters)) as cursor:
            return cursor.fetchall()

    def documents(self) -> tuple[Document, ...]:
        """All documents, in the order they were written."""
        rows = self._rows(f"SELECT {_DOCUMENT_COLUMNS} FROM document ORDER BY row")
        return tuple(_document(row) for row in rows)

    def document(self, document_id: str) -> Document | None:
        """The document of that id; None where there is none."""
        rows = self._rows(f"SELECT {_DOCUMENT_COLUMNS} FROM document WHERE id = ?", document_id)
        return _document(rows[0]) if rows else None

    def versions(self) -> tuple[OlderVersion, ...]:
        """Which documents are older versions of which, in the order the documents were written."""
        rows = self._rows(
            "SELECT old.id, new.id, shared FROM version JOIN document AS old ON old.row = older "
            "JOIN document AS new ON new.row = newer ORDER BY older"
        )
        return tuple(OlderVersion(*row) for row in rows)

    def newest_version(self, document_id: str) -> Document | None:
        """The newest version of an older one; None for a document that is itself the newest."""
        rows = self._rows(
            "WITH RECURSIVE chain (row, step) AS ("
            "SELECT newer, 1 FROM version JOIN document ON document.row = older WHERE id = ? "
            "UNION ALL SELECT newer, step + 1 FROM version JOIN chain ON chain.row = older) "
            f"SELECT {_DOCUMENT_COLUMNS} FROM chain JOIN document USING (row) "
            "ORDER BY step DESC LIMIT 1",
            document_id,
        )
        return _document(rows[0]) if rows else None

    def signature(self, document_id: str) -> bytes | None:
        """What a document is compared by with others; None where it has none."""
        rows = self._rows(
            "SELECT value FROM signature JOIN document ON row = document WHERE id = ?", document_id
        )
        return rows[0][0] if rows else None

    @cached_property
    def counterparts(self) -> NDArray[np.int64]:
        """``int64[n, 2]``: the row of a passage of an older version, and of one in a newer
        version that says the same and has itself no counterpart."""
        rows = self._rows("SELECT older, newer FROM counterpart ORDER BY older")
        return np.array(rows, dtype=np.int64).reshape(-1, 2)

    def unreadable(self) -> tuple[Unreadable, ...]:
        """The files that are not in the index, by path."""
        rows = self._rows("SELECT path, source_key, reason FROM unreadable ORDER BY path")
        return tuple(Unreadable(*row) for row in rows)

    def content(self, document_id: str) -> Content:
        """The pages and headings of one document; empty for an unknown id."""
        pages = self._rows(
            "SELECT number, page.text, label, width, height, boxes FROM page "
            "JOIN document ON document.row = page.document WHERE document.id = ? ORDER BY number",
            document_id,
        )
        return Content(
            tuple(
                Page(number, text, label, width, height, zlib.decompress(boxes))
                for number, text, label, width, height, boxes in pages
            ),
            self.headings(document_id),
        )

    def page(self, document_id: str, number: int) -> tuple[Page, int] | None:
        """One page of a document, and its offset in `Content.text`; None where there is none."""
        rows = self._rows(
            "SELECT number, page.text, label, width, height, boxes, start FROM page "
            "JOIN document ON document.row = page.document "
            "WHERE document.id = ? AND number = ?",
            document_id,
            number,
        )
        if not rows:
            return None
        number, text, label, width, height, boxes, start = rows[0]
        return Page(number, text, label, width, height, zlib.decompress(boxes)), start

    def pages_without_text(self, document_id: str) -> list[int]:
        """Numbers of the pages of a document that were read as no text."""
        rows = self._rows(
            "SELECT number FROM page JOIN document ON document.row = page.document "
            "WHERE document.id = ? AND text = '' ORDER BY number",
            document_id,
        )
        return [number for (number,) in rows]

    def headings(self, document_id: str) -> tuple[Heading, ...]:
        """The headings of one document; empty for an unknown id."""
        rows = self._rows(
            "SELECT level, heading.title, page, start FROM heading "
            "JOIN document ON document.row = heading.document WHERE document.id = ? "
            "ORDER BY position",
            document_id,
        )
        return tuple(Heading(*row) for row in rows)

    def passage(self, row: int) -> tuple[Passage, Document]:
        """The passage in ``row``, with its document.

        Raises:
            KeyError: there is no such row.
        """
        found = self._rows(
            f"SELECT {_DOCUMENT_COLUMNS}, passage.id, heading_path, first_page, last_page, start, "
            "end, text FROM passage JOIN document ON document.row = passage.document "
            "WHERE passage.row = ?",
            row,
        )
        if not found:
            raise KeyError(row)
        document = _document(found[0][:_DOCUMENT_WIDTH])
        id_, heading_path, first_page, last_page, start, end, text = found[0][_DOCUMENT_WIDTH:]
        sentences = self._rows(
            "SELECT start, end FROM sentence WHERE passage = ? ORDER BY row", row
        )
        passage = Passage(
            id=id_,
            document_id=document.id,
            heading_path=tuple(json.loads(heading_path)),
            first_page=first_page,
            last_page=last_page,
            span=Span(start, end),
            text=text,
            sentences=tuple(Span(*span) for span in sentences),
        )
        return passage, document

    def passage_row(self, passage_id: str) -> int | None:
        """The row of the passage of that id; None where there is none."""
        rows = self._rows("SELECT row FROM passage WHERE id = ?", passage_id)
        return int(rows[0][0]) if rows else None

    def passage_ids(self, document_id: str) -> list[str]:
        """The ids of a document's passages, in reading order; empty for an unknown id."""
        rows = self._rows(
            "SELECT passage.id FROM passage JOIN document ON document.row = document "
            "WHERE document.id = ? ORDER BY passage.row",
            document_id,
        )
        return [row[0] for row in rows]

    def page_at(self, document_id: str, offset: int) -> int:
        """Number of the page on which the character at ``offset`` of the content stands."""
        found = self._rows(
            "SELECT number FROM page JOIN document ON document.row = page.document "
            "WHERE document.id = ? AND start <= ? ORDER BY start DESC LIMIT 1",
            document_id,
            offset,
        )
        return int(found[0][0])

    def plain_texts(self) -> Iterator[str]:
        """The text of each passage, in row order; a thousand are read at a time."""
        (count,) = self._rows("SELECT count(*) FROM passage")[0]
        for start in range(0, count, 1000):
            block = "SELECT text FROM passage WHERE row >= ? AND row < ? ORDER BY row"
            yield from (text for (text,) in self._rows(block, start, start + 1000))

    def all_headings(self) -> list[tuple[int, str]]:
        """Every heading: the place of its document in `documents`, and its text."""
        return self._rows("SELECT document, title FROM heading ORDER BY document, position")

    @cached_property
    def document_rows(self) -> NDArray[np.int64]:
        """``int64[p]``: for each passage the place of its document in `documents`."""
        rows = self._rows("SELECT document FROM passage ORDER BY row")
        return np.array([row for (row,) in rows], dtype=np.int64)

    def facet_rows(self) -> list[tuple[str, str, int | None, str, str]]:
        """(group, kind, year, language, author) of each document, in the order of `documents`."""
        return self._rows(
            "SELECT group_key, kind, year, language, author FROM document ORDER BY row"
        )

    def texts(self, rows: NDArray[np.int64]) -> Iterator[tuple[int, str, list[str], str]]:
        """Row, title of the document, headings and text of passages, by row."""
        for start in range(0, len(rows), _BLOCK):
            for row, title, headings, text in self._rows(
                "SELECT passage.row, document.title, heading_path, text "
                "FROM json_each(?) AS wanted JOIN passage ON passage.row = wanted.value "
                "JOIN document ON document.row = passage.document ORDER BY passage.row",
                json.dumps(rows[start : start + _BLOCK].tolist()),
            ):
                yield row, title, json.loads(headings), text

    def sentence_starts(self) -> NDArray[np.int64]:
        """``int64[p + 1]``: the first sentence row of each passage, then how many there are."""
        starts = self._rows("SELECT first_sentence FROM passage ORDER BY row")
        total = self._rows("SELECT count(*) FROM sentence")
        return np.array([*(row[0] for row in starts), total[0][0]], dtype=np.int64)

    def sentence_texts(self) -> list[tuple[int, str]]:
        """The document of each sentence and its text, in row order; the document is its place in
        `documents`, and for an older version that of the newest."""
        newer = dict(self._rows("SELECT older, newer FROM version"))

        def newest(document: int) -> int:
            chain = {document}
            while (document := newer.get(document, document)) not in chain:
                chain.add(document)
            return document

        rows = self._rows(
            'SELECT document, substr(text, sentence.start + 1, sentence."end" - sentence.start) '
            "FROM sentence JOIN passage ON passage.row = passage ORDER BY sentence.row"
        )
        return [(newest(document), text) for document, text in rows]

    def documents_with_empty_pages(self) -> set[str]:
        """The ids of the documents of which some page has no text."""
        rows = self._rows(
            "SELECT DISTINCT document.id FROM page JOIN document ON document.row = page.document "
            "WHERE text = ''"
        )
        return {id_ for (id_,) in rows}

    def passage_counts(self) -> dict[str, int]:
        """How many passages each document has, by its path; one without any is not named."""
        return dict(
            self._rows(
                "SELECT path, count(*) FROM passage "
                "JOIN document ON document.row = passage.document GROUP BY path"
            )
        )

    def passage_keys(self) -> list[bytes]:
        """The key of what was encoded for each passage, in row order."""
        return [row[0] for row in self._rows("SELECT input_key FROM passage ORDER BY row")]

    def sentence_keys(self) -> list[bytes]:
        """The key of what was encoded for each sentence, in row order."""
        return [row[0] for row in self._rows("SELECT input_key FROM sentence ORDER BY row")]

    def passages(self) -> Iterator[tuple[Passage, Document]]:
        """All passages with their documents, in row order, one at a time."""
        (count,) = self._rows("SELECT count(*) FROM passage")[0]
        for row in range(count):
            yield self.passage(row)


def _document(row: Sequence[Any]) -> Document:
    locations = tuple(json.loads(row[-2]))
    corrections = msgspec.json.decode(row[-1], type=tuple[CaseCorrection, ...])
    return Document(*(*row[:-2], locations, corrections))
