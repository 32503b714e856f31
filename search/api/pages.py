"""``/api/pages/{id}.png``: a page as it was printed, with a passage marked on it.

The id is a passage's, or a document's for a page without marks.
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from ..datatypes import Document, Passage
from ..page_image import passage_boxes, render_page
from ..snapshot import Snapshot
from .answers import png_answer
from .passages import find_passage
from .problems import NOT_FOUND, ProblemError
from .reading import read_parameters
from .records import PDF, moved
from .schemas import PageRequest
from .service import service_of


async def draw_page(request: Request) -> Response:
    """The picture of a page of a PDF."""
    asked = read_parameters(request, PageRequest)
    wanted = request.path_params["id"]
    service = service_of(request)

    def work() -> bytes:
        snapshot = service.engine().snapshot
        document = snapshot.store.document(wanted)
        if document is not None:
            return _bare(snapshot, document, asked)
        return _marked(snapshot, *find_passage(snapshot.store, wanted), asked)

    return png_answer(await service.drawing.run(work))


def _bare(snapshot: Snapshot, document: Document, asked: PageRequest) -> bytes:
    if asked.sentence is not None:
        raise ProblemError(NOT_FOUND, "sentence: a document has none, give the id of a passage")
    number = 1 if asked.page is None else asked.page
    _check(document, number)
    return render_page(snapshot.original(document), number, (), (), asked.dpi)


def _marked(snapshot: Snapshot, passage: Passage, document: Document, asked: PageRequest) -> bytes:
    start, sentence, number = passage.span.start, None, passage.first_page
    if asked.sentence is not None:
        if not 0 <= asked.sentence < len(passage.sentences):
            said = f"sentence: the passage has {len(passage.sentences)}, counted from 0"
            raise ProblemError(NOT_FOUND, said)
        sentence = moved(passage.sentences[asked.sentence], start)
        number = snapshot.store.page_at(document.id, sentence.start)
    number = number if asked.page is None else asked.page
    _check(document, number)
    content = snapshot.store.content(document.id)
    return render_page(
        snapshot.original(document),
        number,
        passage_boxes(content, passage.span).get(number, ()),
        passage_boxes(content, sentence).get(number, ()) if sentence else (),
        asked.dpi,
    )


def _check(document: Document, number: int) -> None:
    if document.media_type != PDF:
        said = f"a document of type {document.media_type} has no pages to draw: read its passages"
        raise ProblemError(NOT_FOUND, said)
    if not 1 <= number <= document.page_count:
        raise ProblemError(NOT_FOUND, f"page: the document has {document.page_count}, from 1")
