"""Answers on their way out: plain values for JSON, text for the terminal; a file for each answer.

The names of values do not change between versions. A citation always has the document, the page,
the passage's id and the sentence.
"""

from .cases import cases_record, cases_text
from .citations import citation_record
from .partners import (
    network_record,
    network_text,
    partners_record,
    partners_text,
    potential_record,
    potential_text,
)
from .plain import answer_record, answer_text, reading_record, reading_text
from .trends import overview_record, overview_text, trends_record, trends_text
from .whole import Told, told_to_json, told_to_text

__all__ = [
    "Told",
    "answer_record",
    "answer_text",
    "cases_record",
    "cases_text",
    "citation_record",
    "network_record",
    "network_text",
    "overview_record",
    "overview_text",
    "partners_record",
    "partners_text",
    "potential_record",
    "potential_text",
    "reading_record",
    "reading_text",
    "told_to_json",
    "told_to_text",
    "trends_record",
    "trends_text",
]
