"""A document as the readers of cases need it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..datatypes import Document
from .citing import PageAt
from .naming import Name
from .told import Statement

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Source:
    """A document as the reader of cases needs it.

    Attributes:
        statements: from `search.cases.told.tell`.
        names: of each statement, by its row.
        vectors: ``float32[n, d]``, of the statements.
        title_names: in the title.
        page_at: the page of a character of the content.
        named_headings: headings that name a known organisation, and its name.
    """

    document: Document
    statements: tuple[Statement, ...]
    names: Mapping[int, tuple[Name, ...]]
    vectors: Floats
    title_names: tuple[Name, ...]
    page_at: PageAt
    named_headings: tuple[tuple[str, str], ...] = ()
