"""Which documents are versions of one another, and which of two is the newer."""

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from corpus_files import ALL_FILES, file_pages
from hypothesis import given
from hypothesis import strategies as st

from ingest.versions import (
    COMMON_IN,
    KEPT_RESEMBLANCE,
    RESEMBLANCE,
    Edition,
    edition_of,
    find_versions,
    shingles,
)
from search.datatypes import Content, Document, Heading, Page


def of_text(name: str, text: str, headings: tuple[Heading, ...] = (), **said) -> Edition:
    document = Document(
        id=name, path=name, sha256="", source_key="", media_type="text/plain",
        title=said.get("title", ""), group="", kind="altro", year=said.get("year"),
        language="it", page_count=1,
    )  # fmt: skip
    return edition_of(document, Content((Page(1, text),), headings), said.get("day", 0))


def of_numbers(name: str, numbers: range, **said) -> Edition:
    """An edition that says some numbers, and so has three shingles less than those."""
    return of_text(name, " ".join(f"n{number}" for number in numbers), **said)


def pairs(editions: list[Edition]) -> list[tuple[str, str]]:
    return [(found.older, found.newer) for found in find_versions(editions)]


@pytest.fixture(scope="module")
def sample_editions() -> list[Edition]:
    """The documents of the sample corpus, from their true text; copies left out."""
    editions, seen = [], set()
    for name in sorted(ALL_FILES):
        text = "\n\n".join(file_pages(name))
        if text not in seen:
            seen.add(text)
            editions.append(of_text(name, text))
    return editions


def test_of_the_sample_corpus_only_the_draft_and_the_final_paper_are_versions(sample_editions):
    assert len(sample_editions) == 88
    (found,) = find_versions(sample_editions)
    assert found.older == "trasversali/2025-position-paper-dati-di-filiera-bozza.pdf"
    assert found.newer == "trasversali/2025-position-paper-dati-di-filiera.pdf"
    assert found.shared == pytest.approx(0.59, abs=0.02)


def test_the_threshold_stands_far_from_every_pair_of_the_sample_corpus(sample_editions):
    """Nothing is left out here, not even the notice that all have: the hard case."""
    resemblances = []
    for one, other in combinations(sample_editions, 2):
        both = len(np.intersect1d(one.shingles, other.shingles, assume_unique=True))
        resemblances.append(both / (len(one.shingles) + len(other.shingles) - both))
    *_, second, first = sorted(resemblances)
    assert len(resemblances) == 88 * 87 / 2
    assert second < KEPT_RESEMBLANCE / 2 < RESEMBLANCE < first - 0.15


def test_resemblance_is_the_share_of_shingles_that_both_have():
    # 197 shingles each; the numbers 50 to 199 make 147 in both, of 247 in either.
    (found,) = find_versions([of_numbers("a", range(200)), of_numbers("b", range(50, 250))])
    assert found.shared == pytest.approx(147 / 247)


def test_a_draft_that_grew_is_a_version_and_a_page_of_a_book_is_not():
    draft = of_numbers("a", range(100))
    assert pairs([draft, of_numbers("b", range(280))]) == [("a", "b")]  # 97 / 277 = 0.35, all kept
    assert pairs([draft, of_numbers("b", range(600))]) == []
    # As near as the draft that grew, but a third of each is the other's: 127 / 367 = 0.35.
    assert pairs([of_numbers("a", range(250)), of_numbers("b", range(120, 370))]) == []


def test_what_more_than_twenty_documents_say_makes_no_version():
    notice = range(200)
    own = [range(1000 * n, 1000 * n + 100) for n in range(1, COMMON_IN + 2)]

    def documents(count: int) -> list[Edition]:
        text = [[*notice, *numbers] for numbers in own[:count]]
        return [of_numbers(f"d{row}", numbers) for row, numbers in enumerate(text)]

    assert len(pairs(documents(COMMON_IN))) == COMMON_IN - 1
    assert pairs(documents(COMMON_IN + 1)) == []


def test_a_list_of_sources_is_not_compared():
    sources = " ".join(f"fonte{n}" for n in range(300))

    def document(name: str, numbers: range) -> Edition:
        body = " ".join(f"n{n}" for n in numbers)
        text = f"{body}\n\nFonti\n{sources}"
        return of_text(name, text, (Heading(1, "Fonti", 1, len(body) + 2),))

    assert pairs([document("a", range(100)), document("b", range(100, 200))]) == []
    assert len(pairs([of_numbers("a", range(400)), of_numbers("b", range(100, 500))])) == 1


def test_short_documents_are_compared_with_none():
    assert pairs([of_numbers("a", range(50)), of_numbers("b", range(50))]) == []


def test_case_punctuation_and_line_breaks_make_no_difference():
    text = "Il filo, dalle reti:\nnasce così. " * 3
    plain = "il filo dalle reti nasce COSÌ " * 3
    one, other = (shingles(Content((Page(1, each),))) for each in (text, plain))
    assert one.tolist() == other.tolist()


def test_a_document_with_a_signature_is_not_shingled_again():
    edition = of_numbers("a", range(100))
    document = replace(engine_document(), id="a")
    again = edition_of(document, Content((Page(1, "altro"),)), 0, edition.signature)
    assert again.shingles.tolist() == edition.shingles.tolist()


def engine_document() -> Document:
    return Document("x", "x.md", "", "", "text/markdown", "X", "", "altro", None, "it", 1)


# Which is the newer


@pytest.mark.parametrize(
    ("older", "newer"),
    [
        (("z-2023.md", {"year": 2023, "day": 9}), ("a-2024.md", {"year": 2024, "day": 1})),
        (("z-bozza.md", {"year": 2024}), ("a.md", {"year": 2024})),
        (("z-bozza.md", {"year": 2024}), ("a.md", {})),  # no year: the year does not decide
        (("z.md", {"title": "Nota, draft"}), ("a.md", {"title": "Nota"})),
        (("z.md", {}), ("a-versione-definitiva.md", {})),
        (("z-v2-bozza.md", {}), ("a-v1.md", {})),
        (("z-v2.md", {}), ("a-v10.md", {})),
        (("z rev. 1.2.md", {}), ("a rev. 1.3.md", {})),
        (("z.md", {"day": 3}), ("a.md", {"day": 4})),
        (("a.md", {}), ("b.md", {})),
    ],
)
def test_which_is_newer_is_told_by_year_words_number_day_and_name(older, newer):
    one, other = (of_numbers(name, range(100), **said) for name, said in (older, newer))
    assert pairs([one, other]) == pairs([other, one]) == [(older[0], newer[0])]


def test_the_first_page_tells_a_draft_and_a_finished_text_apart():
    body = " ".join(f"n{number}" for number in range(100))
    draft = of_text("z.md", f"Position paper – Bozza per osservazioni\n\n{body}")
    final = of_text("a.md", f"Position paper – Versione definitiva\n\n{body}")
    plain = of_text("m.md", f"Il consumatore finale\n\n{body}")
    assert (draft.stage, plain.stage, final.stage) == (0, 1, 2)


def test_of_two_that_differ_in_nothing_else_the_longer_is_newer():
    assert pairs([of_numbers("z", range(90)), of_numbers("a", range(100))]) == [("z", "a")]


def test_each_is_an_older_version_of_the_next_newer_that_it_resembles_itself():
    first = of_numbers("a", range(200), year=2021)
    second = of_numbers("b", range(80, 280), year=2022)
    third = of_numbers("c", range(160, 360), year=2023)  # 37 / 357 of the first
    assert pairs([third, first, second]) == [("a", "b"), ("b", "c")]
    again = of_numbers("d", range(200), year=2023)
    assert pairs([first, again, second]) == [("a", "b"), ("b", "d")]


@given(st.lists(st.tuples(st.integers(0, 300), st.sampled_from([None, 2021, 2022])),
                max_size=8), st.randoms())  # fmt: skip
def test_versions_never_go_round_and_do_not_hang_on_the_order(starts, random):
    editions = [
        of_numbers(f"d{row}", range(start, start + 150), year=year)
        for row, (start, year) in enumerate(starts)
    ]
    found = find_versions(editions)

    newer = {each.older: each.newer for each in found}
    assert len(newer) == len(found)
    reached = set(newer)
    for _ in editions:
        reached = {newer[name] for name in reached if name in newer}
    assert not reached
    begin = {f"d{row}": start for row, (start, _) in enumerate(starts)}
    for each in found:
        both = 147 - abs(begin[each.older] - begin[each.newer])
        assert each.shared == pytest.approx(both / (2 * 147 - both))
        assert each.shared >= RESEMBLANCE
    random.shuffle(editions)
    assert find_versions(editions) == found
