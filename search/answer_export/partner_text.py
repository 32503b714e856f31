"""Who does what, who works with whom, who could: as one reads it in a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from ..answers.listed import MostNamed
from ..answers.partner_tables import Involved, Network, Partners, PotentialPartners, Role
from .lines import counted, listed, quoted, wrapped
from .quoting import Place, place_of, quote_of
from .sureness import unsure_first

INVOLVED = 6
EDGES = 25
PAIRS = 8
NAMED = 20
_ROLES = {
    Role.DID_IT: "did it",
    Role.SUPPLIES: "supplies the technology",
    Role.STUDIES: "studies it",
    Role.REGULATES: "regulates it",
    Role.NAMED: "is named",
}
_NOBODY = "The nearest passages name no organisation."


def partners_text(found: Partners, place: Place = place_of) -> str:
    """Who works on a subject: role, groups, since when, and a sentence that shows it."""
    if not found.involved:
        return _NOBODY
    shown = [
        "\n".join(_involved(number, one, place))
        for number, one in enumerate(found.involved[:INVOLVED], start=1)
    ]
    said = "\n\n".join(shown + listed("organisations", len(found.involved), INVOLVED))
    return unsure_first(found, said)


def named_text(found: MostNamed) -> str:
    """Who is named most, a line each."""
    if not found.organisations:
        return "No organisation is named within these filters."
    lines = [
        wrapped(
            f"{counted(one.documents, 'document')}: {one.organisation.name} "
            f"({one.organisation.kind}) -- first: {one.citation.document.path}, "
            f"page {one.citation.page}",
            "",
            "    ",
        )
        for one in found.organisations[:NAMED]
    ]
    return "\n".join(lines + listed("organisations", len(found.organisations), NAMED))


def network_text(found: Network, places: dict[str, str]) -> str:
    """Who works with whom, the closest first.

    Args:
        places: path of each document, by its id.
    """
    if not found.edges:
        return "No two organisations are named together within these filters."
    names = {node.organisation.key: node.organisation.name for node in found.nodes}
    lines = []
    for edge in found.edges[:EDGES]:
        cases = f", {counted(edge.cases, 'case history', 'case histories')}" if edge.cases else ""
        told = f"{counted(len(edge.documents), 'document')}{cases}"
        where = places[edge.documents[0]]
        pair = f"{names[edge.first]} -- {names[edge.second]}"
        lines.append(wrapped(f"{pair}: {told} ({where})", "", "    "))
    return "\n".join(lines + listed("pairs", len(found.edges), EDGES))


def potential_text(found: PotentialPartners, place: Place = place_of) -> str:
    """Who could work together, the shared themes, and a sentence of each."""
    if not found.pairs:
        return "No two organisations of different groups share a theme and no document."
    shown = ["\n".join(_pair(number, found, place)) for number in range(len(found.pairs[:PAIRS]))]
    return "\n\n".join(shown + listed("pairs", len(found.pairs), PAIRS))


def _involved(number: int, one: Involved, place: Place) -> Iterator[str]:
    since = f", since {one.since}" if one.since else ""
    groups = f", {', '.join(one.groups)}" if one.groups else ""
    organisation = one.organisation
    yield wrapped(
        f"{number}. {organisation.name} ({organisation.kind}): {_ROLES[one.role]}{since}{groups}, "
        f"{counted(one.documents, 'document')}",
        "",
        "   ",
    )
    if one.reasons:
        why = "; ".join(f"{reason.because}: {reason.said}" for reason in one.reasons[:3])
        yield wrapped(f"role told by {why}", "   ")
    for citation in one.citations[:1]:
        yield quoted(quote_of(citation), place, "   ")


def _pair(number: int, found: PotentialPartners, place: Place) -> Iterator[str]:
    pair = found.pairs[number]
    yield wrapped(
        f"{number + 1}. {pair.first.name} ({pair.first_group}) -- "
        f"{pair.second.name} ({pair.second_group}): {', '.join(pair.themes)}",
        "",
        "   ",
    )
    for citation in pair.citations:
        yield quoted(quote_of(citation), place, "   ", most=160)
