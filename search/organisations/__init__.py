"""The organisations that the documents name: who they are, and where.

For who reads texts of one's own (case histories, say)::

    from search.organisations import find_organisations

    for named in find_organisations(text, known=index.organisations):
        named.start, named.end, named.organisation.name, named.organisation.kind

``known`` are those of the whole corpus, found wherever they are named; without it, only those that
the text itself says to be one are found. `OrganisationIndex` holds those of a corpus.
"""

from .finding import Named, find_organisations, learn_organisations
from .kinds import kinds_named
from .listed import Listed, listed_for, read_organisations
from .organisation import Organisation, OrganisationKind, key_of
from .organisation_index import OrganisationIndex

__all__ = [
    "Listed",
    "Named",
    "Organisation",
    "OrganisationIndex",
    "OrganisationKind",
    "find_organisations",
    "key_of",
    "kinds_named",
    "learn_organisations",
    "listed_for",
    "read_organisations",
]
