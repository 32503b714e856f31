"""In which language the pages speak: Italian, or English for who asks for it.

All that they say stands twice, in `italian/` and in `english/`, under the same names. A module such
as `words` has nothing of its own: each name is looked up in the language of whoever looks.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import import_module
from types import ModuleType

from streamlit.runtime.scriptrunner import get_script_run_ctx

from .browser import keep, kept, kept_by


class Language(StrEnum):
    """A language that the pages can speak; its value is the ISO 639-1 code."""

    ITALIAN = "it"
    ENGLISH = "en"


@dataclass(frozen=True, slots=True)
class _Chosen:
    language: Language = Language.ITALIAN


_settled: ContextVar[Language | None] = ContextVar("language", default=None)


def settle_language() -> None:
    """Find out in which language this run of a page speaks, once for all that it says."""
    _settled.set(None)
    _settled.set(current_language())


def answer_in_language(cookies: Mapping[str, str]) -> None:
    """Speak in this answer, to a request outside any page, as its browser chose.

    Args:
        cookies: those of the request.
    """
    _settled.set(kept_by(cookies, _Chosen()).language)


def current_language() -> Language:
    """What was chosen in this browser; Italian where nothing was, and outside any page."""
    if settled := _settled.get():
        return settled
    if get_script_run_ctx(suppress_warning=True) is None:
        return Language.ITALIAN
    return kept(_Chosen()).language


def choose_language(language: Language) -> None:
    """Speak ``language`` in this browser from now on."""
    keep(_Chosen(language))
    _settled.set(language)


def speaking(module: str) -> Callable[[str], object]:
    """The ``__getattr__`` of a module that speaks the language of whoever looks.

    Args:
        module: its ``__name__``: ``search.views.words`` takes each name from
            ``search.views.italian.words`` or ``search.views.english.words``.
    """
    package, _, name = module.rpartition(".")

    def said(attribute: str) -> object:
        if attribute.startswith("__"):
            raise AttributeError(attribute)
        return getattr(_words(current_language(), package, name), attribute)

    return said


@cache
def _words(language: Language, package: str, name: str) -> ModuleType:
    return import_module(f"{package}.{language.name.lower()}.{name}")
