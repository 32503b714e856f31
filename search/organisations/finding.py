"""From texts to the organisations that they name. Linear in the texts."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from .evidence import ENOUGH
from .folding import LAST_WORDS, acronym_fits, short_forms
from .gathering import About, Gathered
from .listed import Listed
from .masking import without_sources
from .matching import Key, Matcher, tokens_of
from .organisation import Organisation, OrganisationKind, key_of

_BESIDE = 0.5
"""Points for standing in one list with an organisation; against, with something else."""
_ROUNDS = 2


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
    organisations = learn_organisations([(0, text)], Listed(tuple(known)))
    found: list[Named] = []
    for match in Matcher(organisations).matches(without_sources(text)):
        if not found or match.start >= found[-1].end:
            found.append(Named(match.start, match.end, organisations[match.row]))
    return tuple(found)


def learn_organisations(
    texts: Iterable[tuple[int, str]], listed: Listed, titles: Iterable[tuple[int, str]] = ()
) -> tuple[Organisation, ...]:
    """The organisations that ``texts`` name, and those of the list whether named or not.

    A name is one where what is said of it everywhere (`evidence`) adds up to `ENOUGH`; names that
    stand in one list with organisations have some points for it, and a word that is as common in
    small letters needs twice as many. Names of the same organisation are folded (`folding`).

    Args:
        texts: the number of a document, and a text of it.
        titles: of documents that each tell of an organisation (case histories).
    """
    gathered = Gathered()
    for document, text in texts:
        gathered.read(text, document)
    for document, title in titles:
        gathered.read(title, document, is_title=True)
    gathered.settle()
    known = {tokens_of(name) for one in listed.organisations for name in one.names}
    others = {tokens_of(name) for name in listed.others}
    return _folded(gathered, _accepted(gathered, known, others), listed)


def _accepted(gathered: Gathered, known: set[Key], others: set[Key]) -> set[Key]:
    """The names that are organisations', after some rounds of looking at what they stand with."""
    totals = {
        key: about.total - (1.0 if key in gathered.people else 0.0)
        for key, about in gathered.names.items()
        if key not in others
    }
    needed = {key: _needed(gathered, key) for key in totals}
    accepted = known | {key for key, total in totals.items() if total >= needed[key]}
    for _ in range(_ROUNDS):
        more = {
            key
            for key in totals.keys() - accepted
            if totals[key] + _company(gathered.names[key], accepted, totals) >= needed[key]
        }
        if not more:
            break
        accepted |= more
    return {key for key in accepted if key in known or not _is_thing(key, gathered, accepted)}


def _company(about: About, accepted: set[Key], totals: dict[Key, float]) -> float:
    """Points for standing in one list with organisations, against for standing with others."""
    if not about.beside or min(about.points.values(), default=0.0) <= -ENOUGH:
        return 0.0
    votes = sum(_vote(other, accepted, totals) for other in about.beside)
    return _BESIDE * max(-2, min(2, votes))


def _vote(other: Key, accepted: set[Key], totals: dict[Key, float]) -> int:
    if other in accepted:
        return 1
    return -1 if totals.get(other, -ENOUGH) <= -ENOUGH else 0


def _needed(gathered: Gathered, key: Key) -> float:
    """The points that a name needs: more for a common word, or an acronym, or what is of others."""
    about = gathered.names[key]
    if len(key) == 1 and gathered.is_usual(key):
        return ENOUGH + 4 * gathered.commonness(key) if about.inside else 5 * ENOUGH
    if about.owners and not about.kinds:
        return 1.3 * ENOUGH
    if len(key) == 1 and about.shown.isupper() and len(key[0]) <= 4:
        return 2 * ENOUGH if len(key[0]) <= 2 else 1.5 * ENOUGH
    return ENOUGH


def _is_thing(key: Key, gathered: Gathered, accepted: set[Key]) -> bool:
    """Whether it is an organisation's name and what the organisation has: "Ikea Flex"."""
    about = gathered.names[key]
    if about.kinds and about.total >= 2 * ENOUGH:
        return False
    return any(key[:end] in accepted for end in range(1, len(key))) and key[-1] not in LAST_WORDS


def _folded(gathered: Gathered, accepted: set[Key], listed: Listed) -> tuple[Organisation, ...]:
    """The organisations of the accepted names, and of the list."""
    own = {tokens_of(name): one for one in listed.organisations for name in one.names}
    others = {tokens_of(name) for name in listed.others}
    root_of = {key: _root(key, gathered, accepted, others) for key in sorted(accepted - own.keys())}
    for acronym, full in _acronyms(gathered):
        if full in accepted and acronym not in own and acronym not in others:
            root_of[acronym] = root_of.get(full, full)
    under: defaultdict[Key, set[Key]] = defaultdict(set)
    for key, root in root_of.items():
        under[root] |= {key, root}
    made = {one.key: one for one in listed.organisations}
    for root, keys in under.items():
        abouts = [gathered.names[key] for key in sorted(keys) if key in gathered.names]
        if root in own:
            one = made[own[root].key]
            variants = {*one.variants, *_written(abouts)} - {one.name}
            made[one.key] = replace(one, variants=tuple(sorted(variants)))
            continue
        name = max(abouts, key=lambda about: (about.count, len(about.shown))).shown
        kinds: Counter[OrganisationKind] = Counter()
        for about in abouts:
            kinds.update(about.kinds)
        kind = kinds.most_common(1)[0][0] if kinds else OrganisationKind.IMPRESA
        spellings = {*_written(abouts), *_in_small(gathered, keys)} - {name}
        made.setdefault(
            key_of(name), Organisation(key_of(name), name, kind, tuple(sorted(spellings)))
        )
    return tuple(made.values())


def _acronyms(gathered: Gathered) -> Iterator[tuple[Key, Key]]:
    """Acronyms, and the names whose initials they are: "Agenzia delle fibre (ADF)", or turned."""
    for second, first in gathered.introduced.items():
        for acronym, full in ((second, first), (first, second)):
            short, long = gathered.names.get(acronym), gathered.names.get(full)
            if short is None or long is None or len(acronym) > 1 or len(full) == 1:
                continue
            is_acronym = sum(map(str.isupper, short.shown)) > 1
            if is_acronym and acronym_fits(short.shown, long.shown):
                yield acronym, full


def _root(key: Key, gathered: Gathered, accepted: set[Key], others: set[Key]) -> Key:
    """The shortest name that stands for the same: accepted too, or hardly met without it."""
    about = gathered.names[key]
    root = key
    for short in short_forms(about.shown):
        near = gathered.names.get(short)
        if short in accepted or (
            near is not None
            and short not in others
            and _hardly_without(near, about)
            and not (len(short) == 1 and (gathered.is_usual(short) or short in gathered.people))
        ):
            root = short
    return root


def _hardly_without(short: About, full: About) -> bool:
    """Whether half the documents with the short name have the full one too."""
    both = len(short.documents & full.documents)
    return short.total > -ENOUGH and 2 * both >= len(short.documents)


def _written(abouts: Iterable[About]) -> set[str]:
    return {name for about in abouts for name in about.written}


def _in_small(gathered: Gathered, keys: Iterable[Key]) -> set[str]:
    """The spellings in small letters of names that are so written too: illycaffè."""
    single = [key for key in keys if len(key) == 1 and not gathered.is_word(key)]
    words = {name.lower() for key in single for name in gathered.names[key].written}
    return {word for word in words if gathered.small[word]}
