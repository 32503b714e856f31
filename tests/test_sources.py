"""Which files of a folder are documents, and what changes their keys."""

from __future__ import annotations

import os
from hashlib import sha256
from pathlib import Path

import pytest

from ingest.sources import find_sources
from search.errors import IngestError


def write(corpus: Path, *names: str, text: str = "Testo.") -> None:
    for name in names:
        path = corpus / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def names_in(corpus: Path) -> list[str]:
    return [source.name for source in find_sources(corpus, "1")[0]]


def test_the_files_of_all_folders_are_found_in_order(tmp_path: Path):
    write(tmp_path, "b.md", "a/z.txt", "a/b/c.pdf", "Perché no?/Città d'arte 2024.md")
    sources, skipped = find_sources(tmp_path, "1")
    assert [s.name for s in sources] == [
        "Perché no?/Città d'arte 2024.md",
        "a/b/c.pdf",
        "a/z.txt",
        "b.md",
    ]
    assert all(s.path == tmp_path / s.name for s in sources)
    assert {s.sha256 for s in sources} == {sha256(b"Testo.").hexdigest()}
    assert skipped == []


def test_what_is_no_document_is_left_out_without_a_word(tmp_path: Path):
    write(tmp_path, "a.md", ".nascosto.md", ".git/a.md", "b/.DS_Store", "~$a.docx", "b/~$b.docx")
    write(tmp_path, "README.md", "readme.txt", "a.yaml", "a.md.YAML", "b/orfano.yaml")
    sources, skipped = find_sources(tmp_path, "1")
    assert [s.name for s in sources] == ["a.md"]
    assert skipped == []


def test_a_readme_in_a_folder_is_a_document(tmp_path: Path):
    write(tmp_path, "tracciabilita/README.md", "readme-2024.md")
    assert names_in(tmp_path) == ["readme-2024.md", "tracciabilita/README.md"]


def test_links_to_files_and_folders_and_to_nothing_are_reported(tmp_path: Path):
    corpus, elsewhere = tmp_path / "corpus", tmp_path / "altrove"
    write(corpus, "a.md")
    write(elsewhere, "segreto.md", "segreto.yaml")
    (corpus / "file.md").symlink_to(elsewhere / "segreto.md")
    (corpus / "cartella").symlink_to(elsewhere)
    (corpus / "rotto.md").symlink_to(elsewhere / "non c'è.md")
    (corpus / "a.yaml").symlink_to(elsewhere / "segreto.yaml")
    sources, skipped = find_sources(corpus, "1")
    assert [(s.name, s.sidecar) for s in sources] == [("a.md", None)]
    assert [s.name for s in skipped] == ["a.yaml", "cartella", "file.md", "rotto.md"]
    assert {s.reason for s in skipped} == {"it is a link: put the file itself here"}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_reported_and_not_waited_for(tmp_path: Path):
    write(tmp_path, "a.md")
    os.mkfifo(tmp_path / "pipe.md")
    sources, [skipped] = find_sources(tmp_path, "1")
    assert [s.name for s in sources] == ["a.md"]
    assert skipped.name == "pipe.md"
    assert "ordinary file" in skipped.reason


def test_a_name_in_an_old_encoding_is_reported_with_a_name_one_can_print(tmp_path: Path):
    write(tmp_path, "a.md")
    try:
        with open(os.fsencode(tmp_path) + b"/citt\xe0.md", "wb") as file:  # noqa: PTH123 - bytes
            file.write(b"Testo.")
    except OSError:
        pytest.skip("this file system takes only names in UTF-8")
    sources, [skipped] = find_sources(tmp_path, "1")
    assert [s.name for s in sources] == ["a.md"]
    assert skipped.name == "citt\N{REPLACEMENT CHARACTER}.md"
    assert skipped.reason == "its name is not in UTF-8: rename it"


def test_a_corpus_that_is_no_folder_is_an_error_that_names_it(tmp_path: Path):
    write(tmp_path, "a.md")
    for path in (tmp_path / "a.md", tmp_path / "non c'è"):
        with pytest.raises(IngestError, match="is not a folder") as caught:
            find_sources(path, "1")
        assert str(path) in str(caught.value)


def test_the_sidecar_with_the_whole_name_goes_before_the_other(tmp_path: Path):
    write(tmp_path, "nota.pdf", "nota.md", "nota.yaml", "nota.pdf.yaml", "altra.pdf")
    sidecars = {s.name: s.sidecar for s in find_sources(tmp_path, "1")[0]}
    assert sidecars == {
        "nota.pdf": tmp_path / "nota.pdf.yaml",
        "nota.md": tmp_path / "nota.yaml",
        "altra.pdf": None,
    }


def key(corpus: Path, name: str = "nota.md", readers_version: str = "1") -> str:
    return {s.name: s.key for s in find_sources(corpus, readers_version)[0]}[name]


def test_the_key_of_a_source_changes_with_all_it_is_made_from(tmp_path: Path):
    write(tmp_path, "nota.md", "copia.md")
    keys = [key(tmp_path), key(tmp_path, "copia.md"), key(tmp_path, readers_version="2")]
    write(tmp_path, "nota.yaml", text="anno: 2023")
    keys.append(key(tmp_path))
    write(tmp_path, "nota.yaml", text="anno: 2024")
    keys.append(key(tmp_path))
    write(tmp_path, "nota.md", text="Altro testo.")
    keys.append(key(tmp_path))
    assert len(set(keys)) == 6


def test_the_key_of_a_source_stays_while_what_it_is_made_from_stays(tmp_path: Path):
    write(tmp_path / "a", "nota.md")
    write(tmp_path / "a", "nota.yaml", text="anno: 2023")
    write(tmp_path / "b", "nota.md", "altro.md")
    write(tmp_path / "b", "nota.md.yaml", text="anno: 2023")
    os.utime(tmp_path / "b" / "nota.md", (0, 0))
    assert key(tmp_path / "a") == key(tmp_path / "b")
