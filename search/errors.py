"""Everything this project raises on purpose.

MinitError
├── QueryError            the question cannot be searched: nothing in it, or too much
├── ModelError            the embedding model cannot be unpacked, loaded or verified
├── SnapshotError         the index on disk
│   ├── NoSnapshotError       there is none yet
│   ├── CorruptSnapshotError  a file is missing or its checksum differs
│   ├── ModelMismatchError    it was built with another model
│   └── LockedOriginalError   an original opens with its password only, which is not kept
├── IngestError           the folder to index, or the index to write, cannot be used
│   └── UnreadableDocumentError  one document cannot be read: the others go on
│       └── PassingTroubleError      ... now; the reason is not in the file
├── SynonymsError         the file of synonyms cannot be read, or a line of it is wrong
├── OrganisationsError    the list of organisations cannot be read, or a line of it is wrong
├── EvaluationError       a relevance set is not in the layout it should be
├── ExportError           results cannot be written where, or in the format, that was asked for
├── DossierError          a dossier's file cannot be read, or it can hold no more
├── SavedSearchesError    saved searches cannot be read or written, or there can be no more
└── ServiceError          the REST service cannot be started as asked

A message names the file or the value at fault and says what to do next.
"""

from __future__ import annotations


class MinitError(Exception):
    """Base class: catch this to catch everything the project raises on purpose."""


class QueryError(MinitError):
    """The query has nothing to search for, or is longer than the limit."""


class ModelError(MinitError):
    """The embedding model cannot be unpacked, loaded or verified."""


class SnapshotError(MinitError):
    """The index on disk cannot be used."""


class NoSnapshotError(SnapshotError):
    """The index folder holds no snapshot yet."""


class CorruptSnapshotError(SnapshotError):
    """A file of the snapshot is missing, or its content is not what was written."""


class ModelMismatchError(SnapshotError):
    """The snapshot was built with another model than the one asked for."""


class LockedOriginalError(SnapshotError):
    """An indexed file opens with its password only, and the index does not keep passwords."""


class IngestError(MinitError):
    """The folder to index, or the index to write, cannot be used."""


class UnreadableDocumentError(IngestError):
    """One document cannot be read; the message is the reason, without the name."""


class PassingTroubleError(UnreadableDocumentError):
    """One document cannot be read now, for a reason that is not in it: the next run tries again."""


class SynonymsError(MinitError):
    """The file of synonyms cannot be read, or a line of it is not what it should be."""


class OrganisationsError(MinitError):
    """The list of organisations cannot be read, or a line of it is not what it should be."""


class EvaluationError(MinitError):
    """A relevance set is not in the layout it should be."""


class ExportError(MinitError):
    """Results cannot be written where, or in the format, that was asked for."""


class DossierError(MinitError):
    """A file is no dossier, or is damaged; or a dossier can hold no more."""


class SavedSearchesError(MinitError):
    """Saved searches cannot be read or written, or there can be no more of them."""


class ServiceError(MinitError):
    """The REST service cannot be started as asked: its keys, its limits, its address."""
