"""Who does what, who works with whom, who could: as plain values."""

from __future__ import annotations

from ..answers.listed import MostNamed
from ..answers.partner_tables import Involved, Network, Partners, PotentialPartners
from ..organisations import Organisation
from ..store import Store
from .quoting import Cite, Record, number, quote_of, quote_record
from .sureness import sureness_of


def partners_record(found: Partners, cite: Cite = quote_record) -> Record:
    """Who works on a subject, the most relevant first."""
    return {
        "subject": found.subject,
        **sureness_of(found),
        "involved": [_involved_record(one, cite) for one in found.involved],
    }


def named_record(found: MostNamed, cite: Cite = quote_record) -> list[Record]:
    """Who is named most."""
    return [
        {
            "organisation": organisation_record(one.organisation),
            "documents": one.documents,
            "passages": one.passages,
            "citation": cite(quote_of(one.citation)),
        }
        for one in found.organisations
    ]


def network_record(found: Network, store: Store) -> Record:
    """Who works with whom; each document that joins two is told once, in ``documents``."""
    joining = {id_ for edge in found.edges for id_ in edge.documents}
    return {
        "nodes": [
            {
                "organisation": organisation_record(node.organisation),
                "documents": node.documents,
                "edges": node.edges,
            }
            for node in found.nodes
        ],
        "edges": [
            {
                "first": edge.first,
                "second": edge.second,
                "weight": number(edge.weight),
                "documents": list(edge.documents),
                "cases": edge.cases,
            }
            for edge in found.edges
        ],
        "documents": [
            {"document_id": one.id, "path": one.path, "title": one.title, "year": one.year}
            for one in store.documents()
            if one.id in joining
        ],
    }


def potential_record(found: PotentialPartners, cite: Cite = quote_record) -> list[Record]:
    """Who could work together, the most promising first."""
    return [
        {
            "first": organisation_record(pair.first),
            "first_group": pair.first_group,
            "second": organisation_record(pair.second),
            "second_group": pair.second_group,
            "themes": list(pair.themes),
            "weight": number(pair.weight),
            "citations": [cite(quote_of(citation)) for citation in pair.citations],
        }
        for pair in found.pairs
    ]


def organisation_record(organisation: Organisation) -> Record:
    """An organisation and the names that it has."""
    return {
        "key": organisation.key,
        "name": organisation.name,
        "kind": str(organisation.kind),
        "variants": list(organisation.variants),
    }


def _involved_record(one: Involved, cite: Cite) -> Record:
    return {
        "organisation": organisation_record(one.organisation),
        "role": str(one.role),
        "reasons": [
            {
                "role": str(reason.role),
                "points": number(reason.points),
                "because": reason.because,
                "said": reason.said,
            }
            for reason in one.reasons
        ],
        "weight": number(one.weight),
        "groups": list(one.groups),
        "since": one.since,
        "documents": one.documents,
        "passages": one.passages,
        "citations": [cite(quote_of(citation)) for citation in one.citations],
    }
