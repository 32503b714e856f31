"""The page "Amministrazione": closed to all but the administrators; one section at a time."""

import streamlit as st

from ingest.views import admin_words as said
from ingest.views import (
    correction_parts,
    log_parts,
    run_parts,
    signing_in,
    snapshot_parts,
    upload_parts,
)
from search.views import frame

PARTS = {
    "caricare": upload_parts.show,
    "indicizzare": run_parts.show,
    "correggere": correction_parts.show,
    "versioni": snapshot_parts.show,
    "registro": log_parts.show,
}

frame.show_title(said.SUBTITLE, said.PAGE)
admin = signing_in.administrator_or_stop()
signing_in.show_sign_out(admin)


def choose() -> None:
    """Write the section that was clicked into the address."""
    st.query_params.from_dict({"sezione": st.session_state["kb-section"] or next(iter(PARTS))})


section = st.query_params.get("sezione", "")
if section not in PARTS:
    section = next(iter(PARTS))
st.session_state["kb-section"] = section
st.segmented_control(
    said.SECTION,
    list(PARTS),
    format_func=said.SECTIONS.__getitem__,
    key="kb-section",
    on_change=choose,
    label_visibility="collapsed",
)
PARTS[section](admin)
