"""What several test files share: the real model, and an index of the shipped corpus."""

import os
import re
import shutil
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

import pytest
from hypothesis import settings
from tiny_model import save_tiny_model
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

from ingest.pipeline import ingest
from ingest.report import IngestReport
from search.encoder import Encoder, load_encoder
from search.engine import Engine
from search.snapshot import open_snapshot

ROOT = Path(__file__).parent.parent
SMALL = {
    "economia-circolare/2023-case-history-reti.md": (
        "# Le reti tornano filo\n\nDalle reti da pesca dismesse si ricava nylon rigenerato."
    ),
    "open-innovation/2022-workshop-startup.md": (
        "# Imprese e startup\n\nL'azienda lancia una sfida e sceglie una startup."
    ),
    "nuovi-modelli-di-business/2024-quaderno-noleggio.md": (
        "# Il noleggio\n\nLa lavatrice si paga a canone mensile, non si compra."
    ),
    "tracciabilita/2025-relazione-introduttiva.md": (
        "# Il passaporto digitale\n\nUn codice sul capo racconta la filiera al cliente."
    ),
}
# `make test` has two workers: each gets its own half of the cores, or the model's threads of both
# would fight for all of them. Set before anything counts the cores.
if (worker := os.environ.get("PYTEST_XDIST_WORKER")) and hasattr(os, "sched_setaffinity"):
    cores = sorted(os.sched_getaffinity(0))
    share = cores[int(worker.removeprefix("gw")) :: int(os.environ["PYTEST_XDIST_WORKER_COUNT"])]
    os.sched_setaffinity(0, share or cores)


@cache
def needs_sample(file: str) -> bool:
    """Whether tests of a file use the index of the shipped corpus."""
    return re.search(r"\bsample_(run|index|engine)\b", (ROOT / file).read_text("utf-8")) is not None


class SampleOnce(LoadScopeScheduling):
    """Tests of one file go to one worker; those of all files with the sample index too, or each
    worker would make its own, which takes minutes."""

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.partition("::")[0]
        return "sample" if needs_sample(file) else file


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> SampleOnce:
    """How `make test` shares the tests out."""
    return SampleOnce(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes longest is begun first."""
    items.sort(key=lambda item: not needs_sample(item.nodeid.partition("::")[0]))


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


@pytest.fixture(scope="session")
def encoder() -> Encoder:
    """The embedded model."""
    return load_encoder()


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
