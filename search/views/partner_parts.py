"""Who works on it, as a list, and who could work together. As HTML; all text is escaped."""

from __future__ import annotations

from collections.abc import Iterable

from search.answers.listed import NamedOrganisation
from search.answers.partner_tables import Involved, Network, Potential

from . import partner_words as said
from . import words
from .markup import plain
from .sources import cited


def involved(ones: Iterable[Involved]) -> str:
    """A line for each organisation that opens: its role and why, since when, what shows it."""
    return "".join(map(_one, ones))


def _one(one: Involved) -> str:
    organisation = one.organisation
    about = [
        said.ORGANISATION_KINDS[organisation.kind],
        *(words.group_name(group) for group in one.groups),
        words.documents(one.documents),
        *([said.since(one.since)] if one.since else []),
    ]
    why = said.because(one.reasons)
    return (
        f'<details class="kb-theme"><summary><b>{plain(organisation.name)}</b> '
        f'<span class="kb-call">{plain(said.ROLES[one.role])}</span> '
        f"<small>{plain(' · '.join(about))}</small></summary>"
        + (f'<p class="kb-path">{plain(why)}</p>' if why else "")
        + "".join(map(cited, one.citations))
        + "</details>"
    )


def potential(pairs: Iterable[Potential]) -> str:
    """Two organisations that share themes and no document, a line each that opens."""
    return "".join(
        f'<details class="kb-theme"><summary>{_side(pair.first.name, pair.first_group)} + '
        f"{_side(pair.second.name, pair.second_group)} "
        f"<small>{plain(', '.join(pair.themes))}</small></summary>"
        f"{''.join(map(cited, pair.citations))}</details>"
        for pair in pairs
    )


def _side(name: str, group: str) -> str:
    return f'<i class="dot {plain(group)}"></i><b>{plain(name)}</b>'


def network(found: Network, most: int) -> str:
    """The heaviest edges as a table."""
    names = {node.organisation.key: node.organisation.name for node in found.nodes}
    rows = "".join(
        f"<tr><td>{plain(names[edge.first])}</td><td>{plain(names[edge.second])}</td>"
        f"<td>{words.documents(len(edge.documents))}</td></tr>"
        for edge in found.edges[:most]
    )
    return f'<table class="kb-compared"><tbody>{rows}</tbody></table>'


def named(ones: Iterable[NamedOrganisation]) -> str:
    """Who is named most: a row each."""
    rows = "".join(
        f"<tr><td>{plain(one.organisation.name)}</td>"
        f"<td>{plain(said.ORGANISATION_KINDS[one.organisation.kind])}</td>"
        f"<td>{words.documents(one.documents)}</td></tr>"
        for one in ones
    )
    return f'<table class="kb-compared"><tbody>{rows}</tbody></table>'
