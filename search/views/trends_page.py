"""The page "Tendenze": what changes, by group or for a question, with the evidence."""

import streamlit as st

from search.views import asking, form, frame, trend_parts, words
from search.views import trend_words as said
from search.views.opening import engine_or_stop

view = form.current_view()
frame.show_title("" if view.question else said.SUBTITLE)
engine = engine_or_stop()
form.show(view, engine.snapshot)

if not view.question:
    overview = engine.overview(**asking.filters_of(view))
    if not any(group.themes for group in overview.groups):
        frame.show_notice(*said.NOTHING)
        st.stop()
    if overview.compared:
        frame.show_line(said.compared(overview.compared))
    for group in overview.groups:
        name = words.group_name(group.group)
        st.html(f'<h2 class="kb-group"><i class="dot {group.group}"></i>{name}</h2>')
        for title, themes in (
            (said.RISING, group.rising),
            (said.FALLING, group.falling),
            (said.STEADY, group.steady),
        ):
            if themes:
                st.html(f'<h3 class="kb-small-title">{title}</h3>')
                trend_parts.show_themes(themes, group.group)
    trend_parts.show_pictures(overview)
    st.stop()

asked = asking.asked_in(view, 1)
if asked is None:
    asking.show_unusable(view)
    st.stop()
found = engine.trends(asked.query)
if found.compared is None:
    frame.show_notice(*(said.NOTHING if found.documents == 0 else said.ONE_YEAR))
    st.stop()
if found.is_sure is False:
    frame.show_notice(*words.NOT_SURE)
st.html(f'<p class="kb-answer">{said.subject(found)}</p>')
frame.show_line(said.compared(found.compared))
st.subheader(said.GROUPS)
trend_parts.show_groups(found.groups)
if found.new:
    st.subheader(said.NEW)
    trend_parts.show_themes(found.new)
if found.themes:
    st.subheader(said.THEMES)
    trend_parts.show_themes(found.themes)
    trend_parts.show_pictures(found)
