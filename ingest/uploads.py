"""From quarantine into the corpus: under which name, with which sidecar, in place of what."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import yaml

from search.datatypes import Group, Kind
from search.errors import IngestError

from .file_names import alike, is_sidecar, numbered, safe_name
from .quarantine import Held, Quarantine
from .sidecar import FIELDS, change, open_sidecar, save
from .sources import SIDECAR_SUFFIXES, is_document

NO_GROUP_FOLDER = "trasversali"
"""Holds the documents of no group."""


@dataclass(frozen=True, slots=True)
class Destination:
    """Where a file in quarantine would go, and what it would be there.

    Attributes:
        path: in the corpus, with forward slashes.
        title, group, kind, year: of the document; "" and None where there is none.
        declared: of these, and the password, what only a sidecar can say, by its keys.
        taken: the path of a file that is there under this name, or under one that differs in case
            or composition only; "" where there is none.
    """

    path: str
    title: str
    group: str
    kind: str
    year: int | None
    declared: Mapping[str, str]
    taken: str

    @property
    def is_replaceable(self) -> bool:
        """Whether the file that is there can be replaced: it has the same name to the letter."""
        return self.taken == self.path


def destination(corpus: Path, held: Held) -> Destination:
    """Where ``held`` would go by what is found in it and wished for it."""
    wishes = held.wishes
    name = safe_name(wishes.name) if wishes.name else held.name
    if is_sidecar(name):
        name += ".txt"
    wanted = wishes.group if wishes.group is not None else held.proposed(name).group
    group = wanted if wanted in tuple(Group) else ""
    path = f"{_folder(corpus, group)}/{name}"
    found = held.proposed(path)
    group = group or found.group  # what the file says itself cannot be taken back beside it
    kind = wishes.kind if wishes.kind in tuple(Kind) else found.kind
    title = " ".join(wishes.title.split()) if wishes.title else found.title
    year = wishes.year if wishes.year is not None else found.year
    declared = {
        "title": title if title != found.title else "",
        "group": group if group != found.group else "",
        "kind": kind if kind != found.kind else "",
        "year": str(year) if year and year != found.year else "",
        "password": wishes.password if held.found else "",
    }
    said = {field: value for field, value in declared.items() if value}
    return Destination(path, title, group, kind, year, said, _taken(corpus, path))


def _folder(corpus: Path, group: str) -> str:
    """The folder of a group, as it is spelled in this corpus."""
    wanted = group or NO_GROUP_FOLDER
    folders = corpus.iterdir() if corpus.is_dir() else iter(())
    names = sorted(folder.name for folder in folders if folder.is_dir())
    return next((name for name in names if alike(name) == alike(wanted)), wanted)


def _taken(corpus: Path, path: str) -> str:
    folder, _, name = path.rpartition("/")
    same = [other for other in _names_in(corpus / folder) if alike(other) == alike(name)]
    if not same:
        return ""
    return f"{folder}/{name if name in same else same[0]}"


def _names_in(folder: Path) -> Iterator[str]:
    return (path.name for path in folder.iterdir()) if folder.is_dir() else iter(())


def free_name(corpus: Path, path: str) -> str:
    """A name like that of ``path`` that nothing in its folder has: "report-2.pdf"."""
    folder, _, name = path.rpartition("/")
    taken = {alike(other) for other in _names_in(corpus / folder)}
    number = 2
    while alike(numbered(name, number)) in taken:
        number += 1
    return numbered(name, number)


def accept(
    quarantine: Quarantine,
    held: Held,
    corpus: Path,
    *,
    insists: bool = False,
    replaces: bool = False,
) -> Destination:
    """Move a file from quarantine into ``corpus``, with a sidecar where something is left to say.

    It appears there whole, from one moment to the next, and never in the place of another file
    unless that is asked for: then what its sidecar says beside title, group, kind and year stays.
    What it replaced can be had from the snapshots that still have it.

    Args:
        insists: also a file that cannot be read, or was not examined.
        replaces: in place of the file of the same name.

    Raises:
        IngestError: it is gone, or cannot be read, or its name is taken, or the corpus cannot be
            written.
    """
    current = quarantine.file(held.id)
    if current is None:
        raise IngestError(f"{held.name} is not in quarantine any more")
    if current.found is None and not insists:
        raise IngestError(f"{held.name} cannot be read ({current.reason or 'not tried yet'})")
    if not corpus.is_dir():
        raise IngestError(f"{corpus} is not a folder: name the folder that holds the documents")
    goal = destination(corpus, current)
    if goal.taken and not (replaces and is_document(corpus, goal.taken) and goal.is_replaceable):
        raise IngestError(f"{goal.taken} is there already: choose another name")
    if goal.taken and "password" in goal.declared:
        raise IngestError(f"{goal.path} needs a password of its own: choose another name")
    target = corpus / goal.path
    if not target.parent.resolve().is_relative_to(corpus.resolve()):
        raise IngestError(f"{target.parent} leads out of the corpus: put a folder there")
    try:
        target.parent.mkdir(exist_ok=True)
        if goal.taken:
            _replace(quarantine.path(current), target)
        else:
            _place(quarantine.path(current), target, goal.declared)
    except FileExistsError:
        raise IngestError(f"{goal.path} is there already: choose another name") from None
    except OSError as error:
        raise IngestError(f"{target} cannot be written ({error.strerror}): try again") from error
    if goal.taken:
        _declare(corpus, goal)
    quarantine.discard(current.id)
    return goal


def _place(data: Path, target: Path, declared: Mapping[str, str]) -> None:
    """The sidecar first: no run finds the document without it."""
    sidecar = target.with_name(f"{target.name}{SIDECAR_SUFFIXES[0]}")
    if declared:
        fields = {name: int(v) if name == "year" else v for name, v in declared.items()}
        text = yaml.safe_dump(fields, allow_unicode=True, sort_keys=False, width=1_000_000)
        with _beside(target) as draft:
            draft.path.write_text(text, encoding="utf-8")
            draft.put(sidecar)
    try:
        with _beside(target) as draft:
            shutil.copyfile(data, draft.path)
            draft.put(target)
    except BaseException:
        if declared:
            sidecar.unlink(missing_ok=True)
        raise


def _replace(data: Path, target: Path) -> None:
    with _beside(target) as draft:
        shutil.copyfile(data, draft.path)
        draft.flush()
        draft.path.replace(target)


def _declare(corpus: Path, goal: Destination) -> None:
    sidecar = open_sidecar(corpus, goal.path)
    if sidecar.problem or not (goal.declared or sidecar.fields):
        return
    ours = {field: goal.declared.get(field, "") for field in ("title", "group", "kind", "year")}
    fields = {field: ours.get(field, sidecar.fields.get(field, "")) for field in FIELDS}
    save(corpus, change(sidecar, fields, sidecar.cases, tells=sidecar.tells))


class _beside:  # noqa: N801 - reads as a function
    """A hidden file in the same folder, and so on the same disk; gone at the end."""

    def __init__(self, target: Path) -> None:
        self.path = target.with_name(f".minit-{os.getpid()}-{secrets.token_hex(4)}")

    def __enter__(self) -> _beside:
        self.path.open("xb").close()
        return self

    def __exit__(self, *_: object) -> None:
        with suppress(OSError):
            self.path.unlink(missing_ok=True)

    def flush(self) -> None:
        with self.path.open("rb") as file:
            os.fsync(file.fileno())

    def put(self, target: Path) -> None:
        """Give it the name ``target``, which nothing has yet.

        Raises:
            FileExistsError: something has.
        """
        self.flush()
        try:
            os.link(self.path, target)
        except FileExistsError:
            raise
        except OSError:  # a disk that knows no second names: the name is taken first, then filled
            os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
            self.path.replace(target)
