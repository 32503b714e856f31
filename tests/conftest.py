"""What several test files share: the real model, indexes of the shipped corpus and a small one."""

import os
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest
from hypothesis import settings
from remembering import remembering
from small_texts import NOTES, PDF, SMALL
from streamlit.components.v2 import manifest_scanner
from tiny_model import save_tiny_model
from two_workers import LongestFirst, begun_first, keep_to_own_cores
from xdist.remote import Producer

import search.encoder
from ingest.pipeline import ingest
from ingest.report import IngestReport
from search.encoder import Encoder, default_cache, load_encoder
from search.engine import Engine
from search.snapshot import open_snapshot

ROOT = Path(__file__).parent.parent

# Before anything counts the cores.
keep_to_own_cores()


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> LongestFirst:
    """How `make test` shares the tests out."""
    return LongestFirst(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes longest is begun first."""
    items.sort(key=lambda item: begun_first(item.nodeid))


# On CI the same examples each time: a rare example is for a person to find, not for a release.
settings.register_profile("minit", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("minit")


class NoProgress:
    """Nobody is watching."""

    def documents(self, done: int, total: int) -> None:
        pass

    def texts(self, done: int, total: int) -> None:
        pass


@pytest.fixture(autouse=True)
def no_other_model(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever runs the tests may have chosen another model or index for themselves."""
    monkeypatch.delenv("MINIT_MODEL", raising=False)
    monkeypatch.delenv("MINIT_INDEX", raising=False)
    monkeypatch.delenv("MINIT_RERANKER", raising=False)
    monkeypatch.delenv("MINIT_CORPUS", raising=False)
    monkeypatch.delenv("MINIT_STATE", raising=False)


@pytest.fixture(autouse=True)
def same_main() -> Iterator[None]:
    """A page that AppTest ran stays `__main__`, and a process begun later would run it again."""
    main = sys.modules["__main__"]
    yield
    sys.modules["__main__"] = main


@pytest.fixture(scope="session", autouse=True)
def scanned_once() -> Iterator[None]:
    """AppTest looks through all installed packages for components anew, whenever it opens a page:
    half a second each time."""
    with pytest.MonkeyPatch.context() as patched:
        scan = cache(manifest_scanner.scan_component_manifests)
        patched.setattr(manifest_scanner, "scan_component_manifests", scan)
        yield


@pytest.fixture(scope="session", autouse=True)
def loaded_once() -> Iterator[None]:
    """The embedded model is loaded once by all pages and commands that run in this process, each
    of which would take a second and a half for it."""
    load = search.encoder._converted_encoder
    known = cache(load)

    def loaded(name: str, folder: Path) -> Encoder:
        # A copy that a test made for itself may be damaged next.
        return (known if folder.is_relative_to(default_cache()) else load)(name, folder)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(search.encoder, "_converted_encoder", loaded)
        yield


@pytest.fixture(scope="session")
def encoder() -> Encoder:
    """The embedded model; what it encoded once it knows."""
    return remembering(load_encoder())


@pytest.fixture(scope="session")
def tiny_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a small real model with random weights: any model but the embedded one."""
    return save_tiny_model(tmp_path_factory.mktemp("tiny") / "model")


@pytest.fixture(scope="session")
def sample_run(
    encoder: Encoder, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, IngestReport]:
    """An index of the shipped corpus, made once, and the report of the run that made it."""
    index = tmp_path_factory.mktemp("sample") / "index"
    return index, ingest(ROOT / "corpus", index, encoder, NoProgress())


@pytest.fixture(scope="session")
def sample_index(sample_run: tuple[Path, IngestReport]) -> Path:
    """An index of the shipped corpus. Tests read it; none writes to it."""
    return sample_run[0]


@pytest.fixture(scope="session")
def sample_engine(sample_index: Path, encoder: Encoder) -> Engine:
    """The shipped corpus, open for searching."""
    return Engine(open_snapshot(sample_index), encoder)


@pytest.fixture
def run_ingest(encoder: Encoder) -> Callable[[Path, Path], IngestReport]:
    """`ingest` with the embedded model, in silence."""
    return lambda corpus, index: ingest(corpus, index, encoder, NoProgress())


def write_corpus(corpus: Path, texts: Mapping[str, str]) -> Path:
    """Write files into a folder, each by its path in it."""
    for name, text in texts.items():
        path = corpus / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return corpus


@pytest.fixture
def small_corpus(tmp_path: Path) -> Path:
    """Four short Markdown documents, one for each group."""
    return write_corpus(tmp_path / "corpus", SMALL)


@pytest.fixture(scope="session")
def small_index_once(encoder: Encoder, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of the small corpus, made once. None writes to it."""
    folder = tmp_path_factory.mktemp("small")
    corpus = write_corpus(folder / "corpus", SMALL)
    ingest(corpus, folder / "index", encoder, NoProgress())
    return folder / "index"


@pytest.fixture
def small_index(small_index_once: Path, tmp_path: Path) -> Path:
    """The test's own index of the small corpus, with one snapshot."""
    return Path(shutil.copytree(small_index_once, tmp_path / "index"))


@pytest.fixture(scope="session")
def three_once(
    small_index_once: Path, encoder: Encoder, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """An index of the small corpus with three snapshots, made once. None writes to it."""
    folder = tmp_path_factory.mktemp("three")
    corpus = write_corpus(folder / "corpus", SMALL)
    index = Path(shutil.copytree(small_index_once, folder / "index"))
    for text in NOTES:
        (corpus / "nota.md").write_text(text, encoding="utf-8")
        ingest(corpus, index, encoder, NoProgress())
    return index


@pytest.fixture
def three(small_corpus: Path, three_once: Path, tmp_path: Path) -> Path:
    """The test's own index with three snapshots: a note was added, then changed."""
    (small_corpus / "nota.md").write_text(NOTES[-1], encoding="utf-8")
    return Path(shutil.copytree(three_once, tmp_path / "index"))


@pytest.fixture(scope="session")
def index_with_pdf(encoder: Encoder, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of the small corpus and a PDF of two pages, made once. None writes to it."""
    folder = tmp_path_factory.mktemp("with-pdf")
    corpus = write_corpus(folder / "corpus", SMALL)
    shutil.copy(ROOT / "corpus" / PDF, corpus / PDF)
    ingest(corpus, folder / "index", encoder, NoProgress())
    return folder / "index"


@pytest.fixture
def batch(small_index_once, encoder, tmp_path, monkeypatch):
    """Runs ``python -m search batch`` in an empty folder; returns its exit status."""
    from search.__main__ import main  # noqa: PLC0415 - few files need it

    monkeypatch.chdir(tmp_path)
    # The model is loaded once for all tests, not for each command.
    monkeypatch.setattr(
        "search.batch_command.open_engine",
        lambda index, *_: Engine(open_snapshot(Path(index)), encoder),
    )
    return lambda *arguments: main(["batch", *arguments, "--index", str(small_index_once)])
