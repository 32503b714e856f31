"""The labelled questions: as many of each reading and language as the measure needs."""

from collections import Counter
from pathlib import Path

QUESTIONS = Path(__file__).parents[1] / "bench" / "questions_test.tsv"
LINES = QUESTIONS.read_text(encoding="utf-8").splitlines()
ROWS = [line.split("\t") for line in LINES if not line.startswith("#")]
KINDS = {"lookup", "trend", "case-history", "partner"}


def test_a_hundred_and_twenty_different_questions_in_two_languages():
    assert len(ROWS) == len({row[0] for row in ROWS}) == len({row[3].casefold() for row in ROWS})
    assert Counter(language for _, language, _, _ in ROWS) == {"it": 80, "en": 40}


def test_every_reading_is_the_main_one_of_a_quarter_of_each_language():
    main = Counter((language, kinds.split(",")[0]) for _, language, kinds, _ in ROWS)
    expected = {("it", kind): 20 for kind in KINDS} | {("en", kind): 10 for kind in KINDS}
    assert main == expected


def test_a_mix_names_two_different_readings():
    mixes = [kinds.split(",") for _, _, kinds, _ in ROWS if "," in kinds]
    assert len(mixes) == 15
    assert all(len(set(kinds)) == 2 and set(kinds) <= KINDS for kinds in mixes)
