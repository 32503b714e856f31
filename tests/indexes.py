"""What an index answers and what lies in it, to compare before and after."""

from pathlib import Path

from search.datatypes import Query
from search.encoder import Encoder
from search.engine import Engine
from search.snapshot import open_snapshot


def answer(index: Path, encoder: Encoder, text: str = "nota sul sughero") -> list[tuple[str, str]]:
    """Path of the document and text of the passage of each hit."""
    hits = Engine(open_snapshot(index), encoder).search(Query(text)).hits
    return [(hit.document.path, hit.passage.text) for hit in hits]


def everything_in(folder: Path) -> dict[str, bytes | None]:
    """The bytes of each file, None for a folder; locks are left out."""
    paths = [path for path in folder.rglob("*") if path.name != ".lock"]
    return {str(path): path.read_bytes() if path.is_file() else None for path in paths}


def engine_of(index: Path, encoder: Encoder) -> Engine:
    """An engine on the current snapshot."""
    return Engine(open_snapshot(index), encoder)
