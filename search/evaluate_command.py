"""``python -m search evaluate``: what is measured, with what, and where the numbers go."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path

from tqdm import tqdm

from .beir import read_beir
from .encoder import load_encoder
from .engine import Engine
from .errors import EvaluationError
from .evaluation import compare, rank, throwaway_engine
from .evaluation_tables import to_json, to_markdown, to_text, write_per_query
from .files import check_target
from .judgments import LANGUAGES, read_judgments
from .page_success import PageSuccess, page_success, pages_to_text
from .rerank import load_reranker
from .settings import SETTINGS, Setting, chosen_settings
from .snapshot import open_snapshot
from .store import Store
from .text import printable
from .topics import Topics, beir_topics, document_names, judged_topics, passage_names
from .trec import Run, check_ids, read_run, write_run

_DEFAULT = "engine"


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``evaluate`` to the commands of ``python -m search``."""
    parser = commands.add_parser(
        "evaluate",
        help="measure rankings on a relevance set or on judged queries",
        description="Measure rankings. A folder in BEIR layout (corpus.jsonl, queries.jsonl, "
        "qrels/*.tsv) is indexed for the purpose, as a corpus is, and documents are ranked. A "
        "folder of judged queries (queries.jsonl alone, such as tests/judgments) is measured on "
        "an index that there is, `--index`, and passages are ranked, each language and split by "
        "itself.",
    )
    add = parser.add_argument
    add("folder", type=Path, help="in BEIR layout, or of judged queries")
    add(
        "--setting",
        action="append",
        default=[],
        metavar="NAME",
        help=f"what ranks: {', '.join(SETTINGS)}, or all; repeatable; default: {_DEFAULT}",
    )
    add(
        "--run-in",
        action="append",
        default=[],
        type=Path,
        metavar="FILE",
        help="a TREC run made elsewhere, measured beside the settings; repeatable",
    )
    add(
        "--baseline",
        metavar="NAME",
        help=f"the setting that the others are compared with; default: {_DEFAULT} where it is "
        "measured, else the first",
    )
    add(
        "--index",
        default=os.environ.get("MINIT_INDEX", "index"),
        help="for judged queries: the index of the corpus they judge, default index/",
    )
    add("--language", help=f"for judged queries: only {' or '.join(LANGUAGES)}")
    add("--split", help="only this half of the judged queries, or BEIR's qrels/SPLIT.tsv")
    add("--model", help="Hugging Face name or folder; default: the embedded model")
    add("--reranker", help="cross-encoder for the setting `engine`; default: none")
    add(
        "--per-query",
        type=Path,
        metavar="FILE",
        help="write each query's nDCG@10 and difference to a .csv or .tsv file",
    )
    add(
        "--run-out",
        type=Path,
        metavar="FILE",
        help=f"write a run for trec_eval: the {_DEFAULT}'s where it is measured, else the first's",
    )
    add("--force", action="store_true", help="replace the files of --per-query and --run-out")
    form = parser.add_mutually_exclusive_group()
    form.add_argument(
        "--json", action="store_true", help="print one JSON object for each set, on a line"
    )
    form.add_argument("--markdown", action="store_true", help="print tables of Markdown")
    parser.set_defaults(command=_evaluate)


def _evaluate(options: argparse.Namespace) -> int:
    settings = chosen_settings(options.setting or [_DEFAULT])
    _check_targets(options)
    elsewhere = _read_runs(options.run_in, settings)
    ranked = [*settings, *elsewhere]
    main = _DEFAULT if _DEFAULT in settings else ranked[0]
    baseline = options.baseline or main
    if baseline not in ranked:  # said now, not after minutes of indexing
        raise EvaluationError(
            f"the baseline {baseline!r} is not among what is measured: {', '.join(ranked)}"
        )
    with ExitStack() as stack:
        source = (_judged if _is_judged(options.folder) else _beir)(options, stack)
        queries = {id_: text for part in source.topics for id_, text in part.queries.items()}
        _check_runs(elsewhere, queries, source.documents)
        if options.run_out:
            check_ids([*source.documents, *queries])
        second = load_reranker(options.reranker) if options.reranker else None
        opened = source.open()
        engine = Engine(opened.snapshot, opened.encoder, second)
        names = source.names(engine.snapshot.store)
        runs = rank(engine, queries, names, settings)
        pages = () if options.json else source.pages(engine)
    evaluations = [compare(part, runs | elsewhere, baseline) for part in source.topics]
    show = to_json if options.json else to_markdown if options.markdown else to_text
    print(("\n" if options.json else "\n\n").join(map(show, evaluations)))
    if pages:
        print(f"\n{pages_to_text(pages, markdown=options.markdown)}")
    if options.per_query:
        write_per_query(evaluations, options.per_query)
    if options.run_out:
        write_run(runs[main], options.run_out, main)
    return 0


def _check_targets(options: argparse.Namespace) -> None:
    """Whether the files that are asked for can be written, before minutes of indexing.

    Raises:
        EvaluationError: one is an input, the other one, or exists without ``--force``.
        ExportError: one cannot be written.
    """
    targets: list[Path] = [path for path in (options.per_query, options.run_out) if path]
    folder: Path = options.folder
    inputs = [folder, *options.run_in, *folder.glob("*.jsonl"), *folder.glob("qrels/*.tsv")]
    if len(targets) == 2 and targets[0].resolve() == targets[1].resolve():
        raise EvaluationError(f"--per-query and --run-out are both {targets[0]}: name two files")
    for target in targets:
        if any(path.exists() and target.exists() and path.samefile(target) for path in inputs):
            raise EvaluationError(f"{target} is read: name another file to write")
        if target.is_file() and not options.force:
            raise EvaluationError(f"{target} exists: add --force to replace it, or name another")
        check_target(target)


@dataclass(frozen=True, slots=True)
class _Source:
    """What is measured on. All of it is checked before a model is loaded or a text encoded.

    Attributes:
        documents: what there is to find.
        open: the engine to search with; takes as long as indexing does where that is needed.
        names: what each row of its snapshot is judged as.
        pages: how often a right page is among the first hits, where pages are judged.
    """

    topics: tuple[Topics, ...]
    documents: frozenset[str]
    open: Callable[[], Engine]
    names: Callable[[Store], list[str]]
    pages: Callable[[Engine], tuple[PageSuccess, ...]] = lambda _: ()


def _beir(options: argparse.Namespace, stack: ExitStack) -> _Source:
    if options.language is not None:
        raise EvaluationError(f"{options.folder} does not say languages: leave out `--language`")
    relevance = read_beir(options.folder, options.split)
    if relevance.unknown:
        _note(f"{relevance.unknown} relevant documents are not in the corpus: never found")
    if relevance.elsewhere:
        _note(f"{relevance.elsewhere} queries are judged in another split only: left out")
    if relevance.untold:
        _note(f"{relevance.untold} judged queries have no text in queries.jsonl: left out")
    wordless = sum(not text.strip() for text in relevance.queries.values())
    if wordless:
        _note(f"{wordless} queries have an empty text: they count as not answered")
    silent = sum(not text.strip() for _, _, text in relevance.documents)
    if silent:
        _note(f"{silent} documents have no text: never found")

    def index() -> Engine:
        encoder = load_encoder(options.model)
        with tqdm(desc="Encoding", unit="text", file=sys.stderr) as bar:

            def progress(done: int, total: int) -> None:
                bar.total = total
                bar.update(done - bar.n)

            return stack.enter_context(throwaway_engine(relevance, encoder, progress))

    topics = beir_topics(options.folder.resolve().name, relevance)
    documents = frozenset(id_ for id_, _, _ in relevance.documents)
    return _Source((topics,), documents, index, document_names)


def _judged(options: argparse.Namespace, stack: ExitStack) -> _Source:
    folder: Path = options.folder
    judged = read_judgments(folder if folder.is_file() else folder / "queries.jsonl")
    snapshot = stack.enter_context(closing(open_snapshot(Path(options.index))))
    topics, left_out = judged_topics(
        judged, snapshot.store, language=options.language, split=options.split
    )
    if left_out:
        _note(
            f"{len(left_out)} judgments hold for no passage of {options.index}; "
            "`python -m search beir` names them"
        )
    return _Source(
        topics,
        frozenset(passage_names(snapshot.store)),
        lambda: Engine(snapshot, load_encoder(options.model)),
        passage_names,
        lambda engine: page_success(engine, judged, topics),
    )


def _is_judged(folder: Path) -> bool:
    beside = ("corpus.jsonl", "qrels")
    return folder.is_file() or (
        (folder / "queries.jsonl").is_file() and not any((folder / b).exists() for b in beside)
    )


def _read_runs(paths: Sequence[Path], settings: Mapping[str, Setting]) -> dict[str, Run]:
    """Each run under the name of its file, without the ending."""
    runs: dict[str, Run] = {}
    for path in paths:
        if path.stem in runs or path.stem in settings:
            raise EvaluationError(f"two rankings are called {path.stem!r}: rename {path}")
        runs[path.stem] = read_run(path)
    return runs


def _check_runs(
    runs: Mapping[str, Run], queries: Mapping[str, str], documents: frozenset[str]
) -> None:
    for name, run in runs.items():
        found = {id_ for query in run.keys() & queries.keys() for id_ in run[query]}
        if not found:
            raise EvaluationError(
                f"the run {name!r} has none of the queries: is it of another set?"
            )
        if not found & documents:
            raise EvaluationError(
                f"the run {name!r} has none of the documents: is it of another set or index?"
            )
        missing = len(queries.keys() - run.keys())
        if missing:
            _note(f"the run {name} lacks {missing} queries: they count as not answered")


def _note(text: str) -> None:
    print(printable(text), file=sys.stderr)
