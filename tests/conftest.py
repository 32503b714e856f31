"""What several test files share: the real model, and an index of the shipped corpus."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings
from tiny_model import save_tiny_model

from ingest.pipeline import ingest
from ingest.report import IngestReport
from search.encoder import Encoder, load_encoder
from search.engine import Engine
from search.snapshot import open_snapshot

ROOT = Path(__file__).parent.parent

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


@pytest.fixture
def small_corpus(tmp_path: Path) -> Path:
    """Four short Markdown documents, one for each group."""
    corpus = tmp_path / "corpus"
    texts = {
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
    for name, text in texts.items():
        path = corpus / name
        path.parent.mkdir(parents=True)
        path.write_text(text, encoding="utf-8")
    return corpus
