"""TOML in and out: reading a data file with its name in every complaint, and writing one back.

The standard library reads TOML and does not write it; `dumps` writes the part of it that the data files use.
"""

import json
import tomllib
from collections.abc import Mapping, Sequence
from datetime import date, time
from importlib.resources.abc import Traversable
from typing import Any

from needlework.evidence.errors import DataError

WIDTH = 110
"""A list longer than this takes a line for each entry."""


def read(file: Traversable) -> dict[str, Any]:
    """Return the tables of a data file.

    Raises DataError naming the file where it is not TOML; a key given twice is not TOML.
    """
    return loads(file.read_text("utf-8"), name=file.name)


def loads(text: str, *, name: str) -> dict[str, Any]:
    """Return the tables of a text, called `name` in complaints."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as wrong:
        raise DataError(name, "syntax", f"This is not TOML ({wrong}). Mend that line.") from None


def dumps(document: Mapping[str, Any]) -> str:
    """Return a document as TOML that reads back as the same document."""
    return "\n".join(_lines(document, ())).lstrip("\n") + "\n"


def _lines(table: Mapping[str, Any], path: tuple[str, ...]) -> list[str]:
    plain = {key: value for key, value in table.items() if not _is_table(value)}
    lines = [f"{_key(key)} = {_value(value)}" for key, value in plain.items()]
    for key, value in table.items():
        if key not in plain:
            lines += _tables(value, (*path, key))
    return lines


def _is_table(value: Any) -> bool:
    if isinstance(value, Mapping):
        return True
    return isinstance(value, Sequence) and bool(value) and all(isinstance(one, Mapping) for one in value)


def _tables(value: Any, path: tuple[str, ...]) -> list[str]:
    head = ".".join(_key(part) for part in path)
    if isinstance(value, Mapping):
        return ["", f"[{head}]", *_lines(value, path)]
    return [line for one in value for line in ("", f"[[{head}]]", *_lines(one, path))]


def _key(key: str) -> str:
    bare = key.isascii() and key.replace("-", "").replace("_", "").isalnum()
    return key if bare else _text(key)


def _value(value: Any) -> str:
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, list | tuple):
        return _list([_value(one) for one in value])
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{_key(key)} = {_value(one)}" for key, one in value.items()) + " }"
    return _scalar(value)


def _list(entries: list[str]) -> str:
    line = f"[{', '.join(entries)}]"
    return line if len(line) <= WIDTH else "[\n" + "".join(f"  {entry},\n" for entry in entries) + "]"


def _scalar(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, date | time):
        return value.isoformat()
    raise TypeError(f"TOML has no {type(value).__name__}")


def _text(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
