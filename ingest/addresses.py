"""Web addresses that lines cut: whether one goes on in the next line, and how it is spelled.

Where the document itself links to the address (ISO 32000-1, 12.6.4.7: URI actions), the link tells
its true spelling; elsewhere its signs and the room left on the line must do.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, field

from .positioned import PositionedText

_ADDRESS = re.compile(r"(?:.*\W)?(?:https?://|www\.)\S*", re.I)
_START = re.compile(r"https?://|(?<![\w/.])www\.", re.I)
_SCHEME = re.compile(r"https?://", re.I)

_OPEN_SCHEME = re.compile(r"(?:.*\W)?https?:/?/?", re.I)
_OPEN_HOST = re.compile(r"(?:.*\W)?(?:https?://(?:www\.?)?[\w-]*\.?|www\.[\w-]*\.?)", re.I)
_HOST_PART = re.compile(r"\.?[a-z0-9-]+(?:[./:?#]\S*|[).,;]*)")
_PART = re.compile(r"\S*[\w)][/_=&?%#.-]+\w\S*|\S*\d\S*|(?:html?|php|aspx?|pdf)\W*")
_FILE_NAME = re.compile(r"[\w-]+\.(?:[sx]?html?|php|aspx?|jsp|pdf)\W*", re.I)
_LONGEST_WORD = 26  # letters; precipitevolissimevolmente

_MAX_ADDRESS = 2000  # characters; longer links are scripts or data
_LEFT_OUT = re.compile(r"[\s\u2010-]")  # what typesetters add to an address, or readers lose


def is_address(word: str) -> bool:
    """Whether a word without spaces is, or ends with, a web address or the beginning of one."""
    return bool(_ADDRESS.fullmatch(word))


@dataclass(frozen=True, slots=True)
class LinkedAddresses:
    """The addresses that a document links to, found by what is printed of them.

    An address counts as printed whatever spaces and hyphens are in it: a line's end puts spaces
    in, and hyphens are put in, taken away and lost.

    Attributes:
        keys: the addresses without scheme, spaces and hyphens, sorted.
        spellings: key -> the address without its scheme.
    """

    keys: tuple[str, ...] = ()
    spellings: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, addresses: Iterable[str]) -> LinkedAddresses:
        """Those of ``addresses`` that are web addresses; a slash at the end need not be printed."""
        spellings: dict[str, str] = {}
        for address in addresses:
            scheme = _SCHEME.match(address)
            if scheme and len(address) <= _MAX_ADDRESS:
                rest = address[scheme.end() :]
                for spelling in {rest, rest.rstrip("/")} - {""}:
                    spellings.setdefault(_key(spelling), spelling)
        return cls(tuple(sorted(spellings)), spellings)

    def goes_on(self, word: str, line: str) -> bool | None:
        """Whether the address that ends ``word`` goes on in ``line``; None: no link tells."""
        start = _body_start(word)
        if start is None or not self.keys:
            return None
        text = f"{word} {line}"
        end, _ = self._printed(text, start)
        if end > len(word):
            return True
        key = _key(text[start:])
        place = bisect_left(self.keys, key)
        if " " not in line and place < len(self.keys) and self.keys[place].startswith(key):
            return True  # the whole line is part of it
        return False if end == len(word) else None

    def spelled(self, text: PositionedText) -> PositionedText:
        """``text`` with every linked address in it as its link has it."""
        replacements: list[tuple[int, int, str]] = []
        last = 0
        for match in _START.finditer(text.text) if self.keys else ():
            start = _body_start(text.text[match.start() : match.end()])
            start = match.start() + (start or 0)
            end, spelling = self._printed(text.text, start)
            if start >= last and text.text[start:end] != spelling:
                replacements.extend(_respelled(text.text, start, spelling))
            last = max(last, end)
        return text.replace(replacements)

    def _printed(self, text: str, start: int) -> tuple[int, str]:
        """End and spelling of the longest linked address printed from ``start`` on; or 0, ""."""
        places = [
            place
            for place in range(start, min(len(text), start + _MAX_ADDRESS))
            if not _LEFT_OUT.match(text[place])
        ]
        key = "".join(text[place] for place in places)
        # Addresses that `key` begins with stand before it, each the longest prefix of the last.
        upto = key
        while upto:
            place = bisect_left(self.keys, upto)
            if place < len(self.keys) and self.keys[place] == upto:
                end = places[len(upto) - 1] + 1
                if not text[end : end + 1].isalnum():
                    return end, self.spellings[upto]
                upto = upto[:-1]
            elif place:
                upto = _shared_start(self.keys[place - 1], upto)
            else:
                break
        return 0, ""


def _key(address: str) -> str:
    return _LEFT_OUT.sub("", address)


def _body_start(word: str) -> int | None:
    """Where the last address in ``word`` begins, its scheme left out."""
    starts = list(_START.finditer(word))
    if not starts:
        return None
    scheme = _SCHEME.match(word, starts[-1].start())
    return scheme.end() if scheme else starts[-1].start()


def _shared_start(a: str, b: str) -> str:
    length = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), None)
    return b[: min(len(a), len(b)) if length is None else length]


def _respelled(text: str, start: int, spelling: str) -> list[tuple[int, int, str]]:
    """What to replace so that ``spelling``, printed from ``start`` on, is spelled like that.

    Both have the same characters in the same order, but for those that `_LEFT_OUT` matches.
    """
    replacements: list[tuple[int, int, str]] = []
    place = index = 0
    while index < len(spelling):
        true, printed = index, start + place
        while index < len(spelling) and _LEFT_OUT.match(spelling[index]):
            index += 1
        end = printed
        while index < len(spelling) and _LEFT_OUT.match(text[end]):
            end += 1
        if index < len(spelling) and text[printed:end] != spelling[true:index]:
            replacements.append((printed, end, spelling[true:index]))
        place, index = end - start + 1, index + 1
    return replacements


NO_LINKS = LinkedAddresses()


def address_goes_on(
    word: str, line: str, full: bool = True, linked: LinkedAddresses = NO_LINKS
) -> bool:
    """Whether the address at the end of a line goes on at the start of the next one.

    Args:
        word: the last word of a line; an address may begin on a line before.
        line: the line that follows.
        full: whether the first word of ``line`` had no room left on the line before. Where it had,
            something other than the measure ended that line.
        linked: addresses the document links to.
    """
    following = line.split(" ", 1)[0]
    if not is_address(word) or not re.match(r"(?!https?:)[\w/?&=%#.-]", following):
        return False
    told = linked.goes_on(word, line)
    if told is not None:
        return told
    if word[-1] in "=&_" or word.endswith("/?") or _OPEN_SCHEME.fullmatch(word):
        return True  # no address ends with one, nor does a sentence
    if _OPEN_HOST.fullmatch(word):
        inner = any(sign in following[1:-1] for sign in "./")
        return bool(_HOST_PART.fullmatch(following)) and (inner or word[-1] == ".")
    return full and _looks_like_a_part(word, following)


def _looks_like_a_part(word: str, following: str) -> bool:
    signs = sum(sign in "/_=&?%#-" for sign in following)
    return (
        (bool(_PART.fullmatch(following)) and word[-1] in "/_=&?%#.")
        or (signs > 1 and len(following) > 7)
        or bool(_FILE_NAME.fullmatch(following))
        or (word[-1] == "/" and len(following) > _LONGEST_WORD)
        or _cuts_identifier(word, following)
    )


def _cuts_identifier(word: str, following: str) -> bool:
    """Whether a key of letters and figures (9c56543feed8) was cut between the two kinds."""
    last = re.split(r"[^\w]|_", word)[-1]
    first = re.split(r"[^\w]|_", following)[0]
    mixed = [any(map(str.isdigit, part)) and any(map(str.isalpha, part)) for part in (last, first)]
    between = word[-1].isalpha() and following[0].isdigit()
    between = between or (word[-1].isdigit() and following[0].isalpha())
    return between and all(mixed)
