"""A backup is a whole index or none, and what is restored is what was saved."""

import io
import json
import shutil
import tarfile
from pathlib import Path

import pytest
from indexes import answer, everything_in

from ingest.__main__ import main
from ingest.backup import backup, restore
from ingest.check import check
from ingest.history import rollback
from search.errors import CorruptSnapshotError, SnapshotError
from search.snapshot import current_id, snapshot_ids


@pytest.fixture
def saved(small_index, tmp_path) -> Path:
    """A backup of the small index."""
    backup(small_index, tmp_path / "saved.tar")
    return tmp_path / "saved.tar"


def test_a_backup_restored_elsewhere_answers_as_the_index(
    three, tmp_path, encoder, small_corpus, run_ingest
):
    file, other = tmp_path / "saved.tar", tmp_path / "other"
    listing = backup(three, file)
    restore(file, other)

    assert snapshot_ids(other) == [current_id(three)] == [listing.snapshot_id]
    assert answer(other, encoder) == answer(three, encoder)
    assert check(other).faults == ()
    # Five documents, the older version of the note not among them.
    assert len(list((other / "originals").glob("??/*"))) == 5
    assert run_ingest(small_corpus, other).snapshot_id == listing.snapshot_id
    assert not list(other.glob(".writing-*"))
    assert not list(tmp_path.glob(".saved*"))


def test_a_restore_keeps_the_other_snapshots_and_can_be_taken_back(
    small_index, saved, small_corpus, encoder, run_ingest
):
    old = current_id(small_index)
    (small_corpus / "nota.md").write_text("Una nota sul sughero.")
    new = run_ingest(small_corpus, small_index).snapshot_id

    restore(saved, small_index)
    assert current_id(small_index) == old
    assert "nota.md" not in [path for path, _ in answer(small_index, encoder)]
    rollback(small_index, new)
    assert "nota.md" in [path for path, _ in answer(small_index, encoder)]


def test_a_restore_mends_a_damaged_index(small_index, saved):
    (small_index / current_id(small_index) / "store.sqlite").write_bytes(b"?")
    for path in (small_index / "originals").glob("??/*"):
        path.write_bytes(b"?")
    restore(saved, small_index)
    assert check(small_index).faults == ()


def test_restoring_what_is_there_and_sound_does_not_touch_it(small_index, saved):
    folder = small_index / current_id(small_index)
    before = folder.stat().st_ino
    restore(saved, small_index)
    assert folder.stat().st_ino == before
    assert check(small_index).faults == ()


def test_a_backup_replaces_a_file_only_when_told(small_index, saved, capsys):
    saved.write_bytes(b"precious")
    assert main(["backup", str(saved), "--index", str(small_index)]) == 2
    assert "--force" in capsys.readouterr().err
    assert saved.read_bytes() == b"precious"
    assert main(["backup", str(saved), "--index", str(small_index), "--force"]) == 0
    assert tarfile.is_tarfile(saved)


def test_a_backup_is_for_its_owner_alone(saved):
    assert saved.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("name", ["store.sqlite", "sentences.npy", "manifest.json"])
def test_a_damaged_index_is_not_backed_up(small_index, tmp_path, name):
    path = small_index / current_id(small_index) / name
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    path.write_bytes(data)
    with pytest.raises(CorruptSnapshotError, match=name):
        backup(small_index, tmp_path / "saved.tar")
    assert not list(tmp_path.glob("*.tar"))
    assert not list(tmp_path.glob(".saved*"))


def test_an_index_that_lacks_an_original_is_not_backed_up(small_index, tmp_path):
    lost = next((small_index / "originals").glob("??/*"))
    lost.unlink()
    with pytest.raises(CorruptSnapshotError, match=lost.name):
        backup(small_index, tmp_path / "saved.tar")
    assert not (tmp_path / "saved.tar").exists()


def test_a_backup_cut_anywhere_is_refused_and_nothing_is_written(saved, tmp_path):
    data = saved.read_bytes()
    with tarfile.open(saved) as tar:
        edges = [member.offset for member in tar]
    cuts = {0, 1, 300, 511, 513, *edges, *(edge + 700 for edge in edges)}
    for cut in sorted(cut for cut in cuts if cut < edges[-1] + 700):
        saved.write_bytes(data[:cut])
        with pytest.raises(SnapshotError, match=r"saved\.tar"):
            restore(saved, tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_a_flipped_bit_in_any_file_of_a_backup_is_refused_by_name(saved, tmp_path):
    data = saved.read_bytes()
    with tarfile.open(saved) as tar:
        members = [member for member in tar if member.size and member.name != "backup.json"]
    assert len(members) > 10
    for member in members:
        changed = bytearray(data)
        changed[member.offset_data + member.size // 2] ^= 1
        saved.write_bytes(changed)
        with pytest.raises(CorruptSnapshotError, match=member.name):
            restore(saved, tmp_path / "new")
    assert not (tmp_path / "new").exists()


def rewritten(saved: Path, change) -> None:
    """Write the backup anew with its list of (member, bytes) changed."""
    with tarfile.open(saved) as tar:
        content = [(m, tar.extractfile(m).read()) for m in tar]
    with tarfile.open(saved, "w") as tar:
        for member, data in change(content):
            tar.addfile(member, io.BytesIO(data))


def member(name: str, kind: bytes = tarfile.REGTYPE, link: str = "") -> tarfile.TarInfo:
    made = tarfile.TarInfo(name)
    made.type, made.linkname = kind, link
    return made


@pytest.mark.parametrize(
    "extra",
    [
        member("../outside"),
        member("/etc/cron.d/outside"),
        member("originals/../../outside"),
        member("CURRENT"),
        member("originals", tarfile.SYMTYPE, "/etc"),
        member("link", tarfile.LNKTYPE, "backup.json"),
        member("device", tarfile.CHRTYPE),
        member("pipe", tarfile.FIFOTYPE),
        member("folder", tarfile.DIRTYPE),
    ],
    ids=lambda extra: extra.name,
)
@pytest.mark.parametrize("listed", [False, True])
def test_a_backup_with_what_no_backup_holds_is_refused(saved, small_index, tmp_path, extra, listed):
    def add(content):
        (head, text), *rest = content
        if listed:
            listing = json.loads(text)
            empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
            listing["files"][extra.name] = {"size": 0, "sha256": empty}
            text = json.dumps(listing).encode()
            head.size = len(text)
        return [(head, text), (extra, b""), *rest]

    rewritten(saved, add)
    before = everything_in(tmp_path)
    for target in (small_index, tmp_path / "new"):
        with pytest.raises(SnapshotError, match=r"saved\.tar"):
            restore(saved, target)
    assert everything_in(tmp_path) == before


def test_a_file_of_the_snapshot_that_is_a_link_is_refused(saved, tmp_path):
    def link(content):
        for part, data in content:
            if part.name.endswith("store.sqlite"):
                yield member(part.name, tarfile.SYMTYPE, "/etc/passwd"), b""
            else:
                yield part, data

    rewritten(saved, link)
    with pytest.raises(CorruptSnapshotError, match=r"store\.sqlite' is a link"):
        restore(saved, tmp_path / "new")


def test_a_backup_without_an_original_is_refused_though_its_listing_agrees(saved, tmp_path):
    def lose(content):
        (head, text), *rest = content
        listing = json.loads(text)
        lost = next(name for name in listing["files"] if name.startswith("originals/"))
        del listing["files"][lost]
        text = json.dumps(listing).encode()
        head.size = len(text)
        return [(head, text), *((m, d) for m, d in rest if m.name != lost)]

    rewritten(saved, lose)
    with pytest.raises(CorruptSnapshotError, match=r"the original of .* is missing"):
        restore(saved, tmp_path / "new")
    assert not (tmp_path / "new" / "CURRENT").exists()


def test_other_files_are_no_backup(saved, tmp_path, capsys):
    (tmp_path / "text.tar").write_text("no tar at all " * 100)
    with tarfile.open(tmp_path / "other.tar", "w") as tar:
        tar.addfile(member("readme.txt"))
    with tarfile.open(tmp_path / "packed.tar", "w:gz") as tar:
        tar.add(saved, "backup.json")
    newer = tmp_path / "newer.tar"
    shutil.copy(saved, newer)
    rewritten(newer, lambda content: [(content[0][0], content[0][1].replace(b": 1,", b": 9,", 1))])
    for name, message in {
        "text.tar": "is no tar file",
        "other.tar": "does not begin with backup.json",
        "packed.tar": "is no tar file",
        "newer.tar": "another version of this software (format 9",
        "missing.tar": "cannot be read (No such file or directory)",
    }.items():
        assert main(["restore", str(tmp_path / name), "--index", str(tmp_path / "new")]) == 2
        assert message in capsys.readouterr().err, name
    assert not (tmp_path / "new").exists()
