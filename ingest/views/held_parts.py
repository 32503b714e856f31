"""One file in quarantine as a card: what it is, what it would be, what would change."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from ingest.foreseen import Foreseen, copies_of, foresee
from ingest.quarantine import Held, Quarantine, Wishes
from ingest.uploads import Destination, destination, free_name
from search.datatypes import Group, Kind
from search.snapshot import Snapshot
from search.text import printable
from search.views import words as common
from search.views.markup import plain

from . import admin_words as words
from . import reason_words

_LONGEST_TITLE = 300
_LEADERS = re.compile(r"(?:[.·_…] ?){4,}")
"""Dots between a heading and its page, in a table of contents."""
_FIELDS = ("title", "group", "kind", "year", "name", "password", "insist", "replace")
_NO_GROUP = ""

Action = Callable[..., None]


@dataclass(frozen=True, slots=True)
class Cards:
    """The cards of the files in a quarantine.

    Attributes:
        sizes: of the files of the corpus, as `sizes_in` gives them.
        snapshot: what they are compared with; None where there is none.
    """

    quarantine: Quarantine
    corpus: Path
    sizes: Mapping[int, Sequence[str]]
    snapshot: Snapshot | None

    def show(self, held: Held, accept: Action, reject: Action, change: Action) -> None:
        """One card.

        Args:
            accept, reject, change: callbacks; each gets the file's id.
        """
        with st.container(border=True, key=f"kb-held-{held.id}"):
            _show_head(held)
            if not held.is_examined:
                st.html(f'<p class="kb-count">{words.WAITING}</p>')
                st.button(words.REJECT, key=f"reject-{held.id}", on_click=reject, args=(held.id,))
                return
            goal = destination(self.corpus, held)
            if held.found is None:
                _show_reason(held, change)
            _show_fields(held, goal, change)
            may_accept = self._show_changes(held, goal, change)
            with st.container(horizontal=True):
                st.button(
                    words.REPLACE if goal.taken and may_accept else words.ACCEPT,
                    type="primary", key=f"accept-{held.id}", on_click=accept, args=(held.id,),
                    disabled=not may_accept,
                )  # fmt: skip
                st.button(words.REJECT, key=f"reject-{held.id}", on_click=reject, args=(held.id,))

    def _show_changes(self, held: Held, goal: Destination, change: Action) -> bool:
        """What accepting would change; whether it may be done as it stands."""
        foreseen = self._foreseen(held, goal)
        lines = [words.goes_to(_bdi(goal.path))]
        is_same = bool(goal.taken) and goal.taken in foreseen.copies
        others = (name for name in foreseen.copies if name != goal.taken)
        lines += [words.copy_of(_bdi(name)) for name in others]
        lines += [
            words.version_of(_bdi(v.path), v.shared, is_older=v.is_older) for v in foreseen.versions
        ]
        if goal.declared:
            lines.append(words.SIDECAR_WRITTEN)
        if is_same:
            lines = [words.already_there(_bdi(goal.taken))]
        elif goal.taken:
            other = plain(free_name(self.corpus, goal.path))
            lines.append(words.taken(_bdi(goal.taken), other, can_replace=goal.is_replaceable))
        items = "".join(f"<li>{line}</li>" for line in lines)
        title = f'<h4 class="kb-small-title">{words.WOULD_CHANGE}</h4>'
        st.html(f'{title}<ul class="kb-changes">{items}</ul>')
        may = not is_same
        if goal.taken and may:
            may = goal.is_replaceable and st.checkbox(
                words.CONFIRM_REPLACE, key=_key(held, "replace"), on_change=change, args=(held.id,)
            )
        if held.found is None:
            insists = st.checkbox(
                words.CONFIRM_UNREADABLE, key=_key(held, "insist"), on_change=change,
                args=(held.id,),
            )  # fmt: skip
            may = may and insists
        return may

    def _foreseen(self, held: Held, goal: Destination) -> Foreseen:
        snapshot_id = self.snapshot.id if self.snapshot else ""
        at = (held.id, held.is_examined, goal.path, goal.title, goal.year, snapshot_id)
        copies = tuple(copies_of(held, self.corpus, self.sizes))
        return _foreseen(at, copies, self, held, goal)


@st.cache_data(max_entries=500, show_spinner=False)
def _foreseen(
    at: tuple[object, ...],
    copies: tuple[str, ...],
    _cards: Cards,
    _held: Held,
    _goal: Destination,
) -> Foreseen:
    del at  # all that the answer depends on, beside the copies
    return foresee(_cards.quarantine, _held, _goal, copies, _cards.snapshot)


def typed(held: Held, corpus: Path) -> Wishes:
    """What the boxes of a card say, where it is not what stood there already."""
    shown = _shown(held, destination(corpus, held))
    now = {field: st.session_state.get(_key(held, field), shown.get(field)) for field in _FIELDS}
    old = held.wishes

    def wish(field: str, before: object) -> object:
        return before if now[field] == shown[field] else (now[field] or None)

    group = old.group if now["group"] == shown["group"] else str(now["group"] or _NO_GROUP)
    return Wishes(
        name=_text(wish("name", old.name)),
        group=group,
        kind=_text(wish("kind", old.kind)),
        year=_year(wish("year", old.year)),
        title=_text(wish("title", old.title)),
        password=str(now["password"] or old.password),
    )


def confirmed(held_id: str) -> tuple[bool, bool]:
    """Whether the boxes say that an unreadable file is meant, and that one is to be replaced."""
    insists = st.session_state.get(f"insist-{held_id}", False)
    replaces = st.session_state.get(f"replace-{held_id}", False)
    return bool(insists), bool(replaces)


def group_name(key: str) -> str:
    """A group in a list of choices."""
    return common.group_name(key)


def kind_name(key: str) -> str:
    """A kind in a list of choices."""
    return common.kind_name(key)


def _show_head(held: Held) -> None:
    st.html(f'<h3 class="kb-held">{_bdi(held.given)}</h3>')
    facts = [words.size(held.size)]
    if held.found:
        found = held.found
        facts = [words.file_format(found.media_type), common.pages(found.pages), *facts]
        if found.scanned:
            facts.append(words.scanned(found.scanned))
    spans = "".join(f"<span>{plain(fact)}</span>" for fact in facts)
    warnings = held.found.warnings if held.found else ()
    said = "".join(f'<p class="kb-warning">{_said(warning)}</p>' for warning in warnings)
    opening = ""
    if held.found and held.found.opening.strip():
        text = plain(_LEADERS.sub(" … ", " ".join(held.found.opening.split())))
        opening = f'<p class="kb-opening" dir="auto">{text} …</p>'
    st.html(f'<p class="kb-facts">{spans}</p>{opening}{said}')


def _show_reason(held: Held, change: Action) -> None:
    st.html(f'<p class="kb-warning">{words.UNREADABLE} {_said(held.reason)}</p>')
    if held.wants_password:
        st.text_input(
            words.FILE_PASSWORD, type="password", key=_key(held, "password"), on_change=change,
            args=(held.id,), autocomplete="off", help=words.FILE_PASSWORD_HELP,
        )  # fmt: skip


def _show_fields(held: Held, goal: Destination, change: Action) -> None:
    for field, value in _shown(held, goal).items():
        st.session_state[_key(held, field)] = value
    args = (held.id,)
    st.text_input(
        words.FIELD_TITLE, key=_key(held, "title"), on_change=change, args=args,
        max_chars=_LONGEST_TITLE,
    )  # fmt: skip
    left, middle, right = st.columns([4, 3, 2])
    left.selectbox(
        words.FIELD_GROUP, [_NO_GROUP, *map(str, Group)], format_func=group_name,
        key=_key(held, "group"), on_change=change, args=args,
    )  # fmt: skip
    middle.selectbox(
        words.FIELD_KIND, list(map(str, Kind)), format_func=kind_name,
        key=_key(held, "kind"), on_change=change, args=args,
    )  # fmt: skip
    right.number_input(
        words.FIELD_YEAR, min_value=1900, max_value=2099, step=1, format="%d",
        key=_key(held, "year"), on_change=change, args=args,
    )  # fmt: skip
    st.text_input(words.FIELD_NAME, key=_key(held, "name"), on_change=change, args=args)


def _shown(held: Held, goal: Destination) -> dict[str, object]:
    """What stands in the boxes before anything is typed."""
    del held
    return {
        "title": printable(goal.title)[:_LONGEST_TITLE],
        "group": goal.group,
        "kind": goal.kind,
        "year": goal.year if goal.year and 1900 <= goal.year <= 2099 else None,
        "name": goal.path.rpartition("/")[2],
    }


def _key(held: Held, field: str) -> str:
    return f"{field}-{held.id}"


def _said(reason: str) -> str:
    return plain(reason_words.reason(reason))


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _year(value: object) -> int | None:
    return value if isinstance(value, int) else None


def _bdi(text: str) -> str:
    return f"<bdi>{plain(text)}</bdi>"
