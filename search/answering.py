"""What every door asks of the engine for cases and partners, said once.

For cases a group and a year are those of the case itself: `search.answers.case_filter`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from .answers import listed
from .answers.cases import CaseFilter, Cases, similar_cases
from .answers.listed import MostNamed, most_named
from .answers.network import network
from .answers.partner_tables import Network, Partners
from .answers.partners import partners_on_theme
from .datatypes import Query
from .engine import Engine
from .errors import QueryError
from .organisations import OrganisationKind
from .snapshot import Snapshot
from .syntax import read_query

Filters = Mapping[str, Any]
"""Arguments of `Query`: groups, kinds, first_year, last_year, languages, organisations."""

_ANY = "a"
"""Text of a query of which only the filters hold."""


def within(filters: Filters) -> Query:
    """A query of which only the filters hold.

    Raises:
        QueryError: one of them is not what it should be.
    """
    return Query(_ANY, **filters)


def case_filter(filters: Filters, sector: str, technology: str, measured: bool) -> CaseFilter:
    """Which cases to keep: by what they say, and by their own groups and years.

    Raises:
        QueryError: a filter is not what it should be.
    """
    checked = within(filters)
    return CaseFilter(
        sector=sector,
        technology=technology,
        groups=checked.groups,
        first_year=checked.first_year,
        last_year=checked.last_year,
        measured=measured,
    )


def cases_asked(engine: Engine, text: str, filters: Filters, keep: CaseFilter) -> Cases:
    """All cases that pass the filters, those that answer ``text`` best first."""
    most = max(len(engine.snapshot.cases.cases), 1)
    return engine.cases(read_query(text, k=most, **filters).query, keep)


def cases_listed(snapshot: Snapshot, filters: Filters, keep: CaseFilter) -> Cases:
    """All cases that pass the filters, the newest first."""
    return listed.list_cases(snapshot, keep, within(filters))


def cases_like(snapshot: Snapshot, case_id: str, filters: Filters, keep: CaseFilter) -> Cases:
    """All cases that pass the filters but this one, those most like it first.

    Raises:
        QueryError: there is no case of that id.
    """
    index = snapshot.cases
    try:
        most = max(len(index.cases), 1)
        return similar_cases(snapshot, index, case_id, most, keep=keep, within=within(filters))
    except KeyError:
        raise QueryError(
            f"no case history has the id {case_id[:200]!r}: take one from a list of cases"
        ) from None


def involved(
    snapshot: Snapshot,
    engine: Engine | None,
    text: str | None,
    themes: Sequence[str],
    filters: Filters,
) -> Partners | None:
    """Who works on a question or on a theme; None where neither is asked.

    Args:
        engine: on that snapshot; needed for a question only.

    Raises:
        QueryError: both are asked, or more than one theme, or there is no such theme.
    """
    if text is not None and themes:
        raise QueryError("both a question and a theme: ask for one of them")
    if len(themes) > 1:
        raise QueryError(f"{len(themes)} themes: ask for one at a time")
    if text is not None and engine is not None:
        return engine.partners(read_query(text, **filters).query)
    if themes:
        cases = snapshot.cases.cases
        return partners_on_theme(snapshot, snapshot.themes, themes[0], within(filters), cases)
    return None


def named_most(
    snapshot: Snapshot, filters: Filters, kinds: Collection[OrganisationKind] = ()
) -> MostNamed:
    """Who is named most; of some kinds only, where there are some."""
    return most_named(snapshot, within(filters), kinds=kinds)


def network_among(snapshot: Snapshot, found: Partners | None, filters: Filters) -> Network:
    """Who works with whom among those ``found``; among those named most where it is None."""
    if found is not None and not found.involved:
        return Network((), ())
    keys = [one.organisation.key for one in found.involved] if found else []
    return network(snapshot, keys, within(filters), snapshot.cases.cases)
