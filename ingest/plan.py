"""What a run would do, without doing it: nothing is encoded, nothing is written."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from search.text import printable

from .before import Before
from .changes import Changes, compare, states_of_documents, states_of_files
from .duplicates import distinct
from .pipeline import check_apart
from .readers.version import readers_version
from .sources import closed_sources, find_sources

_OTHER_DAYS = "files that are versions of one another have other dates: their order may change"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A file that is not in the index, and why."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run would do.

    Attributes:
        snapshot_id: the current snapshot; "" when there is none.
        model: what the current snapshot was built with: a run with another model encodes
            every text again; "" when there is none.
        changes: from the current snapshot to the files as they are; the added and the changed
            are read by a run, and only then it is known whether they can be.
        retried: files that could not be read and have changed since: read again.
        unreadable: files that could not be read and are as they were: not tried again.
        forgotten: files that could not be read and are gone.
        skipped: what is never read (links, devices, names that are not UTF-8 ...).
        warnings: about the index as a whole, and files of it that cannot be opened now.
    """

    snapshot_id: str
    model: str
    changes: Changes
    retried: tuple[LeftOut, ...]
    unreadable: tuple[LeftOut, ...]
    forgotten: tuple[str, ...]
    skipped: tuple[LeftOut, ...]
    warnings: tuple[str, ...]

    def to_json(self) -> str:
        """The plan as one JSON object."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1)

    def to_text(self) -> str:
        """The plan as an admin reads it: the counts, then each file that a run would touch."""
        against = f"snapshot {self.snapshot_id}" if self.snapshot_id else "an empty index"
        lines = [f"Against {against}: {self.changes.summary()}"]
        if self.model:
            lines.append(f"Built with {self.model}; another model would encode every text again")
        lines += [f"Warning: {warning}" for warning in self.warnings]
        lines += self.changes.lines()
        lines += [f"To be tried again: {f.name}: {f.reason}" for f in self.retried]
        lines += [f"Not readable, and unchanged: {f.name}: {f.reason}" for f in self.unreadable]
        lines += [f"Gone, and was not readable: {name}" for name in self.forgotten]
        lines += [f"Left out: {f.name}: {f.reason}" for f in self.skipped]
        if not (self.changes or self.retried or self.forgotten or self.warnings):
            lines.append("A run has nothing to do")
        return "\n".join(printable(line) for line in lines)


def plan(corpus: Path, index: Path) -> Plan:
    """What a run over ``corpus`` would do to ``index``; goes on while another run writes it.

    Raises:
        IngestError: ``corpus`` is not a folder, or lies in ``index`` or around it.
    """
    check_apart(corpus, index)
    sources, skipped = find_sources(corpus, readers_version())
    before = Before.of(index)
    snapshot, failed = before.snapshot, before.unreadable
    documents = tuple(before.documents.values())
    closed = closed_sources(corpus, skipped, documents)
    files = distinct([*sources, *closed])
    known = [file.source for file in files if file.source.name in failed]
    paths = {document.path for document in documents}
    after = states_of_files(f for f in files if f.source.name not in failed.keys() - paths)
    still = {source.name for source in known if source.key == failed[source.name].source_key}
    after |= states_of_documents(document for document in documents if document.path in still)
    result = Plan(
        snapshot_id=snapshot.id if snapshot else "",
        model=snapshot.manifest.model if snapshot else "",
        changes=compare(states_of_documents(documents), after),
        retried=tuple(
            LeftOut(s.name, failed[s.name].reason)
            for s in known
            if s.key != failed[s.name].source_key
        ),
        unreadable=tuple(
            LeftOut(s.name, failed[s.name].reason)
            for s in known
            if s.key == failed[s.name].source_key
        ),
        forgotten=tuple(sorted(failed.keys() - {file.source.name for file in files})),
        skipped=tuple(
            LeftOut(s.name, s.reason) for s in skipped if s.name not in {c.name for c in closed}
        ),
        warnings=(
            *before.warnings,
            *(() if before.are_as_old(files) else (_OTHER_DAYS,)),
            *(f"{s.name}: the version before stays: {s.trouble}" for s in closed),
        ),
    )
    if snapshot:
        snapshot.close()
    return result
