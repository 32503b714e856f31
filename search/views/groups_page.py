"""The page "Gruppi": the four working groups, and each by itself."""

from functools import partial

import streamlit as st

from search.answers.group_story import GroupStory, group_story
from search.datatypes import Group
from search.snapshot import Snapshot
from search.views import frame, words
from search.views import group_parts as parts
from search.views import group_words as said
from search.views.markup import plain
from search.views.opening import engine_or_stop
from search.views.sources import cited

_NEWEST, _CASES = 6, 6
_CHOSEN = "group"


@st.cache_resource(max_entries=16, show_spinner=False)
def story_of(_snapshot: Snapshot, snapshot_id: str, group: str) -> GroupStory:
    """Kept, for everyone who opens the page sees the same until there is a new snapshot.

    Args:
        snapshot_id: what it is kept under, with the group.
    """
    del snapshot_id
    return group_story(_snapshot, group)


def go_to_group(group: str | None) -> None:
    """Put a group in the address; None for all."""
    st.query_params.from_dict({"gruppo": group} if group else {})


def choose() -> None:
    """Go to the group that was chosen."""
    go_to_group(st.session_state[_CHOSEN])


asked = st.query_params.get("gruppo", "")
group = asked if asked in set(map(str, Group)) else ""
if not group:
    frame.show_title(said.SUBTITLE, said.PAGE)
    snapshot = engine_or_stop().snapshot
    for row in (list(words.GROUP_NAMES)[:2], list(words.GROUP_NAMES)[2:]):
        for column, key in zip(st.columns(2), row, strict=True):
            with column, st.container(border=True, key=f"kb-group-{key}", height="stretch"):
                st.html(parts.card(story_of(snapshot, snapshot.id, key)))
                st.button(
                    said.OPEN_GROUP,
                    key=f"open-{key}",
                    help=words.group_name(key),
                    on_click=partial(go_to_group, key),
                )
    st.stop()

frame.show_title("", words.group_name(group))
snapshot = engine_or_stop().snapshot
st.button(
    said.ALL_GROUPS,
    type="tertiary",
    icon=":material/arrow_back:",
    on_click=partial(go_to_group, None),
)
st.session_state[_CHOSEN] = group
st.pills(
    said.CHOOSE,
    list(words.GROUP_NAMES),
    format_func=words.group_name,
    key=_CHOSEN,
    on_change=choose,
    label_visibility="collapsed",
)
st.html(parts.about(group))
story = story_of(snapshot, snapshot.id, group)
if not story.documents:
    frame.show_notice(*said.NO_DOCUMENTS)
    st.stop()
st.html(parts.numbers(story))
st.html(parts.newest(story, _NEWEST))
if story.themes:
    st.html(parts.themes(story))
if story.questions:
    st.html(
        f'<h2 class="kb-section">{plain(said.QUESTIONS)}</h2>'
        f'<p class="kb-count">{plain(said.QUESTIONS_HELP)}</p>'
        f"{''.join(map(cited, story.questions))}"
    )
if story.cases:
    st.html(parts.cases(story.cases, group, _CASES))
if story.organisations:
    st.html(parts.organisations(story.organisations, group))
st.html(parts.documents(story))
