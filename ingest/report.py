"""What a run did, document by document: for people and for programs."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum

from search.snapshot import Counts
from search.text import printable

from .metadata import Origin


class Outcome(StrEnum):
    """What became of a file."""

    READ = "read"
    UNCHANGED = "unchanged"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class DocumentReport:
    """What became of one file.

    Attributes:
        reason: why it is not in the index; "" when it is.
        origins: which place said its title, group, kind, year and language; empty when it was
            not read in this run.
        warnings: what was odd though it is in the index.
    """

    name: str
    outcome: Outcome
    reason: str = ""
    pages: int = 0
    origins: Mapping[str, Origin] | None = None
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class IngestReport:
    """What a run did.

    Attributes:
        snapshot_id: the current snapshot, new or, when nothing changed, the old one.
        removed: documents of the previous snapshot whose file is gone.
        encoded: texts the model had to read; reused: vectors taken from the previous snapshot.
        warnings: about the run as a whole.
    """

    snapshot_id: str
    documents: tuple[DocumentReport, ...]
    removed: tuple[str, ...]
    counts: Counts
    encoded: int
    reused: int
    seconds: float
    warnings: tuple[str, ...] = ()

    def with_outcome(self, outcome: Outcome) -> list[DocumentReport]:
        """The documents that ended so, by name."""
        return [document for document in self.documents if document.outcome is outcome]

    def to_json(self) -> str:
        """The report as one JSON object."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1)

    def to_text(self) -> str:
        """The report as an admin reads it: the totals, then only what needs attention."""
        tally = {outcome: len(self.with_outcome(outcome)) for outcome in Outcome}
        lines = [
            f"Snapshot {self.snapshot_id}",
            f"Files: {tally[Outcome.READ]} read, {tally[Outcome.UNCHANGED]} unchanged, "
            f"{len(self.removed)} removed, {tally[Outcome.FAILED]} not readable",
            f"In the index: {self.counts.documents} documents, {self.counts.pages} pages, "
            f"{self.counts.passages} passages, {self.counts.sentences} sentences",
            f"Encoded: {self.encoded} texts, {self.reused} taken from the previous snapshot, "
            f"{self.seconds:.1f} s",
        ]
        lines += [f"Warning: {warning}" for warning in self.warnings]
        for document in self.documents:
            lines += [f"Warning: {document.name}: {warning}" for warning in document.warnings]
        for document in self.with_outcome(Outcome.READ):
            origins = (document.origins or {}).items()
            said = ", ".join(f"{field} from {origin}" for field, origin in origins)
            lines.append(f"Read: {document.name} ({document.pages} pages; {said})")
        for document in self.with_outcome(Outcome.FAILED):
            lines.append(f"Not readable: {document.name}: {document.reason}")
        lines += [f"Removed: {name}" for name in self.removed]
        return "\n".join(printable(line) for line in lines)
