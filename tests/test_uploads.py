"""From an uploaded file to a document in the corpus: quarantine, what would change, accepting."""

import hashlib
import io
import os
import zipfile
from pathlib import Path

import pytest
import yaml
from pypdf import PdfReader, PdfWriter

from ingest.declarations import read_password, read_sidecar
from ingest.examiner import Examiner
from ingest.foreseen import copies_of, foresee, sizes_in
from ingest.isolation import ReaderPool
from ingest.plan import plan
from ingest.quarantine import MOST_BYTES, MOST_FILES, Held, Quarantine, Refusal, Wishes
from ingest.uploads import accept, destination, free_name
from search.errors import IngestError
from search.snapshot import open_snapshot

NOTE = b"""---
title: Il noleggio di abiti
year: 2023
---
# Un'altra intestazione

Il noleggio di abiti cresce da tre anni nei distretti.
"""
HOSTILE = Path(__file__).parent.parent.parent / "shared" / "pdf-hostile"


@pytest.fixture(scope="module")
def pool():
    with ReaderPool(1) as readers:
        yield readers


@pytest.fixture
def quarantine(tmp_path):
    return Quarantine(tmp_path / "state" / "quarantine")


@pytest.fixture
def corpus(tmp_path):
    folder = tmp_path / "corpus"
    folder.mkdir()
    return folder


@pytest.fixture
def hold(quarantine, pool):
    """Put a file into quarantine and have it read."""

    def held(name: str, data: bytes, /, **wishes: object) -> Held:
        taken = quarantine.receive(name, data, "admin")
        assert isinstance(taken, Held)
        quarantine.examine(taken.id, pool)
        found = quarantine.wish(taken.id, Wishes(**wishes))
        assert found is not None
        return found

    return held


def everything_in(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_a_file_is_held_outside_the_corpus_until_it_is_accepted(quarantine, corpus, hold):
    held = hold("nota.md", NOTE)
    assert everything_in(corpus) == {}
    assert [file.id for file in quarantine.files()] == [held.id]
    assert quarantine.path(held).read_bytes() == NOTE
    assert held.sha256 == hashlib.sha256(NOTE).hexdigest()
    goal = accept(quarantine, held, corpus)
    assert goal.path == "trasversali/nota.md"
    assert everything_in(corpus) == {"trasversali/nota.md": NOTE}
    assert quarantine.files() == []


def test_what_the_file_says_is_proposed_and_only_the_rest_is_declared(quarantine, corpus, hold):
    held = hold("nota.md", NOTE, group="tracciabilita", kind="workshop", title="Il noleggio")
    goal = destination(corpus, held)
    assert (goal.path, goal.year) == ("tracciabilita/nota.md", 2023)
    assert goal.declared == {"title": "Il noleggio", "kind": "workshop"}
    accept(quarantine, held, corpus)
    declared, warnings = read_sidecar(corpus / "tracciabilita" / "nota.md.yaml")
    assert (declared.title, declared.kind, declared.group, declared.year) == (
        "Il noleggio",
        "workshop",
        None,
        None,
    )
    assert not warnings


def test_a_hostile_title_comes_back_from_the_sidecar_as_it_was_typed(quarantine, corpus, hold):
    title = "# 'no': {a: [1]} \" & * ! | > % @ ` è \U0001f600"
    accept(quarantine, hold("nota.md", NOTE, title=title), corpus)
    declared, warnings = read_sidecar(corpus / "trasversali" / "nota.md.yaml")
    assert (declared.title, warnings) == (title, [])


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("vuoto.pdf", b"", Refusal.EMPTY),
        ("x.meta.yaml", b"title: mio", Refusal.SIDECAR),
        ("../x.YML", b"title: mio", Refusal.SIDECAR),
        ("grande.pdf", bytes(MOST_BYTES + 1), Refusal.TOO_LARGE),
    ],
)
def test_what_is_no_document_is_not_taken_in(quarantine, name, data, why):
    assert quarantine.receive(name, data, "admin") == why
    assert quarantine.files() == []


def test_the_same_bytes_are_held_once_and_not_more_files_than_there_is_room_for(quarantine):
    for number in range(MOST_FILES):
        assert isinstance(quarantine.receive("nota.md", b"n%d" % number, "admin"), Held)
    assert quarantine.receive("altra.md", b"n7", "admin") == Refusal.ALREADY_HELD
    assert quarantine.receive("altra.md", b"altra", "admin") == Refusal.TOO_MANY
    quarantine.discard(quarantine.files()[0].id)
    assert isinstance(quarantine.receive("altra.md", b"altra", "admin"), Held)


def test_ids_that_lead_elsewhere_lead_nowhere(quarantine, hold):
    held = hold("nota.md", NOTE)
    for elsewhere in ("..", "../..", f"../{held.id}", f"{held.id}/", "", held.id.upper() + "x"):
        assert quarantine.file(elsewhere) is None
        quarantine.discard(elsewhere)
    assert quarantine.file(held.id) is not None


def zip_bomb() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        types = "wordprocessingml.document.main+xml"
        package.writestr("[Content_Types].xml", f'<Types ContentType="{types}"/>')
        package.writestr("word/document.xml", bytes(200 * 2**20))
    return packed.getvalue()


def locked_pdf(password: str) -> bytes:
    [pdf] = sorted((Path(__file__).parent.parent / "corpus").glob("trasversali/*bozza.pdf"))
    writer = PdfWriter(clone_from=PdfReader(pdf))
    writer.encrypt(password, algorithm="AES-256")
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("falso.pdf", b"%PDF-1.7 and nothing else"),
        ("bomba.docx", zip_bomb()),
        ("archivio.zip", b"PK\x05\x06" + bytes(18)),
        ("programma.pdf", b"MZ\x90\0" + bytes(range(256)) * 8),
        ("segreto.pdf", locked_pdf("aperto")),
    ],
)
def test_what_cannot_be_read_says_why_and_stays_out_unless_one_insists(
    quarantine, corpus, hold, name, data
):
    held = hold(name, data)
    assert held.found is None
    assert held.reason
    with pytest.raises(IngestError, match="cannot be read"):
        accept(quarantine, held, corpus)
    assert everything_in(corpus) == {}
    accept(quarantine, held, corpus, insists=True)
    assert everything_in(corpus) == {f"trasversali/{name}": data}


def test_a_locked_file_is_read_with_its_password_which_goes_into_the_sidecar(
    quarantine, corpus, hold, pool
):
    held = hold("segreto.pdf", locked_pdf("aperto"))
    assert held.wants_password
    for password, is_read in (("chiuso", False), ("aperto", True)):
        quarantine.wish(held.id, Wishes(password=password))
        quarantine.forget_reason(held.id)
        held = quarantine.examine(held.id, pool)
        assert (held.found is not None) == is_read
    accept(quarantine, held, corpus)
    assert read_password(corpus / "trasversali" / "segreto.pdf.yaml") == "aperto"


def test_a_web_page_called_pdf_is_given_its_own_suffix(quarantine, corpus, hold):
    page = b"<!doctype html><title>Pagina</title><h1>Il noleggio</h1><p>Il noleggio cresce.</p>"
    held = hold("pagina.pdf", page)
    assert held.found.media_type == "text/html"
    assert accept(quarantine, held, corpus).path == "trasversali/pagina.html"


def test_a_name_that_is_taken_is_never_overwritten_unawares(quarantine, corpus, hold):
    (corpus / "trasversali").mkdir()
    (corpus / "trasversali" / "Nota.md").write_bytes(b"quella di prima")
    held = hold("nota.md", NOTE)
    goal = destination(corpus, held)
    assert (goal.taken, goal.is_replaceable) == ("trasversali/Nota.md", False)
    for replaces in (False, True):
        with pytest.raises(IngestError, match="is there already"):
            accept(quarantine, held, corpus, replaces=replaces)
    assert everything_in(corpus) == {"trasversali/Nota.md": b"quella di prima"}
    other = free_name(corpus, goal.path)
    assert other == "nota-2.md"
    accept(quarantine, quarantine.wish(held.id, Wishes(name=other)), corpus)
    assert set(everything_in(corpus)) == {"trasversali/Nota.md", "trasversali/nota-2.md"}


def test_replacing_keeps_what_the_sidecar_says_beside(quarantine, corpus, hold):
    (corpus / "trasversali").mkdir()
    (corpus / "trasversali" / "nota.md").write_bytes(b"quella di prima")
    sidecar = corpus / "trasversali" / "nota.md.yaml"
    sidecar.write_text("# mio\ntitle: Vecchio\nauthor: Anna\ncaso: no\nnostro: 7\n")
    held = hold("nota.md", NOTE, title="Nuovo")
    with pytest.raises(IngestError, match="is there already"):
        accept(quarantine, held, corpus)
    accept(quarantine, held, corpus, replaces=True)
    assert (corpus / "trasversali" / "nota.md").read_bytes() == NOTE
    said = yaml.safe_load(sidecar.read_text())
    assert said == {"title": "Nuovo", "author": "Anna", "caso": False, "nostro": 7}
    assert "# mio" in sidecar.read_text()


def test_a_forgotten_sidecar_of_another_file_is_not_overwritten(quarantine, corpus, hold):
    (corpus / "trasversali").mkdir()
    (corpus / "trasversali" / "nota.md.yaml").write_text("title: di chi?")
    held = hold("nota.md", NOTE, kind="workshop")
    with pytest.raises(IngestError, match="is there already"):
        accept(quarantine, held, corpus)
    assert everything_in(corpus) == {"trasversali/nota.md.yaml": b"title: di chi?"}


def test_a_name_with_a_path_stays_in_its_folder(quarantine, corpus, tmp_path, hold):
    held = hold("nota.md", NOTE, name="../../fuori.md", group="../..")
    assert accept(quarantine, held, corpus).path == "trasversali/fuori.md"
    assert set(everything_in(tmp_path / "corpus")) == {"trasversali/fuori.md"}


def test_a_folder_that_leads_out_of_the_corpus_is_not_followed(quarantine, corpus, tmp_path, hold):
    (tmp_path / "outside").mkdir()
    (corpus / "trasversali").symlink_to(tmp_path / "outside")
    with pytest.raises(IngestError, match="leads out of the corpus"):
        accept(quarantine, hold("nota.md", NOTE), corpus)
    assert everything_in(tmp_path / "outside") == {}


def test_the_folder_of_a_group_is_the_one_that_is_there(corpus, hold):
    (corpus / "Tracciabilita").mkdir()
    held = hold("nota.md", NOTE, group="tracciabilita")
    assert destination(corpus, held).path == "Tracciabilita/nota.md"


def test_nothing_is_left_behind_where_the_corpus_cannot_be_written(
    quarantine, corpus, hold, monkeypatch
):
    held = hold("nota.md", NOTE, kind="workshop")
    real = os.link

    def full(source: object, target: object) -> None:
        if str(target).endswith(".md"):
            raise FileExistsError(17, "somebody was faster")
        real(source, target)

    monkeypatch.setattr("os.link", full)
    with pytest.raises(IngestError, match="is there already"):
        accept(quarantine, held, corpus)
    assert everything_in(corpus) == {}
    assert quarantine.file(held.id) is not None


def test_a_disk_without_second_names_will_do(quarantine, corpus, hold, monkeypatch):
    def refuse(*_: object) -> None:
        raise PermissionError(1, "not on this disk")

    monkeypatch.setattr("os.link", refuse)
    accept(quarantine, hold("nota.md", NOTE, kind="workshop"), corpus)
    assert set(everything_in(corpus)) == {"trasversali/nota.md", "trasversali/nota.md.yaml"}


def test_a_file_that_is_gone_meanwhile_is_not_accepted(quarantine, corpus, hold):
    held = hold("nota.md", NOTE)
    quarantine.discard(held.id)
    with pytest.raises(IngestError, match="not in quarantine any more"):
        accept(quarantine, held, corpus)
    assert quarantine.wish(held.id, Wishes()) is None


def test_copies_in_the_corpus_are_named(corpus, hold):
    (corpus / "a.md").write_bytes(NOTE)
    (corpus / "b.md").write_bytes(NOTE.replace(b"tre", b"due"))
    held = hold("nota.md", NOTE)
    assert list(copies_of(held, corpus, sizes_in(corpus))) == ["a.md"]


def test_the_newer_version_of_a_document_is_foreseen_as_a_run_sees_it(
    quarantine, corpus, hold, run_ingest, tmp_path
):
    old = "\n\n".join(f"Il capo {n} ha fibra, lotto, fornitore e data {n * 7}." for n in range(60))
    (corpus / "trasversali").mkdir()
    (corpus / "trasversali" / "relazione-2023.md").write_text(old)
    (corpus / "trasversali" / "altra.md").write_text("Il noleggio di abiti cresce. " * 30)
    run_ingest(corpus, tmp_path / "index")
    snapshot = open_snapshot(tmp_path / "index")
    held = hold("relazione-2024.md", old.replace("fornitore", "filatura", 5).encode())
    foreseen = foresee(quarantine, held, destination(corpus, held), (), snapshot)
    [version] = foreseen.versions
    assert (version.path, version.is_older) == ("trasversali/relazione-2023.md", True)
    older = quarantine.wish(held.id, Wishes(name="relazione-2019.md"))
    [version] = foresee(quarantine, older, destination(corpus, older), (), snapshot).versions
    assert not version.is_older
    accept(quarantine, quarantine.wish(held.id, Wishes()), corpus)
    run_ingest(corpus, tmp_path / "index")
    [told] = open_snapshot(tmp_path / "index").store.versions()
    assert told.shared == pytest.approx(version.shared, abs=0.01)


def test_what_is_accepted_is_what_a_run_would_add(quarantine, corpus, hold, tmp_path):
    accept(quarantine, hold("nota.md", NOTE, kind="workshop"), corpus)
    planned = plan(corpus, tmp_path / "index")
    assert planned.changes.added == ("trasversali/nota.md",)


def test_an_examiner_reads_what_waits_and_a_new_one_goes_on(quarantine):
    first = quarantine.receive("nota.md", NOTE, "admin")
    second = quarantine.receive("falso.pdf", b"%PDF-1.7", "admin")
    examiner = Examiner(quarantine)
    examiner.examine([first.id, second.id, "0" * 16])
    for _ in range(600):
        if all(file.is_examined for file in quarantine.files()):
            break
        examiner._thread.join(0.1)
    found = {file.name: file for file in quarantine.files()}
    assert found["nota.md"].found.heading == "Un'altra intestazione"
    assert found["falso.pdf"].reason


@pytest.mark.skipif(not HOSTILE.is_dir(), reason="../shared/pdf-hostile is not on this machine")
def test_hostile_files_are_read_or_have_a_reason(hold):
    names = sorted(HOSTILE.glob("*.pdf"), key=lambda path: path.stat().st_size)[1:60:6]
    for path in names:
        held = hold(path.name, path.read_bytes())
        assert bool(held.found) != bool(held.reason)
