"""Who is named with whom, as a picture and as a table."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import cast

import altair as alt
import pandas as pd
import streamlit as st

from search.answers.network_picture import places_of, strongest
from search.answers.partner_tables import Network, Node

from . import partner_words as said
from . import words
from .lines import one_line
from .markup import plain

_WIDTH, _HEIGHT = 780, 540
_LETTER, _PADDING, _LINE = 6.6, 16.0, 24.0
"""Of a name at 12 px, about."""
_GAP = 12.0
"""Between two boxes."""
_LONGEST = 26
_KEY, _CLICKED = "kb-network-chart", "chi"
_LIGHT = {
    "open-innovation": "#2B6CB0",
    "economia-circolare": "#2F855A",
    "nuovi-modelli-di-business": "#C05621",
    "tracciabilita": "#6B46C1",
    "": "#5B616B",
}
_DARK = {
    "open-innovation": "#7FB2E5",
    "economia-circolare": "#79C79B",
    "nuovi-modelli-di-business": "#EBA272",
    "tracciabilita": "#B69CF0",
    "": "#A6ACB5",
}
_ROWS = 60


def show_network(
    network: Network, groups: Mapping[str, str], open_one: Callable[[str], None]
) -> None:
    """The strongest part of ``network`` as a picture, and its edges as a table below.

    Args:
        groups: key of an organisation -> key of the group that its colour says.
        open_one: called with the key of an organisation that was clicked.
    """
    drawn = strongest(network)

    def clicked() -> None:
        chosen = st.session_state[_KEY].selection.get(_CLICKED) or []
        if chosen and isinstance(key := chosen[0].get("key"), str):
            open_one(key)

    st.html(_legend({groups.get(node.organisation.key, "") for node in drawn.nodes}))
    with st.container(key="kb-network"):
        st.altair_chart(
            _chart(drawn, groups),
            width="content",
            key=_KEY,
            on_select=clicked,
            selection_mode=[_CLICKED],
            alt=said.network_alt(len(drawn.nodes), len(drawn.edges)),
        )
    with st.expander(said.SAME_AS_TABLE):
        st.html(edges_table(drawn))


def _legend(groups: Collection[str]) -> str:
    """What the colours of the boxes say."""
    shown = "".join(
        f'<span><i class="dot {plain(group)}"></i>{plain(words.group_name(group))}</span>'
        for group in words.GROUP_NAMES
        if group in groups
    )
    return f'<p class="kb-facts">{shown}</p>'


def edges_table(network: Network) -> str:
    """The heaviest edges, a row each."""
    names = {node.organisation.key: node.organisation.name for node in network.nodes}
    head = "".join(
        f'<th scope="col">{plain(name)}</th>'
        for name in (said.FIRST, said.SECOND, said.TOGETHER, said.IN_CASES)
    )
    rows = "".join(
        f"<tr><td><bdi>{plain(one_line(names[edge.first]))}</bdi></td>"
        f"<td><bdi>{plain(one_line(names[edge.second]))}</bdi></td>"
        f"<td>{words.number(len(edge.documents))}</td><td>{words.number(edge.cases)}</td></tr>"
        for edge in network.edges[:_ROWS]
    )
    return f'<table class="kb-compared"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>'


def _chart(network: Network, groups: Mapping[str, str]) -> alt.LayerChart:
    shown = {
        node.organisation.key: one_line(node.organisation.name, _LONGEST) for node in network.nodes
    }
    sizes = {
        key: (_LETTER * len(name) + _PADDING + _GAP, _LINE + _GAP) for key, name in shown.items()
    }
    places = _places(network, sizes)
    is_dark = st.context.theme.type == "dark"
    colours = _DARK if is_dark else _LIGHT
    of_group = alt.Scale(domain=list(colours), range=list(colours.values()))
    paper, ink = ("#16191D", "#E6E4DF") if is_dark else ("#FFFFFF", "#22262B")
    x = alt.X("x:Q", axis=None, scale=alt.Scale(domain=[0, _WIDTH], nice=False, zero=False))
    y = alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[0, _HEIGHT], nice=False, zero=False))
    lines: alt.Chart = alt.Chart(_edges(network, places, shown))
    lines = lines.mark_rule(color="#8A909A", opacity=0.5).encode(
        x=x, y=y, x2="x2:Q", y2="y2:Q",
        strokeWidth=alt.StrokeWidth("documents:Q", legend=None, scale=alt.Scale(range=[0.75, 3])),
        tooltip=[
            alt.Tooltip("first:N", title=said.FIRST),
            alt.Tooltip("second:N", title=said.SECOND),
            alt.Tooltip("documents:Q", title=said.TOGETHER),
        ],
    )  # fmt: skip
    nodes: alt.Chart = alt.Chart(
        pd.DataFrame([_node(one, shown, sizes, places, groups) for one in network.nodes])
    )
    boxes = nodes.mark_rect(cornerRadius=5, strokeWidth=1.5, fill=paper, cursor="pointer").encode(
        x=alt.X("left:Q", axis=None), x2="right:Q", y=alt.Y("low:Q", axis=None), y2="high:Q",
        stroke=alt.Stroke("colour:N", legend=None, scale=of_group),
        tooltip=[
            alt.Tooltip("full:N", title=said.FIRST),
            alt.Tooltip("kind:N", title=said.KIND),
            alt.Tooltip("group:N", title=said.GROUP),
            alt.Tooltip("documents:Q", title=said.DOCUMENTS),
        ],
    ).add_params(alt.selection_point(name=_CLICKED, fields=["key"]))  # fmt: skip
    names = nodes.mark_text(fontSize=12, color=ink, cursor="pointer").encode(
        x=x, y=y, text="name:N"
    )
    # `layer` makes facets of facets only
    picture = cast(alt.LayerChart, alt.layer(lines, boxes, names))
    return picture.properties(width=_WIDTH, height=_HEIGHT)


def _node(
    one: Node,
    shown: Mapping[str, str],
    sizes: Mapping[str, tuple[float, float]],
    places: Mapping[str, tuple[float, float]],
    groups: Mapping[str, str],
) -> dict[str, object]:
    key = one.organisation.key
    (x, y), (width, _) = places[key], sizes[key]
    group = groups.get(key, "")
    return {
        "key": key, "name": shown[key], "x": x, "y": y, "full": one_line(one.organisation.name),
        "left": x - (width - _GAP) / 2, "right": x + (width - _GAP) / 2,
        "low": y - _LINE / 2, "high": y + _LINE / 2,
        "colour": group, "group": words.group_name(group), "documents": one.documents,
        "kind": said.ORGANISATION_KINDS[one.organisation.kind],
    }  # fmt: skip


def _edges(
    network: Network, places: Mapping[str, tuple[float, float]], shown: Mapping[str, str]
) -> pd.DataFrame:
    rows = [
        (
            *places[edge.first],
            *places[edge.second],
            shown[edge.first],
            shown[edge.second],
            len(edge.documents),
        )
        for edge in network.edges
    ]
    return pd.DataFrame(rows, columns=["x", "y", "x2", "y2", "first", "second", "documents"])


def _places(
    network: Network, sizes: Mapping[str, tuple[float, float]]
) -> dict[str, tuple[float, float]]:
    edges = tuple((edge.first, edge.second) for edge in network.edges)
    return _laid_out(tuple(sorted(sizes.items())), edges, network)


@st.cache_data(max_entries=64, show_spinner=False)
def _laid_out(
    sizes: tuple[tuple[str, tuple[float, float]], ...],
    edges: tuple[tuple[str, str], ...],  # noqa: ARG001 - the same edges, the same picture
    _network: Network,
) -> dict[str, tuple[float, float]]:
    return places_of(_network, dict(sizes), _WIDTH, _HEIGHT)
