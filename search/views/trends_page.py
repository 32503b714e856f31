"""The page "Tendenze": what changes, by group or for a question, or one theme, with evidence."""

import streamlit as st

from search.answers.theme_story import theme_story
from search.views import asking, form, frame, words
from search.views import trend_parts as parts
from search.views import trend_words as said
from search.views.collecting import entry_of, show_collect
from search.views.opening import engine_or_stop
from search.views.theme_choice import show_choice
from search.views.theme_view import show_theme
from search.views.trend_overview import show_overview
from search.views.trend_pictures import show_pictures

view = form.current_view()
frame.show_title("" if view.question or view.theme else said.SUBTITLE, said.PAGE)
engine = engine_or_stop()
form.show(view, engine.snapshot)
filters = asking.filters_of(view)

if view.theme:
    story = theme_story(engine.snapshot, view.theme, **filters)
    if story is not None:
        show_theme(story, engine, view)
        st.stop()
    frame.show_notice(*said.NO_THEME)
if view.theme or not view.question:
    show_overview(engine, view)
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
st.html(
    f'<h2 class="kb-section">{said.GROUPS}</h2>{parts.groups_table(found.groups, found.compared)}'
)
if found.new:
    st.html(f'<h2 class="kb-section">{said.NEW}</h2>')
    parts.show_themes(found.new, view=view)
if found.themes:
    st.html(f'<h2 class="kb-section">{said.THEMES}</h2>')
    parts.show_themes(found.themes, view=view)
    st.html(parts.reading_help())
    show_collect(entry_of(engine.snapshot, found.themes[:8], title=view.question), "themes")
    show_pictures(found, view)
show_choice(engine.snapshot, view)
