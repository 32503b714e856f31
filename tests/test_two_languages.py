"""The pages speak Italian and English: the same names, of the same shapes, with other words."""

import ast
import inspect
import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from search.themes.course import Call, Confidence, Course
from search.views.english import (
    case_words,
    dossier_words,
    hit_words,
    trend_words,
    words,
)
from search.views.italian import words as italian_words
from search.why import Explanation

ROOT = Path(__file__).parent.parent
FOLDERS = (ROOT / "search" / "views", ROOT / "ingest" / "views")
MODULES = [
    f"{'.'.join(folder.relative_to(ROOT).parts)}.{{}}.{path.stem}"
    for folder in FOLDERS
    for path in sorted((folder / "italian").glob("*_words.py"))
] + ["search.views.{}.words"]
TAG = re.compile("<[^>]*>")
SAME_IN_BOTH = {
    "Case history", "Open innovation", "Open inno\u00advation", "Position paper", "Workshop",
    "BibTeX", "EPUB", "Excel", "Markdown", "OpenDocument", "PDF", "PowerPoint", "Word",
    "Cluster MinIT", "Dossier", "dossier", "Partner", "English", "case history",
    "File", "Password", "byte", "kB", "MB", "in", "In", ", in", "p.",
    "python -m ingest run corpus/ --index",
}  # fmt: skip
"""Names, commands and small words of both languages; what else is in both was left untranslated."""


def _source(module: str, language: str) -> ast.Module:
    path = ROOT.joinpath(*module.format(language).split(".")).with_suffix(".py")
    return ast.parse(path.read_text(encoding="utf-8"))


def _public(module: ast.Module) -> set[str]:
    """The names that a module gives itself; what it imports is not its own."""
    targets: list[ast.expr] = []
    for node in module.body:
        if isinstance(node, ast.Assign):
            targets += node.targets
        elif isinstance(node, ast.AnnAssign):
            targets.append(node.target)
    named = [one.id for each in targets for one in ast.walk(each) if isinstance(one, ast.Name)]
    made = [node.name for node in module.body if isinstance(node, ast.FunctionDef)]
    return {name for name in (*named, *made) if not name.startswith("_")}


def _shape(value: object) -> object:
    """What must be alike: keys, the number of parts, signatures, types."""
    if callable(value):
        return inspect.signature(value)
    if isinstance(value, Mapping):
        return {key: _shape(one) for key, one in value.items()}
    if isinstance(value, tuple):
        return tuple(_shape(one) for one in value)
    if is_dataclass(value):
        return {one.name: _shape(getattr(value, one.name)) for one in fields(value)}
    return type(value)


def _said(module: ast.Module) -> Iterator[str]:
    """The text that a module may show: no names of things, nothing that is compared or looked up.

    Keys, arguments of `.get`, patterns and subscripts are names that no reader sees.
    """
    silent = {id(docstring) for docstring in _docstrings(module)}
    for node in ast.walk(module):
        match node:
            case ast.Dict():
                hidden = [key for key in node.keys if key]
            case ast.Compare() | ast.MatchValue():
                hidden = [node]
            case ast.Subscript():
                hidden = [node.slice]
            case ast.Call(func=ast.Attribute(attr="get" | "with_name" | "compile")):
                hidden = node.args
            case ast.FormattedValue(format_spec=ast.JoinedStr() as spec):
                hidden = [spec]
            case _:
                hidden = []
        silent |= {id(one) for part in hidden for one in ast.walk(part)}
    for node in ast.walk(module):
        if isinstance(node, ast.Constant) and id(node) not in silent:
            text = TAG.sub("", node.value).strip() if isinstance(node.value, str) else ""
            if sum(map(str.isalpha, text)) > 1:
                yield text


def _docstrings(module: ast.Module) -> Iterator[ast.Constant]:
    for node in ast.walk(module):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield node.value


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.parent.name)
def test_each_italian_file_has_an_english_twin(folder):
    italian = {path.name for path in (folder / "italian").iterdir() if path.is_file()}
    english = {path.name for path in (folder / "english").iterdir() if path.is_file()}
    assert italian <= english


@pytest.mark.parametrize("module", MODULES)
def test_both_languages_have_the_same_names(module):
    assert _public(_source(module, "english")) == _public(_source(module, "italian"))


@pytest.mark.parametrize("module", MODULES)
def test_a_name_stands_for_the_same_kind_of_thing_in_both(module):
    italian, english = (import_module(module.format(one)) for one in ("italian", "english"))
    for name in _public(_source(module, "italian")):
        assert _shape(getattr(english, name)) == _shape(getattr(italian, name)), name


@pytest.mark.parametrize("module", MODULES)
def test_nothing_is_left_untranslated(module):
    italian, english = (set(_said(_source(module, one))) for one in ("italian", "english"))
    assert english, "there is nothing of its own"
    assert english & italian <= SAME_IN_BOTH


@pytest.mark.parametrize("module", MODULES)
def test_neither_language_takes_its_words_from_the_other(module):
    for language, other in (("italian", "english"), ("english", "italian")):
        imports = [
            one for one in ast.walk(_source(module, language)) if isinstance(one, ast.ImportFrom)
        ]
        assert not [one for one in imports if other in (one.module or "").split(".")]
        assert not [one for one in imports for name in one.names if name.name == "*"]


def test_numbers_and_days_are_written_as_in_english():
    assert words.number(1234567) == "1,234,567"
    assert words.counted(1, "page", "pages") == "1 page"
    assert words.built(datetime(2026, 11, 23, 9, 5, tzinfo=UTC)) == (
        "Updated on 23 November 2026 at 09:05"
    )
    assert case_words.amount(1234.5, "t") == "1,234.5 t"
    assert case_words.amount(30, "%") == "30%"
    assert trend_words.decimal(0.25) == "0.25"


@pytest.mark.parametrize(
    ("place", "said"),
    [(1, "the nearest"), (2, "the 2nd nearest"), (3, "the 3rd nearest"), (11, "the 11th nearest"),
     (21, "the 21st nearest"), (112, "the 112th nearest"), (1013, "the 1,013th nearest")],
)  # fmt: skip
def test_places_are_counted_as_in_english(place, said):
    why = Explanation(words=(), place=place, passages=4000)
    assert hit_words.nearness(why) == f"{said} to the question of the 4,000 passages searched."


def test_a_trend_is_told_in_english():
    course = Course(
        call=Call.IN_CRESCITA, confidence=Confidence.MEDIA, by="documents", before=0.08,
        recent=0.5, effect=0.42, p=0.02, q=0.2, tau=0.7, documents=12, years=(),
    )  # fmt: skip
    assert trend_words.call(course) == "↗ rising"
    assert trend_words.confidence(course) == "medium"
    assert (
        trend_words.movement(course)
        == "from 8% to 50% of documents, 12 documents; medium confidence"
    )


def test_a_dossier_names_what_it_kept_in_english():
    assert dossier_words.PRINTED.course("in calo", "bassa") == "falling, low confidence"
    assert dossier_words.PRINTED.course("dati insufficienti", "") == "too little data"
    assert dossier_words.PRINTED.course("a call of another version", "") == (
        "a call of another version"
    )


# The pages


@pytest.fixture
def app(monkeypatch, small_index_once):
    monkeypatch.setenv("MINIT_INDEX", str(small_index_once))
    return AppTest.from_file(str(ROOT / "ingest" / "views" / "main.py"), default_timeout=60).run()


def _press(app: AppTest, label: str) -> None:
    next(button for button in app.button if button.label == label).click().run()


def _shown(app: AppTest) -> str:
    assert not app.exception
    boxes = [box.label for box in (*app.text_input, *app.selectbox)]
    return "\n".join([*(element.body for element in app.html), *boxes])


def test_the_pages_speak_english_to_who_asks_for_it_and_go_on_doing_so(app):
    assert italian_words.TITLE in _shown(app)
    _press(app, italian_words.OTHER_LANGUAGE)
    for _ in range(2):
        shown = _shown(app)
        assert "<h1>Knowledge base</h1>" in shown
        assert "What would you like to know?" in shown
        assert italian_words.TITLE not in shown
        assert italian_words.QUESTION_LABEL not in shown
        app.run()


def test_the_answer_is_given_around_in_english(app):
    _press(app, italian_words.OTHER_LANGUAGE)
    app.query_params["q"] = "riciclo"
    shown = _shown(app.run())
    assert "passage" in shown
    assert "passaggi" not in shown


def test_one_can_go_back_to_italian(app):
    _press(app, italian_words.OTHER_LANGUAGE)
    _press(app, "Italiano")
    assert f"<h1>{italian_words.TITLE}</h1>" in _shown(app)
