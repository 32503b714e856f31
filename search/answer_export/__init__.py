"""Answers on their way out: as plain values for programs, as text for people, as rows for tables.

`records` of each kind are the values of ``--json``, of the REST interface and of the tools for an
assistant, under names that do not change between versions; `text` is what the terminal shows.
"""
