"""Whether a word is Italian or English, by simplemma's dictionaries and a few rules of Italian.

The dictionaries list dictionary forms and their inflections, but few of the words that Italian
makes freely: pronouns tied to verbs (acquistarla), adverbs in -mente, nouns in -ità, superlatives,
first parts such as auto- and multi-. Each of these is taken apart and its base looked up.
"""

from __future__ import annotations

import re
from functools import lru_cache

from simplemma import is_known

_ENCLITIC = re.compile(
    r"(?:[mtcv]e|se|glie)?(?:l[oaie]|ne)\Z|(?:mi|ti|ci|si|vi|gli)\Z"
)  # dir-lo, dir-ne, dir-glielo, dir-si
_ENDINGS = {
    "ità": ("o", "e", "a"),
    "mente": ("a", "e", ""),
    "issimo": ("o", "e"),
    "issima": ("o", "e"),
    "issimi": ("o", "e"),
    "issime": ("o", "e"),
}
_FIRST_PARTS = (
    "agro", "anti", "auto", "extra", "foto", "inter", "iper", "macro", "micro",
    "mini", "mono", "multi", "post", "retro", "semi", "sotto", "sovra", "super", "tele", "video",
)  # fmt: skip
# Not filera -> filerà: in a query it is sooner a mistake for filiera.
_ACCENTS = {"ta": "tà", "che": "ché", "di": "dì", "si": "sì", "u": "ù"}


@lru_cache(maxsize=100_000)
def is_word(word: str) -> bool:
    """Whether ``word`` is Italian or English; a missing accent at its end is forgiven.

    The English dictionary is read when a word is not Italian, in its small form (some 0.2 s, once).
    """
    lower = word.lower()
    accented = (
        lower.removesuffix(plain) + end for plain, end in _ACCENTS.items() if lower.endswith(plain)
    )
    if any(_is_italian(form) for form in (lower, *accented)):
        return True
    return is_known(lower, lang="en", low_memory=True)


def _is_italian(word: str) -> bool:
    if not word:
        return False
    return _in_dictionary(word) or any(_in_dictionary(base) for base in _bases(word))


def _bases(word: str) -> list[str]:
    """The words that ``word`` may be made of; most of them do not exist."""
    bases = []
    for ending, others in _ENDINGS.items():
        if word.endswith(ending) and len(word) > len(ending) + 2:
            bases += [word.removesuffix(ending) + other for other in others]
    if tied := _ENCLITIC.search(word):
        verb = word[: tied.start()]
        if verb.endswith("r"):
            bases += [verb + "e", verb + "re"]  # acquistar-la, produr-lo
        elif verb.endswith(("ando", "endo")):
            bases.append(verb)
    for first in _FIRST_PARTS:
        if word.startswith(first) and len(word) >= len(first) + 5:
            bases.append(word.removeprefix(first))
    return bases


def _in_dictionary(word: str) -> bool:
    return is_known(word, lang="it")
