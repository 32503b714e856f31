"""Joins lines: only a line's end tells a hyphen of the typesetter from one of the author."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import chain, repeat

from .addresses import NO_LINKS, LinkedAddresses, address_goes_on, is_address
from .dictionary import IsWord, is_english, is_italian
from .positioned import PositionedText

_HYPHENS = "-\u2010"
_LEFT_PART = re.compile(rf"(?P<tied>-?)(?P<word>[^\W\d_]+)[{_HYPHENS}]\Z")
_RIGHT_PART = re.compile(r"(?P<word>[^\W\d_]+)(?P<tied>-?)")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_CAPITAL_INSIDE = re.compile(r"[^\W\d_]*[a-zà-ÿ][A-ZÀ-Ý][^\W\d_]*")
# First parts that Italian ties with a hyphen even where the joined spelling exists as well.
_TIED = re.compile(
    r"(socio|politico|economico|tecnico|storico|giuridico|medico|fisico|chimico|agro|italo|franco"
    r"|anglo|euro|post|ex|non|quasi|extra)",
    re.I,
)
# First parts that it writes as one word with what follows (anzitutto, sottoprodotto).
_SOLID = re.compile(r"anzi|contro|intra|inter|sopra|sotto|sovra|retro|super|hyper|iper|para", re.I)


def vocabulary(lines: Iterable[str]) -> frozenset[str]:
    """The words of a text in lower case, without the halves of words cut at a line's end.

    Words with a capital inside (EssilorLuxottica) are there as they are written, too.
    """
    words: set[str] = set()
    cut = False
    for line in lines:
        found = _WORD.findall(line)
        start = 1 if cut else 0
        cut = line.endswith(("-", "\u2010")) and bool(_LEFT_PART.search(line))
        whole = found[start : len(found) - cut]
        words.update(word.lower() for word in whole)
        words.update(word for word in whole if _CAPITAL_INSIDE.fullmatch(word))
    return frozenset(words)


def join_lines(
    lines: Sequence[PositionedText],
    known_words: frozenset[str] = frozenset(),
    is_word: IsWord = is_italian,
    full: Sequence[bool] = (),
    linked: LinkedAddresses = NO_LINKS,
) -> PositionedText:
    """Join the lines of one paragraph with spaces, and the words and addresses that they cut.

    Args:
        lines: clean lines in reading order.
        known_words: the document's own `vocabulary`.
        is_word: says whether a joined word exists.
        full: for each line, whether the next one's first word had no room left on it; lines
            without an entry are taken to be full.
        linked: the addresses the document links to; what is printed of them is spelled like them.
    """
    if not lines:
        return PositionedText.unplaced("")
    joined: list[PositionedText] = [lines[0]]
    word = last_word("", lines[0].text)
    for line, was_full in zip(lines[1:], chain(full, repeat(True)), strict=False):
        last = joined[-1]
        if cuts_word(word, line.text, known_words, is_word):
            joined[-1] = last.slice(0, len(last) - 1)
            word = word[:-1]
        elif not _goes_on(word, line.text, was_full, linked):
            joined.append(PositionedText.unplaced(" "))
            word = ""
        joined.append(line)
        word = last_word(word, line.text)
    return linked.spelled(PositionedText.join("", joined))


def cuts_word(
    before: str,
    after: str,
    known_words: frozenset[str] = frozenset(),
    is_word: IsWord = is_italian,
) -> bool:
    """Whether ``before`` ends with a typesetter's hyphen, and ``after`` begins with the rest.

    Args:
        before, after: the end of a line (its last word will do) and the line that follows it.
        known_words: the document's own `vocabulary`.
        is_word: says whether a joined word exists.
    """
    if before[-1:] not in ("-", "\u2010"):
        return False
    if before[-2:-1] == "/" and is_address(before.rsplit(" ", 1)[-1]):
        return after[:1].isalnum()  # https://a.it/-: no path begins with a hyphen
    left, right = _LEFT_PART.search(before), _RIGHT_PART.match(after)
    return bool(left and right and not _hyphen_belongs(left, right, known_words, is_word))


def last_word(before: str, line: str) -> str:
    """What stands after the last space of ``before`` and ``line`` together."""
    cut = line.rfind(" ")
    return before + line if cut < 0 else line[cut + 1 :]


def _goes_on(word: str, line: str, full: bool, linked: LinkedAddresses) -> bool:
    """Whether the last word of a line goes on at the start of the next one, nothing between.

    So do words after a hyphen or a slash (2009/125/CE), and addresses, which lines cut anywhere.
    """
    if not word or not line:
        return not line
    if word[-1] in "-\u2010":
        return word[-2:-1].isalnum() or is_address(word)
    if is_address(word):
        return address_goes_on(word, line, full, linked)
    return word[-1] == "/" and word[-2:-1].isalnum() and line[0].isalnum()


def _hyphen_belongs(
    left_part: re.Match[str],
    right_part: re.Match[str],
    known_words: frozenset[str],
    is_word: IsWord,
) -> bool:
    """Whether the author wrote left-right, rather than the typesetter cutting leftright."""
    left, right = left_part["word"], right_part["word"]
    last = left_part.string.rsplit(" ", 1)[-1]
    if "/" in last or is_address(last):
        return True  # https://…/gruppi-di-lavoro
    whole, tied = (left + right).lower(), f"{left}-{right}".lower()
    if not right[0].islower() and not (left.isupper() and right.isupper() and len(left) > 1):
        return left + right not in known_words  # Emilia-Romagna; EssilorLuxottica
    if whole in known_words or tied in known_words:
        return whole not in known_words
    if _TIED.fullmatch(left) and len(right) > 3 and is_word(right):
        return True
    if is_word(whole) or right.lower() == "mente" or _SOLID.fullmatch(left):
        return False
    in_chain = bool(left_part["tied"] or right_part["tied"])
    return _unknown_keeps_hyphen(left, right, in_chain, is_word)


def _unknown_keeps_hyphen(left: str, right: str, in_chain: bool, is_word: IsWord) -> bool:
    """Whether left-right has a hyphen though neither spelling is known.

    It has as one more part of a chain (dpkg-get-selections), after a letter of its own (e-commerce)
    or co-, and between two whole words (high-quality); anything else was one word.
    """
    long = len(left) > 3 and len(right) > 3
    if long and is_english(left + right):
        return False  # micro-transponder
    whole_left = left.lower() == "co" or (len(left) > 3 and is_word(left))
    return (
        in_chain
        or len(left) == 1
        or (whole_left and len(right) > 3 and is_word(right))
        or (long and is_english(left) and is_english(right))
    )
