"""Repairs of extracted text: pure functions that keep each character's place on its page.

Works line by line (`clean_characters`, `mend_accents`), then joins lines (`join_lines`), because
only a line's end tells a hyphen of the typesetter from one of the author.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from itertools import chain, repeat

from simplemma import is_known

from .addresses import NO_LINKS, LinkedAddresses, address_goes_on, is_address
from .positioned import PositionedText

IsWord = Callable[[str], bool]

_SPACES = "\t\n\x0b\x0c\r\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
_LIGATURES = {
    "\ufb00": "ff",
    "\ufb01": "fi",
    "\ufb02": "fl",
    "\ufb03": "ffi",
    "\ufb04": "ffl",
    "\ufb05": "st",
    "\ufb06": "st",
}
# What Word's Symbol and Wingdings fonts use for list marks.
_SYMBOL_BULLETS = "\uf0a7\uf0a8\uf0b7\uf0d8\uf0e0\uf0fc\uf02d"

_LAST_SOFT_HYPHEN = re.compile(r"[\xad\x02\ufffe](?=[ \t]*\Z)")
_ODD_CHARACTERS = re.compile(
    rf"(?P<spaces>[ {_SPACES}]{{2,}}|[{_SPACES}])"
    rf"|(?P<ligature>[{''.join(_LIGATURES)}])"
    rf"|(?P<bullet>[{_SYMBOL_BULLETS}])"
    r"|(?P<dropped>[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u061c\u200b-\u200f\u202a-\u202e"
    r"\u2060-\u206f\ud800-\uf8ff\ufeff\ufff9-\ufffc\ufffe\uffff])"
)


def clean_characters(line: PositionedText) -> PositionedText:
    """Make one line plain: single ordinary spaces, no ligature, no invisible character, NFC.

    A soft hyphen (or pdfium's mark) is dropped inside the line and is a hyphen at its end, where
    the word was really cut.
    """
    if not line.text.isprintable() or "  " in line.text or max(line.text, default="") > "\uf000":
        cut = _LAST_SOFT_HYPHEN.finditer(line.text)
        line = line.replace([(m.start(), m.end(), "-") for m in cut])
        odd = _ODD_CHARACTERS.finditer(line.text)
        line = line.replace([(m.start(), m.end(), _plain(m)) for m in odd])
    if "\u2010" in line.text or "\u2011" in line.text:  # hyphens are looked for as typed
        line = PositionedText(re.sub("[\u2010\u2011]", "-", line.text), line.boxes)
    if not unicodedata.is_normalized("NFC", line.text) or "ı" in line.text:
        line = _compose(line)
    if "  " in line.text:  # dropping a character brought two spaces together
        line = line.replace((m.start(), m.end(), " ") for m in re.finditer(" {2,}", line.text))
    return line.strip()


def _plain(match: re.Match[str]) -> str:
    if match["spaces"]:
        return " "
    if match["ligature"]:
        return _LIGATURES[match["ligature"]]
    return "•" if match["bullet"] else ""


def _compose(line: PositionedText) -> PositionedText:
    """NFC, one cluster (a character and the marks on it) at a time; no dotless i under a mark."""
    dotted = re.sub("ı(?=[\u0300-\u036f])", "i", line.text)
    line = line if dotted == line.text else PositionedText(dotted, line.boxes)
    composed = line.replace(
        (m.start(), m.end(), unicodedata.normalize("NFC", m.group()))
        for m in re.finditer(r"[^\u0300-\u036f][\u0300-\u036f]*|[\u0300-\u036f]+", line.text)
        if not unicodedata.is_normalized("NFC", m.group())
    )
    whole = unicodedata.normalize("NFC", composed.text)
    # Marks of other scripts: compose the line at once, its characters share the line's box.
    return composed if composed.text == whole else composed.replace([(0, len(composed), whole)])


_VOWELS = "aeiouıAEIOU"  # TeX sets an accent over a dotless i
_MARKS = {"`": "\u0300", "ˋ": "\u0300", "´": "\u0301", "ˊ": "\u0301"}
_DETACHED = re.compile(
    rf"(?<![\w`´])(?P<word>[^\W\d_]*)(?P<mark>[`´ˋˊ]) ?(?P<vowel>[{_VOWELS}])(?P<rest>[^\W\d_]*)"
    r"(?![\w`´'’])"
)
_APOSTROPHE = re.compile(rf"(?<![\w])(?P<word>[^\W\d_]*[{_VOWELS}])(?P<mark>['’`´])(?!\w)")
_OPENING_QUOTE = re.compile(r"(?<!\w)['‘`´](?=\w)")
# TeX's accents may stand behind a space of their own: universit `a
_SPACED = re.compile(
    rf"(?<![\w`´'’])(?P<word>[^\W\d_]+)(?P<gap> )(?P<mark>[`´ˋˊ])(?P<vowel>[{_VOWELS}])(?![\w`´'’])"
)
# Cut short, not accented: un po', a mo' di, di', fa', va', sta' ...
_CUT_SHORT = re.compile(r"(po|mo|di|da|fa|va|sta|to|be|de|ne|a|co|su|ca|te|ve|vo|se|pie|fe)", re.I)


@lru_cache(maxsize=100_000)
def is_italian(word: str) -> bool:
    """Whether simplemma's Italian dictionary has ``word``; words in -tà, -tù and -edì count too.

    The dictionary leaves out many words that have one form only ("città", "lunedì").
    """
    lower = word.lower()
    return is_known(lower, lang="it") or (len(lower) > 4 and lower.endswith(("tà", "tù", "edì")))


@lru_cache(maxsize=10_000)
def _is_english(word: str) -> bool:
    return is_known(word.lower(), lang="en")


def mend_accents(line: PositionedText, is_word: IsWord = is_italian) -> PositionedText:
    """Put detached accents back: ``pu`o`` and ``puo'`` → può, `` `e `` → è, ``perche'`` → perché.

    Only where the mended word is a word and the line does not use the sign as a quotation mark.

    Args:
        line: text whose characters are clean.
        is_word: says whether the mended word exists.
    """
    if any(mark in line.text for mark in _MARKS):
        line = line.replace(_spaced_accents(line.text, is_word))
        line = line.replace(_detached_accents(line.text, is_word))
    if "¨" in line.text:  # never stands alone in print: no dictionary needed ("B¨arenreiter")
        line = line.replace(
            (m.start(), m.end(), unicodedata.normalize("NFC", m["vowel"] + "\u0308"))
            for m in re.finditer(rf"¨(?P<vowel>[{_VOWELS}])", line.text)
        )
    if any(mark in line.text for mark in "'’`´"):
        line = line.replace(_written_accents(line.text, is_word))
    return line


def _spaced_accents(text: str, is_word: IsWord) -> Iterable[tuple[int, int, str]]:
    for m in _SPACED.finditer(text):
        accented = unicodedata.normalize("NFC", m["vowel"].replace("ı", "i") + _MARKS[m["mark"]])
        alone = m["word"].lower() != "pi" and is_word(m["word"])
        if not alone and is_word(m["word"] + accented):
            yield m.start("gap"), m.end(), accented


def _detached_accents(text: str, is_word: IsWord) -> Iterable[tuple[int, int, str]]:
    for m in _DETACHED.finditer(text):
        vowel = m["vowel"].replace("ı", "i")
        accented = unicodedata.normalize("NFC", vowel + _MARKS[m["mark"]])
        mended = m["word"] + accented + m["rest"]
        elided = m.start() > 0 and text[m.start() - 1] in "'’"
        ends_word = bool(m["word"]) and not m["rest"]
        if ends_word or mended in ("è", "È") or (elided and mended == "é") or is_word(mended):
            yield m.start("mark"), m.end("vowel"), accented


def _written_accents(text: str, is_word: IsWord) -> Iterable[tuple[int, int, str]]:
    quote = _OPENING_QUOTE.search(text)
    for m in _APOSTROPHE.finditer(text):
        word = m["word"]
        opened = quote is not None and quote.start() < m.start()
        elided = m.start() > 1 and text[m.start() - 1] in "'’" and text[m.start() - 2].isalpha()
        if _CUT_SHORT.fullmatch(word) or (opened and not elided):
            continue
        if word.lower() != "e" and is_word(word) and not word.lower().endswith("ra"):
            continue
        for mark in ("\u0300", "\u0301"):
            accented = unicodedata.normalize("NFC", word[-1] + mark)
            if word.lower() == "e" or is_word(word[:-1] + accented):
                final = accented
                if word.lower().endswith("che") and len(word) > 3:  # perché, poiché, benché
                    final = unicodedata.normalize("NFC", word[-1] + "\u0301")
                yield m.end("word") - 1, m.end(), final
                break


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
_SOLID = re.compile(r"anzi|contro|intra|inter|sopra|sotto|sovra|retro|super|hyper|iper", re.I)


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
    if long and _is_english(left + right):
        return False  # micro-transponder
    whole_left = left.lower() == "co" or (len(left) > 3 and is_word(left))
    return (
        in_chain
        or len(left) == 1
        or (whole_left and len(right) > 3 and is_word(right))
        or (long and _is_english(left) and _is_english(right))
    )
