"""What the answers on organisations ask of case histories and of themes, and no more of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray


class Said(Protocol):
    """A field of a case: `search.cases.case.Stated`."""

    @property
    def value(self) -> str: ...


class Case(Protocol):
    """A case history: `search.cases.case.CaseHistory`."""

    @property
    def document_id(self) -> str: ...
    @property
    def organisation(self) -> Said | None: ...
    @property
    def partners(self) -> Sequence[Said]: ...


class Theme(Protocol):
    """A theme: `search.themes.theme.Theme`."""

    @property
    def key(self) -> str: ...
    @property
    def label(self) -> str: ...


class Themes(Protocol):
    """The themes of a corpus: `search.themes.theme_index.ThemeIndex`."""

    @property
    def themes(self) -> Sequence[Theme]: ...
    def passages(self, theme: int) -> NDArray[np.int64]: ...
    def find(self, text: str) -> Sequence[int]: ...
