"""What there is without a question: all case histories, and who is named most."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ..datatypes import Query
from ..organisations import Organisation, OrganisationKind
from ..snapshot import Snapshot
from .case_filter import CaseFilter, passing
from .cases import CaseCard, Cases
from .citation import Citation
from .passage_reader import Reader

if TYPE_CHECKING:
    import pandas as pd

NAMED = 40
"""Organisations in a list of those that are named most."""
EVERYWHERE, LEAST_DOCUMENTS = 0.5, 20
"""Who is named in more than this share of a corpus of so many documents, as whoever publishes them
all is, says little about any: it comes last."""


@dataclass(frozen=True, slots=True)
class NamedOrganisation:
    """An organisation, and how much it is spoken of.

    Attributes:
        documents, passages: how many name it, of those looked at.
        citation: the first sentence that names it.
        groups: keys of the groups whose documents name it, the most documents first.
    """

    organisation: Organisation
    documents: int
    passages: int
    citation: Citation
    groups: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MostNamed:
    """The organisations that most documents name, those first."""

    organisations: tuple[NamedOrganisation, ...]

    def to_dataframe(self) -> pd.DataFrame:
        """A row for each organisation."""
        import pandas as pd  # noqa: PLC0415 - half a second, only who wants one pays

        columns = ("organisation", "key", "kind", "documents", "passages", "passage_id", "sentence")
        rows = [
            (
                one.organisation.name,
                one.organisation.key,
                str(one.organisation.kind),
                one.documents,
                one.passages,
                one.citation.passage_id,
                one.citation.text,
            )
            for one in self.organisations
        ]
        return pd.DataFrame(rows, columns=list(columns))


def list_cases(
    snapshot: Snapshot, keep: CaseFilter | None = None, within: Query | None = None
) -> Cases:
    """All case histories, the newest first; each has the score 0.

    Args:
        keep: which cases; None keeps all.
        within: only its filters hold; None for all cases.
    """
    documents = {document.id: document for document in snapshot.store.documents()}
    rows = np.flatnonzero(passing(snapshot, snapshot.cases, within, keep))
    kept = [snapshot.cases.cases[row] for row in rows.tolist()]
    kept.sort(key=lambda case: -(case.year_number or 0))
    return Cases(
        tuple(
            CaseCard(rank, 0.0, case, documents[case.document_id])
            for rank, case in enumerate(kept, start=1)
        )
    )


def cards_of(snapshot: Snapshot, ids: Iterable[str]) -> tuple[CaseCard, ...]:
    """The cards of some cases, in that order and each once; of those ids that there are."""
    cases = {case.id: case for case in snapshot.cases.cases}
    found = [cases[one] for one in dict.fromkeys(ids) if one in cases]
    cards = []
    for rank, case in enumerate(found, start=1):
        document = snapshot.store.document(case.document_id)
        assert document is not None  # the cases are of this snapshot
        cards.append(CaseCard(rank, 0.0, case, document))
    return tuple(cards)


def most_named(
    snapshot: Snapshot,
    within: Query | None = None,
    most: int = NAMED,
    kinds: Collection[OrganisationKind] = (),
) -> MostNamed:
    """The organisations that most documents name in their text; last, who is `EVERYWHERE`.

    Args:
        within: only its filters hold; None for all documents.
        most: so many at most.
        kinds: of organisations; none for all.
    """
    mentions = _mentions(snapshot, within)
    if not len(mentions):
        return MostNamed(())
    size = len(snapshot.organisations.organisations)
    of_document = snapshot.facets.documents[mentions[:, 1]]
    pairs = np.unique(np.stack((mentions[:, 0], of_document), axis=1), axis=0)
    documents = np.bincount(pairs[:, 0], minlength=size)
    if kinds:
        found = snapshot.organisations.organisations
        documents[[one.kind not in kinds for one in found]] = 0
    passages = np.bincount(np.unique(mentions[:, :2], axis=0)[:, 0], minlength=size)
    of = len(np.unique(of_document))
    is_everywhere = (documents > EVERYWHERE * of) & (of >= LEAST_DOCUMENTS)
    order = np.lexsort((np.arange(size), -passages, -documents, is_everywhere))[:most]
    rows, first = np.unique(mentions[:, 0], return_index=True)
    place = dict(zip(rows.tolist(), mentions[first, 1:].tolist(), strict=True))
    reader = Reader(snapshot, {})
    return MostNamed(
        tuple(
            NamedOrganisation(
                snapshot.organisations.organisations[row],
                int(documents[row]),
                int(passages[row]),
                reader.cited(*place[row]),
                _groups(snapshot, pairs[pairs[:, 0] == row, 1]),
            )
            for row in order.tolist()
            if documents[row]
        )
    )


def _groups(snapshot: Snapshot, documents: NDArray[np.int64]) -> tuple[str, ...]:
    counts = Counter(str(group) for group in snapshot.facets.groups[documents])
    return tuple(group for group, _ in counts.most_common() if group)


def _mentions(snapshot: Snapshot, within: Query | None) -> NDArray[np.int64]:
    """``int64[m, 4]``, as `OrganisationIndex.mentions`: those inside a text that passes, once for
    a passage and its older versions."""
    mentions = snapshot.organisations.mentions
    mentions = mentions[mentions[:, 2] >= 0]
    allowed = None if within is None else snapshot.facets.allowed(within)
    if allowed is not None:
        mentions = mentions[allowed[mentions[:, 1]]]
    older = snapshot.store.counterparts
    return mentions[~np.isin(mentions[:, 1], older[:, 0])] if len(older) else mentions
