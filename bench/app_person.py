"""A person at the app, without a browser: Streamlit's own protocol over its websocket.

A browser loads the index page, is given cookies, connects to ``/_stcore/stream``, and from then on
sends a `BackMsg` for each run of a page; the server answers with `ForwardMsg`, one for each thing
to draw, the last of which says that the script is finished.
"""

from __future__ import annotations

import asyncio
import time
import urllib.request
from dataclasses import dataclass
from types import TracebackType
from urllib.parse import urlencode, urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException
from websockets.typing import Subprotocol

_PATIENCE = 60.0


@dataclass(frozen=True, slots=True)
class Drawn:
    """What came back of one run of a page.

    Attributes:
        seconds: from sending it to the message that the script is finished.
        first_hit: seconds until the first hit was sent; None where there was none.
        trouble: what went wrong: an exception shown on the page, an end that was none, a lost
            connection; "" where nothing did.
        bytes: size of all messages.
    """

    seconds: float
    first_hit: float | None
    trouble: str
    bytes: int


class Person:
    """One browser window. An asynchronous context: it is connected inside of it.

    Args:
        server: ``http://localhost:PORT``.
    """

    def __init__(self, server: str) -> None:
        self._server = server
        self._cookies: dict[str, str] = {}
        self._connection: ClientConnection | None = None

    async def __aenter__(self) -> Person:
        await asyncio.to_thread(self._load, "/")
        await asyncio.to_thread(self._load, "/_stcore/health")
        host = urlsplit(self._server).netloc
        cookies = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        token = self._cookies.get("_streamlit_xsrf", "none")
        self._connection = await connect(
            f"ws://{host}/_stcore/stream",
            origin=self._server,  # type: ignore[arg-type]
            subprotocols=[Subprotocol("streamlit"), Subprotocol(token)],
            additional_headers={"Cookie": cookies},
            max_size=None,
            ping_interval=None,
            proxy=None,
        )
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._connection:
            await self._connection.close()

    def _load(self, path: str) -> None:
        """Fetch ``path`` as a browser does, and keep the cookies."""
        sent = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        request = urllib.request.Request(
            f"{self._server}{path}", headers={"Accept": "text/html", "Cookie": sent}
        )
        with urllib.request.urlopen(request, timeout=_PATIENCE) as answer:
            answer.read()
            for cookie in answer.headers.get_all("Set-Cookie") or []:
                name, _, value = cookie.split(";")[0].partition("=")
                self._cookies[name] = value

    async def open(self, page: str, parameters: str) -> Drawn:
        """Run a page and wait until its script is finished.

        Args:
            page: its path, "" for the first one.
            parameters: the query string, without the question mark.
        """
        assert self._connection
        message = BackMsg()
        message.rerun_script.query_string = parameters
        message.rerun_script.page_name = page
        message.rerun_script.context_info.timezone = "Europe/Rome"
        message.rerun_script.context_info.locale = "it-IT"
        start = time.perf_counter()
        try:
            await self._connection.send(message.SerializeToString())
            async with asyncio.timeout(_PATIENCE):
                return await self._receive(start)
        except TimeoutError:
            return Drawn(time.perf_counter() - start, None, "never finished", 0)
        except WebSocketException as error:
            return Drawn(time.perf_counter() - start, None, f"connection: {error}", 0)

    async def suggestions(self, typed: str) -> float:
        """Seconds until the search box has its suggestions for what was typed."""
        start = time.perf_counter()
        await asyncio.to_thread(self._load, f"/suggerimenti?{urlencode({'q': typed})}")
        return time.perf_counter() - start

    async def _receive(self, start: float) -> Drawn:
        assert self._connection
        first_hit: float | None = None
        trouble, size = "", 0
        while True:
            data = await self._connection.recv()
            assert isinstance(data, bytes)
            size += len(data)
            message = ForwardMsg.FromString(data)
            match message.WhichOneof("type"):
                case "delta":
                    element = message.delta.new_element
                    if element.WhichOneof("type") == "exception":
                        shown = element.exception
                        trouble = f"on the page: {shown.type}: {shown.message}"
                    if first_hit is None and 'class="kb-hit"' in element.html.body:
                        first_hit = time.perf_counter() - start
                case "page_not_found":
                    trouble = "no such page"
                case "script_finished":
                    how = message.script_finished
                    if how == ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                        continue
                    if how != ForwardMsg.FINISHED_SUCCESSFULLY:
                        trouble = ForwardMsg.ScriptFinishedStatus.Name(how)
                    return Drawn(time.perf_counter() - start, first_hit, trouble, size)
                case _:
                    pass
