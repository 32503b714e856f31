"""What is in an index, without a question: its documents, by the filters of a search."""

from __future__ import annotations

from collections.abc import Iterable

from .datatypes import Document, Query
from .snapshot import Snapshot
from .store import Store


def list_documents(
    snapshot: Snapshot,
    *,
    groups: Iterable[str] = (),
    kinds: Iterable[str] = (),
    first_year: int | None = None,
    last_year: int | None = None,
    languages: Iterable[str] = (),
    organisations: Iterable[str] = (),
) -> list[Document]:
    """The documents that pass the filters, by path.

    Args:
        groups, kinds, first_year, last_year, languages: as in `Query`; a document without a year
            passes no filter by year.
        organisations: names; a document passes that names one of them anywhere.

    Raises:
        QueryError: a filter is wrong, as in `Query`.
    """
    filters = Query(
        "documents",
        groups=frozenset(groups),
        kinds=frozenset(kinds),
        first_year=first_year,
        last_year=last_year,
        languages=frozenset(languages),
        organisations=frozenset(organisations),
    )
    passing = snapshot.facets.documents_allowed(filters)
    kept = [
        document
        for document, passes in zip(snapshot.store.documents(), passing, strict=True)
        if passes
    ]
    return sorted(kept, key=lambda document: document.path)


def neighbours(store: Store, document_id: str, passage_id: str) -> tuple[str | None, str | None]:
    """The ids of the passages before and after a passage of a document; None where it ends.

    Raises:
        KeyError: the document has no such passage.
    """
    ids = store.passage_ids(document_id)
    if passage_id not in ids:
        raise KeyError(passage_id)
    place = ids.index(passage_id)
    before = ids[place - 1] if place else None
    return before, ids[place + 1] if place + 1 < len(ids) else None
