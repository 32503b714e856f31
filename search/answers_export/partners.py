"""Who does what, who works with whom, who could."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..answers.partner_tables import Involved, Network, Partners, Potential, PotentialPartners
from ..organisations import Organisation
from .citations import blocks, citation_lines, citation_record, printed

NO_PARTNERS = "The passages found name no organisation."
NO_NETWORK = "No two organisations are named together."
NO_PAIRS = "No two organisations of different groups share a theme."


def organisation_record(organisation: Organisation) -> dict[str, Any]:
    """An organisation as plain values."""
    return {
        "organisation": organisation.key,
        "name": organisation.name,
        "kind": str(organisation.kind),
        "variants": list(organisation.variants),
    }


def partners_record(partners: Partners) -> dict[str, Any]:
    """Who works on a subject, as plain values."""
    return {
        "subject": partners.subject,
        "involved": [
            {
                **organisation_record(one.organisation),
                "role": str(one.role),
                "reasons": [
                    {
                        "role": str(reason.role),
                        "points": round(reason.points, 4),
                        "because": reason.because,
                        "said": reason.said,
                    }
                    for reason in one.reasons
                ],
                "weight": round(one.weight, 6),
                "groups": list(one.groups),
                "since": one.since,
                "documents": one.documents,
                "passages": one.passages,
                "citations": [citation_record(citation) for citation in one.citations],
            }
            for one in partners.involved
        ],
    }


def network_record(network: Network) -> dict[str, Any]:
    """Who works with whom, as plain values."""
    return {
        "nodes": [
            {
                **organisation_record(node.organisation),
                "documents": node.documents,
                "edges": node.edges,
            }
            for node in network.nodes
        ],
        "edges": [
            {
                "first": edge.first,
                "second": edge.second,
                "weight": round(edge.weight, 6),
                "documents": list(edge.documents),
                "cases": edge.cases,
            }
            for edge in network.edges
        ],
    }


def potential_record(potential: PotentialPartners) -> dict[str, Any]:
    """Who could work together, as plain values."""
    return {
        "pairs": [
            {
                "first": {**organisation_record(pair.first), "group": pair.first_group},
                "second": {**organisation_record(pair.second), "group": pair.second_group},
                "themes": list(pair.themes),
                "weight": round(pair.weight, 6),
                "citations": [citation_record(citation) for citation in pair.citations],
            }
            for pair in potential.pairs
        ]
    }


def partners_text(partners: Partners) -> str:
    """Who works on a subject, as one reads it in a terminal."""
    if not partners.involved:
        return NO_PARTNERS
    told = (_involved(place, one) for place, one in enumerate(partners.involved, start=1))
    return blocks(([printed(f"Who works on it: {partners.subject}")], *told))


def network_text(network: Network) -> str:
    """Who works with whom, a line for each two."""
    if not network.edges:
        return NO_NETWORK
    names = {node.organisation.key: node.organisation.name for node in network.nodes}
    lines = ["Who works with whom"]
    for edge in network.edges:
        pair = f"{names.get(edge.first, edge.first)} - {names.get(edge.second, edge.second)}"
        cases = f", {edge.cases} of them case histories" if edge.cases else ""
        lines.append(printed(f"{pair}: {_counted(len(edge.documents), 'document')}{cases}", "   "))
    return "\n".join(lines)


def potential_text(potential: PotentialPartners) -> str:
    """Who could work together, as one reads it in a terminal."""
    if not potential.pairs:
        return NO_PAIRS
    told = (_pair(place, pair) for place, pair in enumerate(potential.pairs, start=1))
    return blocks((["Who could work together"], *told))


def _involved(place: int, one: Involved) -> Iterator[str]:
    yield printed(f"{place}. {one.organisation.name} ({one.organisation.kind}) - {one.role}")
    shown = [*one.groups, *([f"since {one.since}"] if one.since else [])]
    counted = f"{_counted(one.documents, 'document')}, {_counted(one.passages, 'passage')}"
    yield printed(", ".join((*shown, counted)), "   ")
    if one.reasons:
        because = "; ".join(f"{reason.because}: {reason.said}" for reason in one.reasons)
        yield printed(f"because of {because}", "   ")
    yield from citation_lines(one.citations)


def _pair(place: int, pair: Potential) -> Iterator[str]:
    first = f"{pair.first.name} ({pair.first_group})"
    yield printed(f"{place}. {first} and {pair.second.name} ({pair.second_group})")
    yield printed(f"both: {', '.join(pair.themes)}", "   ")
    yield from citation_lines(pair.citations)


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
