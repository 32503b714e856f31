"""Do the sentences of an answer answer? `search.answers.plain` beside the best sentence of a hit.

    python -m bench.answers [--index index/] [--sets ../shared/eval] [--out bench/answers.md]

On the judgments: does a sentence overlap a quote of relevance 2, or of 1 at least: half of the
letters of the shorter of the two. On squad-it-dev: does it hold the words that answer, for the
questions of answer_places.tsv; and for all questions, is it of the paragraph that answers.
Abstention is left out, so that both answer every question; how often it speaks is said apart.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from search.answers.citation import Citation
from search.answers.plain import plain_answer
from search.answers.whole_sentences import whole_sentence
from search.beir import read_beir
from search.datatypes import Content, Hit, Query, Results
from search.dense import Vectors
from search.encoder import Encoder, load_encoder
from search.engine import Engine
from search.errors import EvaluationError, MinitError
from search.evaluation import throwaway_engine
from search.judgments import LANGUAGES, SPLITS, JudgedQuery, read_judgments
from search.quotes import quote_places
from search.snapshot import open_snapshot

from .judged_sets import INDEX, JUDGMENTS, ROOT, SETS

PLACES = Path(__file__).parent / "answer_places.tsv"
SQUAD = "squad-it-dev"
HITS_BESIDE = 3

_HEAD = (
    "# Sentences that answer",
    "",
    "Written by `python -m bench.answers`, which says what is measured. *Answered*: a sentence",
    "answers (± is half of a 95 % interval); *helped*: or at least helps, or is of the right",
    "paragraph. Abstention is left out. Weights were chosen on what is called dev only.",
    "",
    "| set | questions | way | answered | helped | of its sentences answer | help | sentences |",
    "|---|---:|---|---:|---:|---:|---:|---:|",
)

Grade = Callable[[Citation], int]
"""2 where a sentence answers, 1 where it helps or is of the right paragraph, else 0."""


def ways(engine: Engine, text: str) -> tuple[dict[str, tuple[Citation, ...]], Results, float]:
    """The sentences that each way chooses, by its name; the hits; seconds that the answer took."""
    query = Query(text)
    (vector,) = engine.encode([query])
    results = engine.search(query)
    asked = engine.synonyms.clauses(text)
    start = time.perf_counter()
    answer = plain_answer(engine.snapshot, replace(results, probability=None), asked, vector)
    seconds = time.perf_counter() - start
    best = [_best_of(hit) for hit in results.hits]
    whole = [_best_whole(engine, vector, hit) for hit in results.hits[:1]]
    chosen = {
        "best sentence of the first hit": tuple(best[:1]),
        "the same, whole": tuple(filter(None, whole)),
        f"best sentence of each of {HITS_BESIDE} hits": tuple(best[:HITS_BESIDE]),
        "first sentence of the answer": answer.citations[:1],
        "answer": answer.citations,
    }
    return chosen, results, seconds


def _best_of(hit: Hit) -> Citation:
    span = hit.sentence
    return Citation(hit.document, hit.passage.id, hit.page, span, span.of(hit.passage.text))


def _best_whole(engine: Engine, vector: Vectors, hit: Hit) -> Citation | None:
    """The best sentence of a hit that can be read alone, as those of an answer must be."""
    row = engine.snapshot.store.passage_row(hit.passage.id) or 0
    headings = {hit.document.title, *hit.passage.heading_path}
    scores = engine.snapshot.dense.sentence_scores(vector, row)
    for place in np.argsort(-scores, kind="stable"):
        span = whole_sentence(hit.passage.text, hit.passage.sentences[place], headings)
        if span is not None:
            return _best_of(replace(hit, sentence=span))
    return None


def measured(name: str, engine: Engine, asked: Sequence[tuple[str, Grade]]) -> Iterator[str]:
    """The lines of a table: for each way how many questions it answers, and its sentences."""
    grades: dict[str, list[list[int]]] = {}
    took, sure = [], 0
    for text, grade in asked:
        chosen, results, seconds = ways(engine, text)
        took.append(seconds)
        sure += results.is_sure is True
        for way, citations in chosen.items():
            grades.setdefault(way, []).append([grade(citation) for citation in citations])
    for way, found in grades.items():
        best = np.array([max(one, default=0) for one in found])
        said = [grade for one in found for grade in one]
        error = 1.96 * np.sqrt((best >= 2).mean() * (best < 2).mean() / len(best))
        answered = f"{(best >= 2).mean():.3f} ±{error:.3f}" if (best >= 2).any() else "-"
        answering = f"{np.mean([g >= 2 for g in said]):.3f}" if (best >= 2).any() else "-"
        yield (
            f"| {name} | {len(found)} | {way} | {answered} | {(best >= 1).mean():.3f} "
            f"| {answering} | {np.mean([g >= 1 for g in said]):.3f} "
            f"| {len(said) / len(found):.2f} |"
        )
    usual, longest = 1000 * np.median(took), 1000 * max(took)
    print(f"{name}: sure of {sure} of {len(asked)}")
    print(f"an answer takes {usual:.1f} ms beside the search, at most {longest:.1f}")


def judged(queries: Sequence[JudgedQuery], engine: Engine) -> Iterator[tuple[str, str, Grade]]:
    """Split and language, text, and how a sentence is graded, of each question with an answer."""
    store = engine.snapshot.store
    ids = {document.path: document.id for document in store.documents()}
    contents = {path: store.content(ids[path]) for path in ids}
    for query in queries:
        if query.answer == "present":
            places = _places(query, contents)
            yield (
                f"judgments {query.language} {query.split}",
                query.text,
                _by_quotes(places, contents, engine),
            )


_Places = list[tuple[str, int, list[list[int]]]]


def _places(query: JudgedQuery, contents: dict[str, Content]) -> _Places:
    found: _Places = []
    for judgment in query.judgments:
        try:
            places = quote_places(judgment, contents[judgment.document])
        except (EvaluationError, KeyError):
            continue
        found.append((judgment.document, judgment.relevance, places))
    return found


def _by_quotes(quoted: _Places, contents: dict[str, Content], engine: Engine) -> Grade:
    def grade(citation: Citation) -> int:
        passage, document = engine.snapshot.store.passage(
            engine.snapshot.store.passage_row(citation.passage_id) or 0
        )
        start = passage.span.start + citation.sentence.start
        end = passage.span.start + citation.sentence.end
        letters = sum(c.isalnum() for c in contents[document.path].text[start:end])
        best = 0
        for path, relevance, places in quoted:
            for place in places if path == document.path else ():
                shared = sum(start <= offset < end for offset in place)
                if shared and 2 * shared >= min(letters, len(place)):
                    best = max(best, relevance)
        return best

    return grade


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--index", type=Path, default=INDEX)
    parser.add_argument("--sets", type=Path, default=SETS)
    parser.add_argument("--out", type=Path, default=ROOT / "bench" / "answers.md")
    options = parser.parse_args()
    encoder = load_encoder()
    lines: list[str] = []
    try:
        engine = Engine(open_snapshot(options.index), encoder)
        questions = list(judged(read_judgments(JUDGMENTS), engine))
        for part in (f"judgments {x} {y}" for x in LANGUAGES for y in SPLITS):
            asked = [(text, grade) for name, text, grade in questions if name == part]
            lines += measured(part, engine, asked)
    except MinitError as error:
        print(f"not measured: {error}")
    try:
        lines += _squad(options.sets / SQUAD, encoder)
    except MinitError as error:
        print(f"not measured: {error}")
    page = [*_HEAD, *lines]
    options.out.write_text("\n".join(page) + "\n", encoding="utf-8")
    print(f"written: {options.out}")


def _squad(folder: Path, encoder: Encoder) -> Iterator[str]:
    relevance = read_beir(folder)
    texts = {id_: text for id_, _, text in relevance.documents}
    lines = PLACES.read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    read = [(row[0], texts[row[1]][int(row[2]) : int(row[3])], row[4]) for row in rows]

    def grade_of(id_: str, words: str = "") -> Grade:
        right = {document for document, grade in relevance.qrels[id_].items() if grade > 0}

        def grade(citation: Citation) -> int:
            if citation.document.path not in right:
                return 0
            return 2 if words and words in citation.text else 1

        return grade

    with throwaway_engine(relevance, encoder, lambda _done, _total: None) as engine:
        for split in SPLITS:
            drawn = [(id_, words) for id_, words, own in read if own == split]
            asked = [(relevance.queries[id_], grade_of(id_, words)) for id_, words in drawn]
            yield from measured(f"{SQUAD}, answers read, {split}", engine, asked)
        every = [(text, grade_of(id_)) for id_, text in relevance.queries.items()]
        yield from measured(f"{SQUAD}, paragraphs", engine, every)


if __name__ == "__main__":
    main()
