"""Why a file is not read: every reason of the readers that are not for PDF, in one place.

Each says what is the matter and, after the colon, what to do about it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from search.errors import UnreadableDocumentError

EMPTY = "it is empty: put the document's content in it"
NO_TEXT = "it has no text: put the document's content in it"
UNKNOWN_TYPE = (
    "it is not a type this version reads: save it as one that is "
    "(PDF, DOCX, PPTX, XLSX, ODT, EPUB, HTML, Markdown, text)"
)
ARCHIVE = "it is an archive of files: unpack it and put the documents themselves in the folder"
OLD_WORD = "it is in Word's format of before 2007: save it as DOCX"
OLD_EXCEL = "it is in Excel's format of before 2007: save it as XLSX"
OLD_POWERPOINT = "it is in PowerPoint's format of before 2007: save it as PPTX"
OLD_OFFICE = "it is in an Office format of before 2007: save it as DOCX, PPTX or XLSX"
BINARY_EXCEL = "it is in Excel's binary format: save it as XLSX"
STRICT_OFFICE = "it is in the Strict Open XML format: save it as an ordinary DOCX, PPTX or XLSX"
OPEN_SPREADSHEET = "it is an OpenDocument spreadsheet: save it as XLSX"
OPEN_PRESENTATION = "it is an OpenDocument presentation: save it as PPTX"
OPEN_OTHER = "it is an OpenDocument file that is no text: save it as PDF"
RTF = "it is in Rich Text Format: save it as DOCX"
PASSWORD = "it is behind a password: save a copy without one"
NO_PASSWORD = (
    "it is encrypted with a password: write `password: ...` in its sidecar, "
    "or save a copy without one"
)
WRONG_PASSWORD = "the password in its sidecar does not open it: correct it"
COPY_PROTECTED = "it is protected against copying: ask its publisher for a copy that is not"
DAMAGED = "it is damaged: save it again from its program"
DECLARES_ENTITIES = "it declares XML entities, as no Office program does: save it as PDF"
TOO_LARGE = "it holds too much text to be read at once: split it"
TOO_DEEP = "its parts stand too deep inside each other: save it as PDF"
INTERRUPTED = "the program that converts it was ended by the system: the next run tries again"
TOO_SLOW = "converting it takes too long: split it, or save it as PDF"


@contextmanager
def reason_for_failures() -> Iterator[None]:
    """Turn what a converter stumbles over into a reason.

    The libraries that read office formats raise whatever their code meets in a file that is not
    as it should be: no list of exceptions would be complete.

    Raises:
        UnreadableDocumentError: anything was raised inside.
    """
    try:
        yield
    except UnreadableDocumentError:
        raise
    except RecursionError as error:
        raise UnreadableDocumentError(TOO_DEEP) from error
    except MemoryError as error:
        raise UnreadableDocumentError(TOO_LARGE) from error
    except Exception as error:
        raise UnreadableDocumentError(DAMAGED) from error
