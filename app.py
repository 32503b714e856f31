"""The picture frame around the pages: ``streamlit run app.py``.

Streamlit finds the ASGI application named ``app`` here and serves it; beside the pages it serves
the original documents.
"""

from pathlib import Path

from starlette.routing import Route
from streamlit.starlette import App

from search.views.originals import serve_original

app = App(
    Path(__file__).parent / "search" / "views" / "main.py",
    routes=[Route("/originali/{document_id}", serve_original)],
)
