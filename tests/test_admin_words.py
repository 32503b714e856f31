"""What the administrators' pages say stands in both languages."""

from __future__ import annotations

import inspect
import re
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

import ingest.views
from ingest.changes import Changes
from ingest.views.english import admin_words, correction_words, reason_words, run_words
from ingest.views.english import snapshot_words as version_words

HERE = Path(ingest.views.__file__).parent
NAMES = sorted(path.stem for path in (HERE / "italian").glob("*_words.py"))


def spoken(language: str, name: str) -> ModuleType:
    return import_module(f"ingest.views.{language}.{name}")


def public(module: ModuleType) -> dict[str, object]:
    """What a module defines itself: constants, and functions with what they are given."""
    return {
        name: (
            [str(parameter) for parameter in inspect.signature(value).parameters.values()]
            if inspect.isfunction(value)
            else type(value)
        )
        for name, value in vars(module).items()
        if not name.startswith("_")
        and (name.isupper() or (inspect.isfunction(value) and value.__module__ == module.__name__))
    }


@pytest.mark.parametrize("name", NAMES)
def test_both_languages_have_the_same_names_with_the_same_parameters(name):
    assert public(spoken("english", name)) == public(spoken("italian", name))


@pytest.mark.parametrize("name", NAMES)
def test_tables_and_lists_have_the_same_keys_and_as_many_parts(name):
    italian, english = spoken("italian", name), spoken("english", name)
    for each, value in vars(italian).items():
        other = getattr(english, each, None)
        if isinstance(value, dict) and not each.startswith("__"):
            assert list(other) == list(value), each
        elif isinstance(value, tuple):
            assert len(other) == len(value), each


@pytest.mark.parametrize("name", NAMES)
def test_no_sentence_was_left_in_italian(name):
    italian, english = vars(spoken("italian", name)), vars(spoken("english", name))
    same = {
        each
        for each, value in italian.items()
        if each.isupper() and isinstance(value, str) and " " in value and english[each] == value
    }
    assert same == set()


@pytest.mark.parametrize("language", ["italian", "english"])
def test_every_sentence_of_the_table_is_filled_in_as_it_should_be(language):
    lines = (HERE / language / "reasons.txt").read_text().splitlines()
    sentences = [line for line in lines if line and not line.startswith("#")]
    for before, after in zip(sentences[::2], sentences[1::2], strict=True):
        gaps, filled = (re.findall(r"\{\w*\}", sentence) for sentence in (before, after))
        assert gaps[: len(filled)] == filled, before


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "it is damaged: save it again from its program",
            "It is damaged: save it again from its program.",
        ),
        ("corpus cannot be written (No space): name another file",
         "corpus cannot be written (No space)."),
        (
            "the previous snapshot is lost, everything is read again: it is damaged beyond repair: "
            "export it again from its source",
            "The previous version of the index is lost, everything is read again: it is damaged "
            "beyond repair: export it again from its source.",
        ),
        ("", ""),
    ],
)  # fmt: skip
def test_a_reason_is_a_sentence_and_a_name_stays_as_it_is_written(sentence, expected):
    assert reason_words.reason(sentence) == expected


def test_english_numbers_have_a_comma_between_thousands_and_a_point_before_tenths():
    assert admin_words.size(1_500_000) == "1.5 MB"
    assert admin_words.size(1) == "1 byte"
    assert version_words.megabytes(1_234_567_890) == "1,234.6 MB"


def test_changes_are_counted_in_english():
    what = Changes(added=("a", "b"), removed=("c",), unchanged=3)
    assert run_words.changes(what) == "2 new, 1 removed, 3 unchanged"
    assert run_words.duration(6120) == "1 hour and 42 minutes"
    assert correction_words.found(1, 100) == "1 document"
