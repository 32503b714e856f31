"""The picture frame around the pages: ``streamlit run app.py``.

Streamlit finds the ASGI application named ``app`` here and serves it; beside the pages it serves
the original documents, what the search box suggests, and the REST interface under ``/api``.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from threading import Thread

from starlette.middleware import Middleware
from starlette.routing import Mount, Route
from streamlit.starlette import App

from ingest.views.downloads import ADDRESS as BACKUPS
from ingest.views.downloads import serve_backup
from ingest.views.signing_in import ADDRESS as SIGNED_IN
from ingest.views.signing_in import serve_key
from search.api.app import create_api
from search.api.keys import keys_from_environment
from search.views.browser import NamedBrowsers
from search.views.combobox import ADDRESS as SUGGESTIONS
from search.views.combobox import serve_suggestions
from search.views.library import current_engine, load_drawing, warm_up
from search.views.originals import serve_original
from search.views.tour import SEEN, close_tour


@asynccontextmanager
async def _warmed(_: App) -> AsyncIterator[None]:
    """Nobody is let in before the modules are whole; the model loads while the server starts, not
    while the first member waits."""
    load_drawing()
    Thread(target=warm_up, daemon=True).start()
    yield


app = App(
    Path(__file__).parent / "ingest" / "views" / "main.py",
    routes=[
        Route("/originali/{document_id}", serve_original),
        Route(SUGGESTIONS, serve_suggestions),
        Route(SEEN, close_tour),
        Route(SIGNED_IN, serve_key),
        Route(f"{BACKUPS}/{{key}}", serve_backup),
        Mount("/api", create_api(current_engine, keys_from_environment())),
    ],
    middleware=[Middleware(NamedBrowsers)],
    lifespan=_warmed,
)
