"""The themes of a corpus and where each is spoken of. Built with the index, read by answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from hashlib import blake2b
from pathlib import Path

import msgspec
import numpy as np
from numpy.typing import NDArray

from ..store import Store
from ..synonyms import Synonyms
from .extraction import Named, named_themes
from .likeness import centred, clusters, flat_map
from .mentions import PhraseFinder
from .sources import Texts
from .theme import Theme
from .wording import Key, stretches

TELLING = 40
"""Characters of a sentence that says something; shorter ones are headings and cells."""

Rows = NDArray[np.int64]
Encode = Callable[[list[str]], NDArray[np.float32]]

_THEMES, _KEYS = "themes.json", "keys.json"
_MENTIONS, _SENTENCES, _HELD, _MAP = "mentions.npy", "sentences.npy", "held.npy", "map.npy"


class ThemeIndex:
    """Themes, and the passages that speak of them. Immutable, safe between threads.

    Attributes:
        themes: the most telling first.
        mentions: ``int64[m, 3]``, theme row, passage row and how often the passage and the
            headings above it name the theme; sorted by theme, then passage.
        sentences: ``int64[m]``, for each mention the place, in its passage, of the first sentence
            that names the theme and is no mere heading or cell; -1 where only a heading does.
        held: ``int64[n, 3]``, theme row, place of a document in `Store.documents` and how many of
            its passages name the theme; sorted by theme, then document.
        map: ``float32[t, 2]`` in [-1, 1], places of the themes on a plane (`likeness.flat_map`).
    """

    def __init__(
        self,
        themes: tuple[Theme, ...],
        keys: tuple[tuple[Key, ...], ...],
        *,
        mentions: Rows,
        sentences: Rows,
        held: Rows,
        on_map: NDArray[np.float32],
    ) -> None:
        self.themes = themes
        self._keys = keys
        self.mentions = mentions
        self.sentences = sentences
        self.held = held
        self.map = on_map
        every = np.arange(len(themes) + 1)
        self._starts = np.searchsorted(mentions[:, 0], every)
        self._held_starts = np.searchsorted(held[:, 0], every)
        self._finder = _finder(keys)

    @classmethod
    def build(
        cls, store: Store, encode: Encode, synonyms: Synonyms, names: Iterable[str] = ()
    ) -> ThemeIndex:
        """Find the themes of what ``store`` holds, and every place of each.

        Args:
            encode: unit vectors of short texts, ``float32[n, d]``.
            synonyms: the glossary: its terms are looked for, those of one line are one theme.
            names: of organisations and the like: no themes, unless the glossary has them.
        """
        texts = Texts(store)
        named = named_themes(texts, synonyms, names)
        vectors = encode([one.label for one in named]) if named else np.zeros((0, 1), np.float32)
        seen = centred(vectors) if named else vectors
        themes = tuple(
            Theme(_key_of(one), one.label, one.variants, int(cluster))
            for one, cluster in zip(named, clusters(seen), strict=True)
        )
        keys = tuple(one.keys for one in named)
        mentions, sentences = _mentions(texts, _finder(keys))
        held = _held(mentions, store.document_rows)
        return cls(
            themes, keys, mentions=mentions, sentences=sentences, held=held, on_map=flat_map(seen)
        )

    @classmethod
    def load(cls, folder: Path) -> ThemeIndex:
        """Read what `save` wrote; the mentions stay on the disk until they are asked for."""
        themes = msgspec.json.decode((folder / _THEMES).read_bytes(), type=tuple[Theme, ...])
        keys = msgspec.json.decode(
            (folder / _KEYS).read_bytes(), type=tuple[tuple[tuple[str, ...], ...], ...]
        )
        mentions, sentences, held = (
            np.load(folder / name, mmap_mode="r", allow_pickle=False)
            for name in (_MENTIONS, _SENTENCES, _HELD)
        )
        on_map = np.load(folder / _MAP, allow_pickle=False)
        return cls(themes, keys, mentions=mentions, sentences=sentences, held=held, on_map=on_map)

    def save(self, folder: Path) -> None:
        """Write the themes as JSON and the arrays as .npy into ``folder``."""
        folder.mkdir(parents=True)
        (folder / _THEMES).write_bytes(msgspec.json.encode(self.themes))
        (folder / _KEYS).write_bytes(msgspec.json.encode(self._keys))
        np.save(folder / _MENTIONS, self.mentions, allow_pickle=False)
        np.save(folder / _SENTENCES, self.sentences, allow_pickle=False)
        np.save(folder / _HELD, self.held, allow_pickle=False)
        np.save(folder / _MAP, self.map, allow_pickle=False)

    def passages(self, theme: int) -> Rows:
        """The rows of the passages that speak of the theme in row ``theme``, ascending."""
        return self.mentions[self.places(theme), 1].astype(np.int64)

    def places(self, theme: int) -> slice:
        """Where in ``mentions`` and ``sentences`` those of a theme are."""
        return slice(int(self._starts[theme]), int(self._starts[theme + 1]))

    def table(self, themes: Rows, documents: NDArray[np.bool_]) -> Rows:
        """``int64[len(themes), d]``: passages of each document that name each theme.

        Args:
            themes: ascending rows.
            documents: ``bool[D]``, the ``d`` documents that are wanted.
        """
        found = np.zeros((len(themes), len(documents)), dtype=np.int64)
        for place, theme in enumerate(themes):
            own = self.held[self._held_starts[theme] : self._held_starts[theme + 1]]
            found[place, own[:, 1]] = own[:, 2]
        return found[:, documents]

    def find(self, text: str) -> list[int]:
        """The rows of the themes named in any text, in order, each once."""
        return self._finder.find(text)


def _key_of(named: Named) -> str:
    return blake2b(" ".join(named.keys[0]).encode(), digest_size=6).hexdigest()


def _held(mentions: Rows, documents: Rows) -> Rows:
    pairs = np.stack((mentions[:, 0], documents[mentions[:, 1]]), axis=1)
    found, counts = np.unique(pairs, axis=0, return_counts=True)
    return np.column_stack((found, counts)).astype(np.int64).reshape(-1, 3)


def _finder(keys: tuple[tuple[Key, ...], ...]) -> PhraseFinder:
    return PhraseFinder({key: row for row, own in enumerate(keys) for key in own})


def _mentions(texts: Texts, finder: PhraseFinder) -> tuple[Rows, Rows]:
    """See `ThemeIndex.mentions` and `ThemeIndex.sentences`."""
    found = []
    for passage, sentences, headings in texts.passages():
        counts: Counter[int] = Counter()
        first: dict[int, int] = {}
        telling: dict[int, int] = {}
        for place, text in sentences:
            named = finder.counts(stretches(text))
            counts += named
            for theme in named:
                if len(text) >= TELLING:
                    telling.setdefault(theme, place)
                first.setdefault(theme, place)
        for text in headings:
            counts += finder.counts(stretches(text))
        first |= telling
        found += [(theme, passage, count, first.get(theme, -1)) for theme, count in counts.items()]
    rows = np.array(found, dtype=np.int64).reshape(-1, 4)
    rows = rows[np.lexsort((rows[:, 1], rows[:, 0]))]
    return rows[:, :3], rows[:, 3]
