"""Where themes are spoken of: all places of known phrases in a text, whatever their wording."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from .key_phrases import neighbours
from .wording import Key, Stretch, key_of, stretches


class PhraseFinder:
    """Finds phrases by their keys. Immutable, safe between threads.

    Args:
        rows: of the theme that each key is a wording of.
    """

    def __init__(self, rows: Mapping[Key, int]) -> None:
        self._rows = dict(rows)
        self._words = frozenset(norm for key in rows for norm in key)
        self._most = max(map(len, rows), default=0)

    def counts(self, texts: Iterable[Stretch]) -> Counter[int]:
        """How often each theme is named. A phrase inside a longer one counts for its own theme;
        two wordings of one theme that overlap count once."""
        found: Counter[int] = Counter()
        for stretch in texts:
            last: dict[int, int] = {}
            for row, start, end in self._places(stretch):
                if start >= last.get(row, 0):
                    found[row] += 1
                    last[row] = end
        return found

    def find(self, text: str) -> list[int]:
        """The rows of the themes that are named in ``text``, in order, each once."""
        return list(self.counts(stretches(text)))

    def _places(self, stretch: Stretch) -> Iterator[tuple[int, int, int]]:
        """Theme row, first place and the place after the last; at each start the longest first."""
        if self._words.isdisjoint(stretch.norms):
            return
        following = dict(neighbours(stretch))
        for start, norm in enumerate(stretch.norms):
            if norm not in self._words:
                continue
            norms, end, held = [norm], start, []
            while True:
                if (row := self._rows.get(key_of(norms))) is not None:
                    held.append((row, start, end + 1))
                after = following.get(end)
                if after is None or len(norms) == self._most:
                    break
                if stretch.norms[after] not in self._words:
                    break
                end = after
                norms.append(stretch.norms[end])
            yield from reversed(held)
