"""Documents are cut at their own joints, and nothing they say is lost or told twice."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from search.datatypes import Content, Document, Heading, Page, Passage
from search.passages import (
    AIM_TOKENS,
    STRETCH_TOKENS,
    cut_passages,
    one_line,
    passage_input,
    sentence_input,
)
from search.text import sentences

# Wild input, but in seconds; a busy machine is no failure.
quick = settings(max_examples=40, deadline=None)

MAX_TOKENS = 512


def count_tokens(texts: list[str]) -> list[int]:
    """Four characters a token, and four tokens for the prompt: simple, and never zero."""
    return [4 + len(text) // 4 for text in texts]


def count_unevenly(texts: list[str]) -> list[int]:
    """As a real tokenizer does: words are short, what it has not learnt is three tokens a sign."""
    return [4 + sum(1 if c.isascii() else 12 for c in text) // 4 for text in texts]


def document(title: str = "Relazione") -> Document:
    return Document(
        id="doc",
        path="doc.md",
        sha256="0" * 64,
        source_key="k",
        media_type="text/markdown",
        title=title,
        group="tracciabilita",
        kind="altro",
        year=2024,
        language="it",
        page_count=1,
    )


def content(*pages: str) -> Content:
    """Pages in which a line that begins with hashes is a heading, as in Markdown."""
    read, headings = [], []
    for number, source in enumerate(pages, start=1):
        text = ""
        for line in source.splitlines(keepends=True):
            if marker := re.match(r"(#+) ", line):
                title = line[marker.end() :].strip()
                headings.append(Heading(len(marker[1]), title, number, len(text)))
                line = line[marker.end() :]  # noqa: PLW2901 - the marker is no text
            text += line
        read.append(Page(number, text))
    return Content(tuple(read), tuple(headings))


def cut(*pages: str, title: str = "Relazione", max_tokens: int = MAX_TOKENS) -> list[Passage]:
    return list(cut_passages(document(title), content(*pages), count_tokens, max_tokens))


def texts(passages: list[Passage]) -> list[str]:
    return [passage.text for passage in passages]


def paragraph(tokens: int, word: str = "lana") -> str:
    """Sentences of 20 characters, 9 tokens each, of the length asked for or a little more."""
    sentence = f"{word.capitalize()} ".ljust(19, "a") + "."
    return " ".join([sentence] * -(-tokens // 9))


# --- headings


def test_a_passage_stands_under_the_headings_above_it():
    passages = cut("# Filiera\n\nUno.\n\n## Dati\n\nDue.\n\n### Lana\n\nTre.\n\n## Esiti\n\nSei.")
    assert [(p.heading_path, p.text) for p in passages] == [
        (("Filiera",), "Uno."),
        (("Filiera", "Dati"), "Due."),
        (("Filiera", "Dati", "Lana"), "Tre."),
        (("Filiera", "Esiti"), "Sei."),
    ]


def test_text_before_the_first_heading_stands_under_none():
    assert [p.heading_path for p in cut("Premessa.\n\n# Uno\n\nTesto.")] == [(), ("Uno",)]


def test_a_heading_ends_a_passage_however_short_it_is():
    assert texts(cut("# A\n\nUno.\n\n# B\n\nDue.")) == ["Uno.", "Due."]


def test_a_heading_with_nothing_under_it_is_found_by_its_own_words():
    passages = cut("# Esiti\n\nTesto.\n\n# Allegato sui tessuti")
    assert [(p.heading_path, p.text) for p in passages] == [
        (("Esiti",), "Testo."),
        (("Allegato sui tessuti",), "Allegato sui tessuti"),
    ]


def test_a_heading_above_a_sub_heading_is_no_passage():
    assert texts(cut("# Parte prima\n\n## Metodo\n\nTesto.")) == ["Testo."]


def test_a_section_may_run_over_pages():
    passages = cut("# Filiera\n\nUno.", "Due.", "# Altro\n\nTre.")
    assert [(p.heading_path, p.first_page, p.last_page) for p in passages] == [
        (("Filiera",), 1, 2),
        (("Altro",), 3, 3),
    ]


@pytest.mark.parametrize(
    "title",
    [
        "Fonti",
        "BIBLIOGRAFIA",
        "Bibliografia  e sitografia",
        "Riferimenti bibliografici",
        "References",
        "Fonti:",
        "7. Bibliografia",
        "2.1 Fonti",
    ],
)
def test_a_list_of_references_is_no_passage(title: str):
    assert texts(cut(f"# Metodo\n\nUno.\n\n# {title}\n\nRossi, Filiere, 2021.")) == ["Uno."]


def test_what_follows_a_list_of_references_is_found():
    page = "# Fonti\n\nRossi.\n\n# Allegato\n\nDue."
    assert [(p.heading_path, p.text) for p in cut(page)] == [(("Allegato",), "Due.")]


@pytest.mark.parametrize("title", ["Fonti rinnovabili", "Le fonti", "Bibliografia e dati"])
def test_a_section_about_sources_is_no_list_of_references(title: str):
    assert texts(cut(f"# {title}\n\nIl sole.")) == ["Il sole."]


# --- paragraphs and length


def test_short_paragraphs_share_a_passage():
    assert texts(cut("Uno.\n\nDue.\n\nTre.")) == ["Uno.\n\nDue.\n\nTre."]


def test_a_paragraph_is_not_cut_where_it_can_stay_whole():
    first, second, third = paragraph(150, "lana"), paragraph(150, "seta"), paragraph(90, "lino")
    assert texts(cut(f"{first}\n\n{second}\n\n{third}")) == [first, f"{second}\n\n{third}"]


def test_a_passage_that_is_long_enough_takes_no_other_paragraph():
    first, second = paragraph(AIM_TOKENS, "lana"), "Due."
    assert texts(cut(f"{first}\n\n{second}")) == [first, second]


def test_a_paragraph_that_is_too_long_is_cut_between_sentences():
    long = paragraph(2 * STRETCH_TOKENS)
    passages = cut(long)
    assert len(passages) > 1
    assert " ".join(texts(passages)) == long
    assert all(p.text.endswith(".") for p in passages)
    assert all(9 * len(p.sentences) <= STRETCH_TOKENS for p in passages)


def test_a_sentence_that_is_too_long_is_cut_between_words():
    long = "filiera " * 400 + "finale."
    passages = cut(long)
    assert len(passages) > 1
    assert " ".join(texts(passages)) == long


def test_a_word_that_is_too_long_is_cut_and_loses_no_letter():
    long = "".join(chr(ord("a") + n % 26) for n in range(9000))
    passages = cut(long)
    assert len(passages) > 1
    assert "".join(texts(passages)) == long


def test_dropped_lines_between_two_sentences_count_in_the_length():
    addresses = "\n".join(f"https://www.minit.it/{'a' * 60}/{n}" for n in range(100))
    for p in cut(f"Primo punto.\n{addresses}\nSecondo punto."):
        assert count_tokens([passage_input("Relazione", p.heading_path, p.text)])[0] <= MAX_TOKENS


def test_a_short_web_address_does_not_part_two_sentences():
    text = "Primo punto.\nhttps://www.minit.it\nSecondo punto."
    [passage] = cut(text)
    assert passage.text == text
    assert [s.of(text) for s in passage.sentences] == ["Primo punto.", "Secondo punto."]


# --- pages


def test_a_page_break_inside_a_sentence_does_not_end_it():
    [passage] = cut("La filiera della lana parte dal", "pascolo e arriva al negozio.")
    assert [s.of(passage.text) for s in passage.sentences] == [
        "La filiera della lana parte dal\n\npascolo e arriva al negozio."
    ]
    assert (passage.first_page, passage.last_page) == (1, 2)


@pytest.mark.parametrize("end", [".", "!", "?", ":", ";", "»"])
def test_a_page_break_after_a_sentence_ends_it(end: str):
    [passage] = cut(f"La filiera parte dal pascolo{end}", "poi arriva al negozio.")
    assert len(passage.sentences) == 2


def test_paragraphs_of_one_page_are_not_joined_whatever_they_begin_with():
    [passage] = cut("lana e seta\n\ncotone\n\nlino")
    assert [s.of(passage.text) for s in passage.sentences] == ["lana e seta", "cotone", "lino"]


def test_a_page_break_before_a_capital_ends_the_sentence():
    [passage] = cut("Titolo senza punto", "La filiera parte.")
    assert len(passage.sentences) == 2


def test_a_passage_knows_its_pages_past_pages_without_text():
    first, second = cut("", "# A\n\nUno.", "", "# B\n\nDue.", "")
    assert (first.text, first.first_page, first.last_page) == ("Uno.", 2, 2)
    assert (second.text, second.first_page, second.last_page) == ("Due.", 4, 4)


def test_there_are_no_passages_where_nothing_is_said():
    assert cut() == []
    assert cut("", "– – –\n\n…") == []


# --- identity


def test_a_passage_keeps_its_id_when_another_one_changes():
    before = cut("# A\n\nUno.\n\n# B\n\nDue.")
    after = cut("Nuova premessa.\n\n# A\n\nUno, ma riscritto.\n\n# B\n\nDue.")
    assert before[1].text == after[2].text == "Due."
    assert before[1].id == after[2].id
    assert before[0].id != after[1].id


def test_a_passage_keeps_its_id_when_its_lines_are_broken_elsewhere():
    first, second = "La filiera\n\nè corta.", "La filiera è\ncorta."
    assert cut(first)[0].id == cut(second)[0].id


def test_twins_have_ids_of_their_own_that_say_which_they_are():
    first, second, third = (p.id for p in cut("# A\n\nUno.\n\n# B\n\nUno.\n\n# C\n\nUno."))
    assert second == f"{first}-2"
    assert third == f"{first}-3"


def test_an_id_begins_with_that_of_the_document():
    assert re.fullmatch(r"doc-[0-9a-f]{10}", cut("Uno.")[0].id)


# --- what is encoded


def test_what_is_encoded_says_where_the_passage_stands_and_nothing_twice():
    assert passage_input("Lana", ("Lana", "Dati"), "Uno.\n\nDue.") == "Lana. Dati\nUno. Due."
    assert passage_input("Lana", (), "Uno.") == "Lana\nUno."
    assert sentence_input("Lana", "Uno\n\ndue.") == "Lana. Uno due."


# --- any document at all

ODD_WORDS = ["lana", "S.p.A.", "art.", "5", "1.", "Poi", "è", "«Ecco.»", "a" * 300, "x.y" * 150]
ODD_WORDS += ["https://x.it/" + "b" * 90, ". . . . . .", "漢字" * 40, "😀", "–", "\u2028", "\x1c"]
wild_line = st.one_of(
    st.lists(st.sampled_from(ODD_WORDS), max_size=30).map(" ".join),
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\n#"), max_size=60),
    st.integers(1, 1500).map(lambda n: "à" * n),
    st.integers(1, 300).map(lambda n: "filiera " * n),
)
heading_line = st.tuples(
    st.integers(1, 4), st.sampled_from(["Dati", "Metodo e filiera", "Esiti", "Lana, seta e lino"])
).map(lambda heading: "#" * heading[0] + " " + heading[1])
wild_page = st.lists(
    st.tuples(st.one_of(wild_line, wild_line, heading_line), st.sampled_from(["\n", "\n\n"])),
    max_size=8,
).map(lambda lines: "".join(line + end for line, end in lines))
wild_pages = st.lists(wild_page, max_size=3)
counters = st.sampled_from([count_tokens, count_unevenly])


@quick
@given(wild_pages, counters, st.sampled_from([128, 512]), st.sampled_from(["Lana", "Lana " * 18]))
@example(["https://x.it/ a " * 3 + "filiera " * 900 + "漢" * 300], count_unevenly, 128, "Lana")
def test_no_passage_is_longer_than_the_model_reads(pages, counter, max_tokens, title):
    for passage in cut_passages(document(title), content(*pages), counter, max_tokens):
        encoded = passage_input(title, passage.heading_path, passage.text)
        assert counter([encoded])[0] <= max_tokens


@quick
@given(wild_pages, counters)
def test_a_title_longer_than_the_model_reads_leaves_its_text_the_room_it_needs(pages, counter):
    title = "Relazione " * 300
    for passage in cut_passages(document(title), content(*pages), counter, MAX_TOKENS):
        encoded = passage_input(title, (), passage.text)
        assert counter([encoded])[0] <= MAX_TOKENS
        assert one_line(passage.text) in encoded


@quick
@given(wild_pages)
def test_passages_are_stretches_of_the_text_in_order_and_apart(pages):
    read = content(*pages)
    passages = cut_passages(document(), read, count_tokens, MAX_TOKENS)
    assert all(p.span.of(read.text) == p.text for p in passages)
    assert all(before.span.end <= after.span.start for before, after in pairwise(passages))
    assert len({p.id for p in passages}) == len(passages)
    for p in passages:
        assert p.sentences[0].start == 0
        assert p.sentences[-1].end == len(p.text)
        assert all(a.end <= b.start for a, b in pairwise(p.sentences))
        assert all(s.of(p.text).strip() for s in p.sentences)


@quick
@given(wild_pages)
def test_a_passage_stands_on_the_pages_that_hold_its_ends(pages):
    read = content(*pages)
    starts = read.page_starts()
    for p in cut_passages(document(), read, count_tokens, MAX_TOKENS):
        first, last = read.pages[p.first_page - 1], read.pages[p.last_page - 1]
        at = p.span.start - starts[p.first_page - 1]
        end = p.span.end - starts[p.last_page - 1]
        assert first.text[at] == p.text[0]
        assert last.text[end - 1] == p.text[-1]


@quick
@given(wild_pages)
@example(["La filiera", "introduzione . . . . . . 3"])
@example(["Indice\n\nmetodo ........ 3", "parte dal pascolo"])
def test_every_word_of_every_sentence_is_in_one_passage_or_in_a_heading(pages):
    read = content(*pages)
    passages = cut_passages(document(), read, count_tokens, MAX_TOKENS)
    quoted = Counter(
        position
        for p in passages
        for s in p.sentences
        for position in range(p.span.start + s.start, p.span.start + s.end)
    )
    assert set(quoted.values()) <= {1}
    starts = read.page_starts()
    headings = {
        starts[h.page - 1] + h.start + i for h in read.headings for i in range(len(h.title))
    }
    said = {
        position
        for span in sentences(read.text)
        for position in range(span.start, span.end)
        if read.text[position].isalnum()
    }
    assert said - headings <= quoted.keys()


@quick
@given(wild_pages, wild_page)
def test_pages_added_at_the_end_change_no_passage_before_them(pages, added):
    # The last passage may go on over the page break; all before it stay what they were.
    before = cut(*pages)
    after = cut(*pages, added)
    assert [p.id for p in before[:-1]] == [p.id for p in after[: len(before[:-1])]]
