"""What a run did, document by document: for people and for programs."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum

from search.snapshot import Counts
from search.text import printable

from .changes import Changes
from .metadata import Origin
from .page_numbers import runs_of
from .readers.reading import Proof


class Outcome(StrEnum):
    """What became of a file."""

    READ = "read"
    UNCHANGED = "unchanged"
    COPY = "copy"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class DocumentReport:
    """What became of one file.

    Attributes:
        reason: why it is not in the index; "" when it is.
        media_type: its type, which names the reader; "" when it was not read.
        pages, passages: how many of it are in the index.
        ocr_pages: numbers of its pages that had no text of their own and were sent to OCR.
        seconds: how long reading it took, 0 when it was not read in this run; two reports that
            differ only here are equal.
        origins: which place said its title, group, kind, year ...; None when it was
            not read in this run.
        proof: how many of its sentences stand where their boxes say; none where it was not read
            in this run.
        copy_of: the file with the same bytes that was read for both; "" for all others.
        warnings: what was odd though it is in the index.
    """

    name: str
    outcome: Outcome
    reason: str = ""
    media_type: str = ""
    pages: int = 0
    passages: int = 0
    ocr_pages: tuple[int, ...] = ()
    seconds: float = field(default=0.0, compare=False)
    origins: Mapping[str, Origin] | None = None
    proof: Proof = field(default_factory=Proof)
    copy_of: str = ""
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Totals:
    """The files of a run, counted.

    Attributes:
        read, unchanged, copies, failed: files that ended so.
        pages_read, ocr_pages: of the files read in this run.
        sentences, held, unplaced: of these files too, as in `Proof`.
        warnings: about files and about the run.
    """

    read: int
    unchanged: int
    copies: int
    failed: int
    pages_read: int
    ocr_pages: int
    sentences: int
    held: int
    unplaced: int
    warnings: int


@dataclass(frozen=True, slots=True)
class IngestReport:
    """What a run did.

    Attributes:
        snapshot_id: the current snapshot, new or, when nothing changed, the old one.
        changes: from the documents of the previous snapshot to those of this one.
        encoded: different texts the model had to read; reused: vectors of passages and sentences
            taken from the previous snapshot or from a run that was killed.
        warnings: about the run as a whole.
    """

    snapshot_id: str
    documents: tuple[DocumentReport, ...]
    changes: Changes
    counts: Counts
    encoded: int
    reused: int
    seconds: float
    warnings: tuple[str, ...] = ()

    @property
    def removed(self) -> tuple[str, ...]:
        """Documents of the previous snapshot that are no longer in the index."""
        return self.changes.removed

    @property
    def totals(self) -> Totals:
        """The files of the run, counted."""
        read = self.with_outcome(Outcome.READ)
        return Totals(
            read=len(read),
            unchanged=len(self.with_outcome(Outcome.UNCHANGED)),
            copies=len(self.with_outcome(Outcome.COPY)),
            failed=len(self.with_outcome(Outcome.FAILED)),
            pages_read=sum(document.pages for document in read),
            ocr_pages=sum(len(document.ocr_pages) for document in read),
            sentences=sum(document.proof.sentences for document in read),
            held=sum(document.proof.held for document in read),
            unplaced=sum(document.proof.unplaced for document in read),
            warnings=len(self.all_warnings()),
        )

    def with_outcome(self, outcome: Outcome) -> list[DocumentReport]:
        """The documents that ended so, by name."""
        return [document for document in self.documents if document.outcome is outcome]

    def all_warnings(self) -> list[tuple[str, str]]:
        """The name of a file ("" for the index as a whole) and what was odd, for each warning."""
        whole = [("", warning) for warning in self.warnings]
        return whole + [(d.name, warning) for d in self.documents for warning in d.warnings]

    def to_json(self) -> str:
        """The report as one JSON object."""
        whole = {**asdict(self), "totals": asdict(self.totals)}
        return json.dumps(whole, ensure_ascii=False, indent=1)

    def to_text(self) -> str:
        """The report as an admin reads it: the totals, then only what needs attention."""
        lines = [f"Snapshot {self.snapshot_id}", *self.summary()]
        for name, warning in self.all_warnings():
            lines.append(f"Warning: {name}: {warning}" if name else f"Warning: {warning}")
        for name, page, sentence, found in self.broken():
            quoted = f", page {page}: {sentence!r} (in its boxes: {found!r})"
            lines.append(f"Not at its place: {name}{quoted if page else f': {sentence}'}")
        for document in self.with_outcome(Outcome.READ):
            origins = (document.origins or {}).items()
            said = ", ".join(f"{field} from {origin}" for field, origin in origins)
            pages = f"{document.pages} page{'s' if document.pages != 1 else ''}"
            ocr = f", by OCR {runs_of(document.ocr_pages)}" if document.ocr_pages else ""
            lines.append(f"Read: {document.name} ({pages}{ocr}; {said})")
        copies, failed = self.with_outcome(Outcome.COPY), self.with_outcome(Outcome.FAILED)
        lines += [f"Copy: {copy.name}: the same bytes as {copy.copy_of}" for copy in copies]
        lines += [f"Not readable: {document.name}: {document.reason}" for document in failed]
        lines += [f"Renamed: {pair.old} -> {pair.new}" for pair in self.changes.renamed]
        lines += [f"Removed: {name}" for name in self.removed]
        return "\n".join(printable(line) for line in lines)

    def broken(self) -> list[tuple[str, str, str, str]]:
        """File, page, sentence and what its boxes hold instead, for each that does not hold."""
        rows = []
        for document in self.documents:
            proof = document.proof
            rows += [(document.name, str(b.page), b.sentence, b.found) for b in proof.broken]
            more = proof.sentences - proof.held - len(proof.broken)
            if more:
                rows.append((document.name, "", f"and {more:,} more", ""))
        return rows

    def summary(self) -> list[str]:
        """The totals in sentences."""
        totals, counts = self.totals, self.counts
        copies = f"{totals.copies} copies, " if totals.copies else ""
        ocr = f" ({totals.ocr_pages} by OCR)" if totals.ocr_pages else ""
        return [
            f"Files: {totals.read} read, {totals.unchanged} unchanged, {copies}"
            f"{len(self.removed)} removed, {totals.failed} not readable",
            f"Since the snapshot before: {self.changes.summary()}",
            f"Pages read: {totals.pages_read}{ocr}",
            f"Citations: {_citations(totals)}",
            f"In the index: {counts.documents} documents, {counts.pages} pages, "
            f"{counts.passages} passages, {counts.sentences} sentences",
            f"Encoded: {self.encoded:,} different texts; {self.reused:,} vectors known from before",
            f"Time: {self.seconds:.1f} s",
        ]


def _citations(totals: Totals) -> str:
    """How many of the sentences read in this run were proven."""
    said = []
    if totals.sentences:
        # Rounded down: 100.0 % is all of them.
        share = 1000 * totals.held // totals.sentences / 10
        said.append(
            f"{totals.held:,} of {totals.sentences:,} sentences read in this run were found again "
            f"at their place on the page ({share:.1f} %)"
        )
    if totals.unplaced:
        said.append(f"{totals.unplaced:,} sentences read in this run have no place on a page")
    return "; ".join(said) or "nothing was read in this run"
