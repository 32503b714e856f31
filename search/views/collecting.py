"""The dossier of this browser, and the button that puts a thing into it, for any page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import streamlit as st

from search.answers.theme_trends import ThemeTrend
from search.dossier.dossier import MOST_ENTRIES, Dossier
from search.dossier.entries import ChartEntry, Entry
from search.dossier.gathering import entry_of_themes
from search.snapshot import Snapshot

from . import dossier_words as said
from .browser import keep, kept


@dataclass(frozen=True, slots=True)
class _Before:
    """The dossier before its last change, to go back to."""

    dossier: Dossier | None = None


def current_dossier() -> Dossier:
    """The dossier of this browser; an empty one before anything was put into it."""
    return kept(Dossier())


def change_dossier(dossier: Dossier) -> None:
    """Keep ``dossier`` in this browser; `undo` brings back what was there."""
    before = current_dossier()
    if dossier != before:
        keep(_Before(before))
        keep(dossier)


def can_undo() -> bool:
    """Whether there is something to go back to."""
    return kept(_Before()).dossier is not None


def undo() -> None:
    """Take the last change back; once more, and it is there again."""
    before = kept(_Before()).dossier
    if before is not None:
        change_dossier(before)


def show_collect(entry: Entry, key: str) -> None:
    """A small button that puts ``entry`` into the dossier, or takes it out again.

    Args:
        key: of the button, one on its page.
    """
    dossier = current_dossier()
    is_held = dossier.holds(entry.id)
    is_full = len(dossier) >= MOST_ENTRIES and not is_held
    st.button(
        said.HELD if is_held else said.ADD,
        key=f"collect-{key}",
        type="tertiary",
        icon=":material/check:" if is_held else ":material/add:",
        help=said.FULL if is_full else said.REMOVE_HELP if is_held else said.ADD_HELP,
        disabled=is_full,
        on_click=_toggle,
        args=(entry,),
    )


def _toggle(entry: Entry) -> None:
    dossier = current_dossier()
    if dossier.holds(entry.id):
        change_dossier(dossier.without(entry.id))
    elif len(dossier) < MOST_ENTRIES:
        change_dossier(dossier.adding(entry))


def entry_of(
    snapshot: Snapshot, themes: Iterable[ThemeTrend], group: str = "", title: str = ""
) -> ChartEntry:
    """`search.dossier.gathering.entry_of_themes`, of one theme or more of ``snapshot``."""
    shown = tuple(themes)
    starts = {}
    for citation in (citation for one in shown for citation in one.evidence):
        row = snapshot.store.passage_row(citation.passage_id)
        if row is not None:
            starts[citation.passage_id] = snapshot.store.passage(row)[0].span.start
    return entry_of_themes(shown, starts, group, title)
