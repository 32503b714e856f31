"""From texts to the organisations that they name. Linear in the texts."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from ..dictionaries import is_word
from .evidence import ENOUGH, Evidence, evidence
from .folding import bare, roots
from .listed import Listed
from .matching import Matcher, tokens_of
from .names import candidates
from .organisation import Organisation, OrganisationKind, key_of

_Key = tuple[str, ...]
_MOST_PLACES = 3
"""Of one rule, so many places count for a name, or against it."""


@dataclass(frozen=True, slots=True)
class Named:
    """A name in a text: the characters ``start`` to ``end``, and whose it is."""

    start: int
    end: int
    organisation: Organisation


def find_organisations(text: str, known: Sequence[Organisation] = ()) -> tuple[Named, ...]:
    """The organisations named in ``text``, in order, without overlap.

    Those of ``known`` wherever they are named, and those that the text itself says to be one
    ("l'azienda Rossi", "Rossi S.p.A."). Pure: nothing is read but its arguments.

    Args:
        known: such as `OrganisationIndex.organisations`.
    """
    organisations = learn_organisations([text], Listed(tuple(known)))
    matches = Matcher(organisations).matches(text)
    return tuple(Named(m.start, m.end, organisations[m.row]) for m in matches)


def learn_organisations(
    texts: Iterable[str], listed: Listed, sure: Iterable[str] = ()
) -> tuple[Organisation, ...]:
    """The organisations that ``texts`` name, those of the list that none names left in.

    Args:
        sure: names that are known from elsewhere to be some organisation's.
    """
    seen = _Seen()
    for text in texts:
        seen.read(text)
    return seen.organisations(listed, sure)


@dataclass(slots=True)
class _About:
    """What the texts say of one name."""

    written: Counter[str] = field(default_factory=Counter)
    inside: int = 0
    points: dict[str, float] = field(default_factory=dict)
    places: Counter[str] = field(default_factory=Counter)
    kinds: Counter[OrganisationKind] = field(default_factory=Counter)

    def add(self, found: Evidence) -> None:
        self.places[found.why] += 1
        if self.places[found.why] <= _MOST_PLACES:
            self.points[found.why] = self.points.get(found.why, 0.0) + found.points
        if found.kind is not None:
            self.kinds[found.kind] += 1

    @property
    def total(self) -> float:
        return sum(self.points.values())


class _Seen:
    """Names as they are met, and what is said of them."""

    def __init__(self) -> None:
        self.names: defaultdict[_Key, _About] = defaultdict(_About)
        self.acronyms: dict[str, str] = {}

    def read(self, text: str) -> None:
        for candidate in candidates(text):
            about = self.names[tokens_of(bare(candidate.text))]
            about.written[candidate.text] += 1
            about.inside += not candidate.begins
            for said in evidence(text, candidate):
                about.add(said)

    def organisations(self, listed: Listed, sure: Iterable[str]) -> tuple[Organisation, ...]:
        known = {
            tokens_of(name) for organisation in listed.organisations for name in organisation.names
        }
        others = {tokens_of(name) for name in listed.others}
        certain = {tokens_of(bare(name)) for name in sure}
        found = {
            key: about
            for key, about in self.names.items()
            if key not in known
            and key not in others
            and (key in certain or about.total >= ENOUGH)
            and (about.inside or about.total >= 2 * ENOUGH or not _is_common(key))
        }
        names = {_shown(about): about for about in found.values()}
        root_of = roots([*names, *(n for o in listed.organisations for n in o.names)])
        folded: defaultdict[str, set[str]] = defaultdict(set)
        for name, about in names.items():
            folded[root_of[name]] |= {name, *about.written}
        made = []
        for organisation in listed.organisations:
            more = {v for name in organisation.names for v in folded.pop(name, ())}
            variants = sorted({*organisation.variants, *more} - {organisation.name})
            made.append(replace(organisation, variants=tuple(variants)))
        for root, written in folded.items():
            kind = _kind(names[root].kinds)
            made.append(Organisation(key_of(root), root, kind, tuple(sorted(written - {root}))))
        return tuple({organisation.key: organisation for organisation in made}.values())


def _is_common(key: _Key) -> bool:
    return all(is_word(token) for token in key)


def _shown(about: _About) -> str:
    return max(about.written, key=lambda name: (about.written[name], -len(name), name))


def _kind(kinds: Counter[OrganisationKind]) -> OrganisationKind:
    return kinds.most_common(1)[0][0] if kinds else OrganisationKind.IMPRESA
