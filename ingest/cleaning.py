"""Repairs of extracted text, line by line: pure functions that keep each character's place."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from .dictionary import IsWord, is_italian
from .positioned import PositionedText

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
