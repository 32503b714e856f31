"""The arrows of the house: app -> ingest -> search, and the layers inside search."""

import ast
from pathlib import Path

import pytest

import ingest
import search

ROOT = Path(__file__).parent.parent
SEARCH_LAYERS = (
    {"errors"},
    {"datatypes", "files", "keys", "significance", "state", "years"},
    {"text", "syntax", "charsmap", "e5_file", "model_cache", "page_image", "fusion", "sections"}
    | {"options", "rows", "words", "edits", "dictionaries", "sentence_costs", "trec"},
    {"embedded_model", "openvino_engine", "dense", "lexical", "passages", "store", "tables"}
    | {"facets", "phrases", "abstention", "word_index", "query_rows"},
    {"torch_engine", "encoded", "word_filter", "bibtex", "query_files", "synonyms"}
    | {"organisations"},
    {"encoder", "themes", "edited_lists", "citation_styles"},
    {"cases"},
    {"snapshot", "listing", "run"},
    {"spelling", "completion", "similar", "rerank", "ranking"},
    {"hit_list"},
    {"answers"},
    {"indexing", "engine", "judgments", "takeout", "batch_output", "batch_resume"},
    {"quotes", "settings", "export", "similar_export", "live_index", "catalogue", "answering"}
    | {"why", "writing"},
    {"beir", "batch", "answer_export", "mcp_tools", "mcp_answer_types"},
    {"topics", "batch_command", "answer_commands", "mcp_answer_values", "dossier", "saved"},
    {"evaluation", "mcp_answers", "mcp_answer_tools", "api"},
    {"evaluation_tables", "mcp_server", "page_success"},
    {"evaluate_command", "serve_command"},
    {"views", "__init__", "__main__"},
)


def imported_by(path: Path) -> set[str]:
    """The modules a file imports, written from the root: ``search.engine``."""
    package = path.relative_to(ROOT).parent.parts
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            names.add(".".join((*base, *([node.module] if node.module else []))))
    return names


def files_of(package: str) -> list[Path]:
    return sorted((ROOT / package).rglob("*.py"))


@pytest.mark.parametrize("path", files_of("search"), ids=lambda path: path.stem)
def test_search_imports_nothing_of_the_others(path):
    others = {"ingest", "app", "samples", "tests", "bench"}
    assert not {name.split(".")[0] for name in imported_by(path)} & others


@pytest.mark.parametrize("path", files_of("ingest"), ids=lambda path: path.stem)
def test_ingest_imports_search_and_nothing_else_of_ours(path):
    others = {"app", "samples", "tests", "bench"}
    assert not {name.split(".")[0] for name in imported_by(path)} & others


@pytest.mark.parametrize("path", files_of("search"), ids=lambda path: path.stem)
def test_a_file_of_search_imports_only_lower_layers_and_its_own_package(path):
    layer_of = {name: row for row, layer in enumerate(SEARCH_LAYERS) for name in layer}
    first, *inside = path.relative_to(ROOT / "search").with_suffix("").parts
    for name in imported_by(path):
        if name.startswith("search.") and not (inside and name.split(".")[1] == first):
            assert layer_of[name.split(".")[1]] < layer_of[first], f"{path.stem} imports {name}"


@pytest.mark.parametrize("package", [search, ingest])
def test_the_library_door_is_sorted_and_complete(package):
    public = {
        name
        for name, value in vars(package).items()
        if not name.startswith("_")
        and getattr(value, "__module__", "").startswith(("search.", "ingest."))
    }
    assert list(package.__all__) == sorted(package.__all__)
    assert set(package.__all__) == public
