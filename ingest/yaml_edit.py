"""Change some values of a YAML file and leave the rest of it as it is, comments and all."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import yaml

_WIDTH = 1_000_000
_NEXT_LINE = "\x85"
Value = str | list[str] | list[object] | dict[str, object]


@dataclass(frozen=True, slots=True)
class _Entry:
    """A key of the outermost mapping and where it stands with its value: whole lines."""

    key: str
    start: int
    end: int


def with_values(
    text: str, values: Mapping[str, Value | None], names: Callable[[str], str | None]
) -> str:
    """``text`` with other values under some of its keys, or without them.

    What stands under other keys stays, character by character where the file is written as people
    write them; a file that is not (all in braces, say) is written anew, without its comments.

    Args:
        text: YAML: a mapping, or nothing.
        values: by what ``names`` calls a key; None removes the key. A key that is not there is
            written as it is called here, below the others.
        names: what a key stands for; several may stand for the same, of which one is kept: the
            last, which is the one that counts.

    Raises:
        ValueError: ``text`` is no YAML that can be kept so.
    """
    data = load_mapping(text)
    wanted: dict[str, object] = {}
    last = {names(key): key for key in data if names(key) in values}
    for key, value in data.items():
        field = names(key)
        if field is None or field not in values:
            wanted[key] = value
        elif key == last[field] and values[field] is not None:
            wanted[key] = values[field]
    new = {name: value for name, value in values.items() if value is not None}
    wanted |= {name: value for name, value in new.items() if name not in last}
    if wanted == data:
        return text
    spliced = _spliced(text, data, wanted)
    try:
        if load_mapping(spliced) == wanted:
            return spliced
    except ValueError:  # written in a way that cannot be changed in place
        pass
    written = _dumped(wanted)
    if load_mapping(written) != wanted:
        raise ValueError("it holds what cannot be written again")
    return written


def load_mapping(text: str) -> dict[str, object]:
    """What ``text`` holds, every scalar as it is typed; empty where it holds nothing.

    Raises:
        ValueError: it is no valid YAML, or no mapping of names.
    """
    try:
        loaded = yaml.load(text, Loader=yaml.BaseLoader)
    except (yaml.YAMLError, RecursionError) as error:
        raise ValueError(" ".join(str(error).split())) from error
    if loaded is None or loaded == "":
        return {}
    if not isinstance(loaded, dict) or not all(isinstance(key, str) for key in loaded):
        raise ValueError("it is no list of names, each with a colon and a value")
    return loaded


def _spliced(text: str, before: Mapping[str, object], after: Mapping[str, object]) -> str:
    """``text`` with the lines of the keys that differ replaced."""
    line_end = "\r\n" if "\r\n" in text else "\n"
    entries = _entries(text)
    last = {entry.key: row for row, entry in enumerate(entries)}
    for row in reversed(range(len(entries))):
        entry = entries[row]
        if entry.key in after and after[entry.key] == before[entry.key]:
            continue
        is_kept = entry.key in after and row == last[entry.key]
        lines = _dumped({entry.key: after[entry.key]}) if is_kept else ""
        text = text[: entry.start] + lines.replace("\n", line_end) + text[entry.end :]
    new = {key: value for key, value in after.items() if key not in last}
    if new:
        body = text if not text.strip() or text.endswith("\n") else text + line_end
        text = body + _dumped(new).replace("\n", line_end)
    return text


def _entries(text: str) -> list[_Entry]:
    """The keys of the outermost mapping, in order; none where it is not written line by line."""
    root = yaml.compose(text, Loader=yaml.BaseLoader)
    if not isinstance(root, yaml.MappingNode) or root.flow_style:
        return []
    starts = [text.rfind("\n", 0, key.start_mark.index) + 1 for key, _ in root.value]
    entries = []
    for row, (key, value) in enumerate(root.value):
        following = starts[row + 1] if row + 1 < len(starts) else len(text)
        end = _end(value, text)
        if not key.end_mark.index <= end <= following:  # an alias stands where it was defined
            end = following
        newline = text.find("\n", end)
        end = following if newline < 0 else min(newline + 1, following)
        entries.append(_Entry(str(key.value), starts[row], end))
    return entries


def _end(node: yaml.Node, text: str) -> int:
    """Where the last character of a value stands; comments below it are not of it."""
    while isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        node = last[1] if isinstance(node, yaml.MappingNode) else last
    end = int(node.end_mark.index)
    while end > node.start_mark.index and text[end - 1].isspace():
        end -= 1
    return end


def _dumped(data: Mapping[str, object]) -> str:
    said = yaml.safe_dump(dict(data), allow_unicode=True, sort_keys=False, width=_WIDTH)
    if _NEXT_LINE in said:  # which PyYAML writes so that it does not come back
        said = yaml.safe_dump(dict(data), allow_unicode=False, sort_keys=False, width=_WIDTH)
    return said
