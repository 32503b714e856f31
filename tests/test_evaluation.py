"""Measures of rankings known by hand, settings beside each other, and the way from text to both."""

import csv
import json
import math

import numpy as np
import pytest

from search.beir import RelevanceSet, read_beir
from search.datatypes import Query
from search.errors import EvaluationError, ExportError
from search.evaluation import DEPTH, MEASURES, compare, measure, rank, throwaway_engine
from search.evaluation_tables import to_json, to_markdown, to_text, write_per_query
from search.settings import SETTINGS, chosen_settings
from search.topics import Topics, beir_topics, document_names


def run_of(**rankings: str) -> dict[str, dict[str, float]]:
    """Each query's documents, one letter each, best first."""
    return {q: {d: 1 / r for r, d in enumerate(docs, 1)} for q, docs in rankings.items()}


def topics_of(qrels: dict[str, dict[str, int]], unanswered: int = 0) -> Topics:
    return Topics("set", {q: f"text {q}" for q in qrels}, qrels, 26, "documents", unanswered)


def measured(qrels, run) -> dict[str, list[float]]:
    rows = measure(dict.fromkeys(qrels, ""), qrels, run)
    return {name: row.tolist() for name, row in zip(MEASURES, rows, strict=True)}


def test_each_measure_of_a_ranking_is_what_its_definition_says():
    # Relevant: b (grade 2) at rank 2, d (grade 1) at rank 4, z nowhere.
    found = measured({"q": {"b": 2, "d": 1, "z": 1, "c": 0}}, run_of(q="abcd"))
    ideal = 2 / math.log2(2) + 1 / math.log2(3) + 1 / math.log2(4)
    assert found["nDCG@10"] == pytest.approx([(2 / math.log2(3) + 1 / math.log2(5)) / ideal])
    assert found["AP@100"] == pytest.approx([(1 / 2 + 2 / 4) / 3])
    assert found["RR@10"] == [1 / 2]
    assert found["R@10"] == found["R@100"] == pytest.approx([2 / 3])
    assert found["Success@1"] == [0.0]


def test_measures_at_10_do_not_see_the_eleventh():
    run = {"q": {f"d{r}": 1 / r for r in range(1, 13)}}
    found = measured({"q": {"d11": 1}}, run)
    assert found["nDCG@10"] == found["RR@10"] == found["R@10"] == [0.0]
    assert found["R@100"] == [1.0]
    assert found["AP@100"] == pytest.approx([1 / 11])


def test_values_stand_in_the_order_of_the_queries_and_a_missing_query_is_0():
    qrels = {"q2": {"a": 1}, "q1": {"a": 1}, "q3": {"a": 1}}
    found = measured(qrels, run_of(q1="ba", q2="ab", other="a"))
    assert found["RR@10"] == [1.0, 1 / 2, 0.0]


def test_every_measure_breaks_ties_as_trec_eval_does():
    # c comes before a and b; of those, whose scores are the same in 32 bits, b comes first.
    run = {"q": {"a": 0.5 + 1e-12, "b": 0.5, "c": 0.7}}
    for place, right in enumerate("cba", start=1):
        found = measured({"q": {right: 1}}, run)
        assert found["RR@10"] == found["AP@100"] == pytest.approx([1 / place])
        assert found["nDCG@10"] == pytest.approx([1 / math.log2(place + 1)])
        assert found["Success@1"] == [float(place == 1)]


def test_a_run_without_any_hit_is_all_zeros():
    found = measured({"q": {"a": 1}}, {"q": {}})
    assert set(map(tuple, found.values())) == {(0.0,)}


TEN = {f"q{n}": {"a": 1} for n in range(10)}
RIGHT = {q: {"a": 1.0} for q in TEN}  # every measure 1
SECOND = {q: {"b": 1.0, "a": 0.5} for q in TEN}  # RR 1/2


def test_a_setting_is_shown_beside_the_baseline():
    evaluation = compare(topics_of(TEN), {"second": SECOND, "right": RIGHT}, "second")
    first, other = evaluation.settings
    assert (first.setting, other.setting) == ("second", "right")
    assert first.comparisons == {}
    assert first.estimates["RR@10"].mean == 0.5
    comparison = other.comparisons["RR@10"]
    assert comparison.difference.mean == 0.5
    assert comparison.difference.low == comparison.difference.high == 0.5
    assert comparison.p == pytest.approx(2 / 2**10)  # all ten signs alike


def test_identical_runs_differ_by_nothing_with_p_1():
    evaluation = compare(topics_of(TEN), {"one": SECOND, "two": dict(SECOND)}, "one")
    for comparison in evaluation.settings[1].comparisons.values():
        assert (comparison.difference.mean, comparison.p) == (0.0, 1.0)


def test_more_settings_must_be_surer_each():
    runs = {"second": SECOND, "right": RIGHT, "again": SECOND, "more": SECOND}
    evaluation = compare(topics_of(TEN), runs, "second")
    p = {m.setting: m.comparisons["RR@10"].p for m in evaluation.settings[1:]}
    assert p == pytest.approx({"right": 3 * 2 / 2**10, "again": 1.0, "more": 1.0})


def test_the_baseline_need_not_be_the_first_but_must_be_there():
    runs = {"right": RIGHT, "second": SECOND}
    evaluation = compare(topics_of(TEN), runs, "second")
    assert evaluation.settings[0].comparisons["RR@10"].difference.mean == 0.5
    with pytest.raises(EvaluationError, match="'third' is not among what is measured: right, sec"):
        compare(topics_of(TEN), runs, "third")


def test_what_is_measured_does_not_depend_on_what_stands_beside_it():
    runs = {"right": RIGHT, "second": SECOND, "mixed": RIGHT | {"q1": {}, "q2": {"b": 1.0}}}
    pair = compare(topics_of(TEN), {k: runs[k] for k in ("second", "mixed")}, "second")
    more = compare(topics_of(TEN), runs, "second")
    assert pair.settings[1].estimates == more.settings[2].estimates
    assert to_json(more) == to_json(compare(topics_of(TEN), runs, "second"))


def table_of(evaluation) -> list[str]:
    return to_text(evaluation).splitlines()


def test_the_table_has_a_row_for_each_setting_and_says_what_was_measured_how():
    evaluation = compare(topics_of(TEN, 3), {"second": SECOND, "right": RIGHT}, "second")
    head, title, second, right, *how = table_of(evaluation)
    assert head == "set: 10 queries, 26 documents, 3 more without an answer left out"
    assert title.split()[:4] == ["setting", "nDCG@10", "AP@100", "RR@10"]
    assert second.split()[:2] == ["second", f"{1 / math.log2(3):.3f}"]
    assert right.split()[:3] == ["right", "1.000", "±0.000"]
    assert right.endswith(f"{1 - 1 / math.log2(3):+.3f} [+0.369, +0.369]  0.0020")
    assert len({len(line) for line in (title, second, right)}) == 1
    assert "95 % bootstrap" in how[0]
    assert "nDCG@10 against second, Holm-corrected for 1" in how[1]


def test_a_setting_alone_has_no_column_of_differences():
    _, title, row, how = table_of(compare(topics_of(TEN), {"right": RIGHT}, "right"))
    assert title.split() == ["setting", *MEASURES]
    assert row.split() == ["right", *["1.000", "±0.000"] * len(MEASURES)]
    assert "p:" not in how


def test_markdown_has_as_many_cells_in_every_row():
    text = to_markdown(compare(topics_of(TEN), {"a|b": SECOND, "right": RIGHT}, "right"))
    assert text.startswith("## set\n\n10 queries, 26 documents.\n\n| setting | nDCG@10 |")
    rows = [line for line in text.splitlines() if line.startswith("|")]
    assert len(rows) == 4
    assert len({row.replace("\\|", "").count("|") for row in rows}) == 1


def test_json_has_every_number_of_every_setting():
    record = json.loads(to_json(compare(topics_of(TEN, 3), {"s": SECOND, "r": RIGHT}, "s")))
    assert (record["name"], record["queries"], record["documents"]) == ("set", 10, 26)
    assert (record["unanswered"], record["baseline"], record["RR@10"]) == (3, "s", 0.5)
    assert record["settings"]["s"]["RR@10"] == {"mean": 0.5, "low": 0.5, "high": 0.5}
    assert record["settings"]["r"]["RR@10"] == {
        "mean": 1.0,
        "low": 1.0,
        "high": 1.0,
        "difference": {"mean": 0.5, "low": 0.5, "high": 0.5},
        "p": 0.002,
    }
    assert list(record["settings"]["r"]) == list(MEASURES)


@pytest.mark.parametrize(("name", "delimiter"), [("out.csv", ","), ("out.tsv", "\t")])
def test_each_query_has_a_row_the_greatest_loss_first(tmp_path, name, delimiter):
    qrels = {q: {"a": 1} for q in ("same", "worse", "better")}
    base, new = run_of(same="a", worse="a", better="ba"), run_of(same="a", worse="ba", better="a")
    evaluation = compare(topics_of(qrels), {"base": base, "new": new}, "base")
    write_per_query([evaluation], tmp_path / name)
    with (tmp_path / name).open(encoding="utf-8", newline="") as file:
        title, *rows = csv.reader(file, delimiter=delimiter)
    assert title == ["set", "query-id", "text", "nDCG@10 base", "nDCG@10 new", "new - base"]
    second = 1 / math.log2(3)  # 0.6309
    assert rows == [
        ["set", "worse", "text worse", "1.0000", f"{second:.4f}", f"{second - 1:.4f}"],
        ["set", "same", "text same", "1.0000", "1.0000", "0.0000"],
        ["set", "better", "text better", f"{second:.4f}", "1.0000", f"{1 - second:.4f}"],
    ]


@pytest.mark.parametrize(
    "text", ["=HYPERLINK(A1)", "+1", "-alimentare", "@cmd", "\tx", " =1+1", "\u200b=1", "＝1"]
)
def test_a_text_cannot_become_a_formula(tmp_path, text):
    topics = Topics("set", {"q": text}, {"q": {"a": 1}}, 1, "documents", 0)
    write_per_query([compare(topics, {"x": run_of(q="a")}, "x")], tmp_path / "out.csv")
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as file:
        assert list(csv.reader(file))[1][2] == f"'{text}"


def test_a_file_that_cannot_be_written_is_named(tmp_path):
    evaluation = compare(topics_of(TEN), {"right": RIGHT}, "right")
    with pytest.raises(ExportError, match="cannot be written"):
        write_per_query([evaluation], tmp_path / "none" / "out.csv")


def test_settings_are_chosen_by_name_in_order_and_once():
    assert list(chosen_settings(["rrf", "bm25", "rrf"])) == ["rrf", "bm25"]
    assert list(chosen_settings(["all"])) == list(SETTINGS)
    assert list(chosen_settings(["engine", "all"])) == ["engine", *list(SETTINGS)[:-1]]
    with pytest.raises(EvaluationError, match="no setting is called 'magic': the settings are bm"):
        chosen_settings(["magic"])


NETS = " ".join(f"Le reti da pesca, {n} tonnellate, diventano un filo di nylon." for n in range(60))
LONG = " ".join(f"La prova numero {n} usa reti di colore diverso." for n in range(30))
DOCUMENTS = (
    ("reti", "", f"Il nylon rigenerato nasce dalle reti da pesca.\n\n{LONG}"),
    ("lavatrice", "", "La lavatrice si paga a canone mensile, non si compra."),
    ("passaporto", "Il passaporto digitale", "Un codice sul capo racconta la filiera al cliente."),
    ("silent", "Un titolo e basta", ""),
)
QUERIES = {
    "it": "nylon dalle reti da pesca",
    "en": "pay a monthly fee for a washing machine",
    "none": "?!",
}
QRELS = {"it": {"reti": 1}, "en": {"lavatrice": 1}, "none": {"passaporto": 1}}


@pytest.fixture(scope="module")
def runs(encoder):
    """Every setting on four documents, one of several passages, one with no text."""
    relevance = RelevanceSet(DOCUMENTS, QUERIES, QRELS)
    with throwaway_engine(relevance, encoder, lambda *_: None) as engine:
        names = document_names(engine.snapshot.store)
        assert names.count("reti") > 1
        folder = engine.snapshot.folder
        found = rank(engine, QUERIES, names, SETTINGS)
    assert not folder.exists()
    return found


@pytest.mark.parametrize("name", SETTINGS)
def test_every_setting_ranks_each_document_once(runs, name):
    run = runs[name]
    assert list(run) == list(QUERIES)
    assert run["none"] == {}
    assert next(iter(run["it"])) == "reti"
    assert list(run["it"].values()) == [1 / rank for rank in range(1, len(run["it"]) + 1)]
    assert set(run["it"]) <= {"reti", "lavatrice", "passaporto"}
    assert len(run["it"]) <= DEPTH


def test_words_find_nothing_in_another_language_and_meaning_does(runs):
    assert "lavatrice" not in runs["bm25"]["en"]
    for name in ("dense", "dense+sentences", "engine"):
        assert next(iter(runs[name]["en"])) == "lavatrice"


def test_reciprocal_ranks_are_added_where_both_lists_have_them(runs):
    words, meaning = list(runs["bm25"]["it"]), list(runs["dense"]["it"])
    # One passage a document is enough to say so for the best: first in both lists.
    assert words[0] == meaning[0] == next(iter(runs["rrf"]["it"]))
    assert set(runs["rrf"]["it"]) == set(words) | set(meaning)


@pytest.fixture(scope="module")
def nets(encoder):
    """An engine on a document of many passages about nets, and a short one of one sentence."""
    documents = (("lungo", "", NETS), ("corto", "", "Di reti si parla anche qui, una volta sola."))
    relevance = RelevanceSet(documents, {"q": "x"}, {"q": {"corto": 1}})
    with throwaway_engine(relevance, encoder, lambda *_: None) as engine:
        assert document_names(engine.snapshot.store).count("lungo") > 4
        yield engine


def test_long_documents_hide_no_other(nets, monkeypatch):
    # Two rows are asked for at first, which are both of the long document.
    monkeypatch.setattr("search.evaluation._PASSAGES", 2)
    names = document_names(nets.snapshot.store)
    found = rank(nets, {"q": "reti da pesca, nylon"}, names, SETTINGS)
    assert {name: list(run["q"]) for name, run in found.items()} == {
        name: ["lungo", "corto"] for name in SETTINGS
    }


@pytest.mark.parametrize("name", SETTINGS)
def test_who_asks_a_setting_for_more_gets_the_same_first(nets, name):
    text = "nylon dalle reti da pesca"
    vectors = nets.encoder.encode_queries([text])
    few, more = (SETTINGS[name](nets, [Query(text, k=k)], vectors)[0] for k in (2, 9))
    assert list(few) == list(more)[:2]
    assert len(few) == 2


def test_the_engine_is_measured_as_every_door_gives_it(nets):
    asked = Query("reti da pesca che diventano un filo di nylon", k=9)
    (rows,) = SETTINGS["engine"](nets, [asked], nets.encoder.encode_queries([asked.text]))
    names = document_names(nets.snapshot.store)
    shown = [hit.document.path for hit in nets.search(asked).hits]
    assert [names[row] for row in rows] == shown
    assert shown[:4] == ["lungo", "lungo", "lungo", "corto"]
    assert len(shown) > 4
    assert set(shown[4:]) == {"lungo"}


def test_no_query_that_can_be_searched_is_a_run_without_hits(encoder):
    relevance = RelevanceSet(DOCUMENTS[1:2], {"none": "?!"}, {"none": {"lavatrice": 1}})
    with throwaway_engine(relevance, encoder, lambda *_: None) as engine:
        found = rank(engine, {"none": "?!"}, ["lavatrice"], SETTINGS)
    assert found == {name: {"none": {}} for name in SETTINGS}
    evaluation = compare(beir_topics("x", relevance), found, "engine")
    assert evaluation.settings[0].estimates["nDCG@10"].mean == 0.0


def test_documents_without_any_text_cannot_be_ranked(encoder):
    relevance = RelevanceSet((("a", "Titolo", " "),), {"q": "x"}, {"q": {"a": 1}})
    with (
        pytest.raises(EvaluationError, match="no document of the relevance set has any text"),
        throwaway_engine(relevance, encoder, lambda *_: None),
    ):
        pass


def write_set(folder, documents: dict, queries: dict, **qrels: str):
    (folder / "qrels").mkdir(parents=True, exist_ok=True)
    for name, texts in (("corpus", documents), ("queries", queries)):
        lines = [json.dumps({"_id": id_, "text": text}) for id_, text in texts.items()]
        (folder / f"{name}.jsonl").write_text("\n".join(lines))
    for split, lines in qrels.items():
        (folder / "qrels" / f"{split}.tsv").write_text(lines)
    return folder


def test_the_split_is_test_or_the_only_one_or_the_one_that_is_named(tmp_path):
    texts = {"q1": "uno", "q2": "due"}
    folder = write_set(tmp_path, {"a": "x"}, texts, dev="q1\ta\t1", train="q2\ta\t1")
    with pytest.raises(EvaluationError, match="has the splits dev, train: name one with `--split"):
        read_beir(folder)
    with pytest.raises(EvaluationError, match="has no split 'test': it has dev, train"):
        read_beir(folder, "test")
    assert list(read_beir(folder, "train").queries) == ["q2"]
    (folder / "qrels" / "train.tsv").unlink()
    assert list(read_beir(folder).queries) == ["q1"]
    write_set(folder, {"a": "x"}, texts, test="q2\ta\t1")
    assert list(read_beir(folder).queries) == ["q2"]


def test_queries_without_a_relevant_document_are_counted_and_left_out(tmp_path):
    queries = {"q1": "uno", "q2": "due", "q3": "tre"}
    found = read_beir(write_set(tmp_path, {"a": "x"}, queries, test="q1\ta\t1\nq2\ta\t0"))
    assert (list(found.queries), found.unanswered) == (["q1"], 2)
    assert beir_topics("x", found).unanswered == 2


def test_queries_of_another_split_are_not_without_an_answer(tmp_path):
    queries = {"q1": "uno", "q2": "due", "q3": "tre"}
    folder = write_set(tmp_path, {"a": "x"}, queries, test="q1\ta\t1\nq9\ta\t1", dev="q2\ta\t1")
    found = read_beir(folder)
    assert (found.unanswered, found.elsewhere, found.untold) == (1, 1, 1)


def test_a_byte_order_mark_is_no_part_of_the_first_line(tmp_path):
    folder = write_set(tmp_path, {"a": "x"}, {"q": "uno"}, test="q\ta\t1")
    for path in folder.rglob("*.*"):
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert read_beir(folder).qrels == {"q": {"a": 1}}


def test_a_text_that_is_null_is_not_the_word_none(tmp_path):
    folder = write_set(tmp_path, {"a": "x"}, {"q": None}, test="q\ta\t1")
    assert read_beir(folder).queries == {"q": ""}


def test_relevant_documents_that_are_not_there_are_counted_and_never_found(tmp_path):
    found = read_beir(write_set(tmp_path, {"a": "x"}, {"q": "uno"}, test="q\ta\t1\nq\tgone\t1"))
    assert found.unknown == 1
    assert measured(found.qrels, run_of(q="a"))["R@10"] == [1 / 2]


@pytest.mark.parametrize(
    ("qrels", "message"),
    [
        ("q\tgone\t1", "no document that .*test.tsv judges is in .*corpus.jsonl"),
        ("q\ta\t0", "no query of .*queries.jsonl has a relevant document"),
        ("q\ta\t1\nq\ta\t2", "line 2: 'a' was given another relevance for 'q'"),
        ("", "no query of"),
        ("q\ta\tx", "line 1: should be query id"),
    ],
)
def test_qrels_that_measure_nothing_are_refused(tmp_path, qrels, message):
    with pytest.raises(EvaluationError, match=message):
        read_beir(write_set(tmp_path, {"a": "x"}, {"q": "uno"}, test=qrels))


def test_a_line_of_qrels_that_comes_twice_is_one(tmp_path):
    found = read_beir(write_set(tmp_path, {"a": "x"}, {"q": "uno"}, test="q\ta\t1\nq\ta\t1"))
    assert found.qrels == {"q": {"a": 1}}


def test_two_queries_of_one_id_are_refused(tmp_path):
    folder = write_set(tmp_path, {"a": "x"}, {"q": "uno"}, test="q\ta\t1")
    (folder / "queries.jsonl").write_text('{"_id": "q", "text": "x"}\n{"_id": "q", "text": "y"}')
    with pytest.raises(EvaluationError, match="has two queries of one _id"):
        read_beir(folder)


@pytest.mark.parametrize("line", ["[]", "3", '"_id text"', "[" * 100_000], ids=str.strip)
def test_a_line_that_is_no_object_is_refused(tmp_path, line):
    folder = write_set(tmp_path, {"a": "x"}, {"q": "uno"}, test="q\ta\t1")
    (folder / "corpus.jsonl").write_text(line)
    with pytest.raises(EvaluationError, match="line 1: not a JSON object"):
        read_beir(folder)


def test_half_a_character_in_a_document_becomes_a_question_mark(tmp_path):
    half = "vetro \ud83d di Murano"  # the first of the two UTF-16 units of an emoji
    found = read_beir(write_set(tmp_path, {"a": half}, {"q": "uno"}, test="q\ta\t1"))
    assert found.documents == (("a", "", "vetro ? di Murano"),)


def test_a_setting_is_a_function_of_the_engine_the_queries_and_their_vectors(encoder):
    """Anyone's own ranking can be measured like ours."""
    relevance = RelevanceSet(DOCUMENTS[1:3], QUERIES, QRELS)
    seen = []

    def last_first(engine, queries, vectors):
        seen.append((len(queries), vectors.shape, vectors.dtype))
        rows = range(engine.snapshot.manifest.counts.passages)
        return [list(reversed(rows)) for _ in queries]

    with throwaway_engine(relevance, encoder, lambda *_: None) as engine:
        names = document_names(engine.snapshot.store)
        found = rank(engine, QUERIES, names, {"mine": last_first})["mine"]
    assert seen == [(2, (2, encoder.dimension), np.float32)]
    assert list(found["it"]) == ["passaporto", "lavatrice"]
