"""Small files, small functions: a longer one needs a reason, not an exemption."""

import ast
from statistics import quantiles

from tests.repo.tree import Function, files, functions, name, parsed, product_modules

CODE = (".py", ".html", ".css", ".js")


def test_files_stay_under_300_lines():
    own = [path for path in files(*CODE) if not {"vendor", "migrations"} & set(path.parts)]
    long = {name(path): lines for path in own if (lines := len(path.read_text("utf-8").splitlines())) > 300}
    assert long == {}


def length(function: Function) -> int:
    """Count the lines of a function, its docstring apart."""
    first = function.body[0]
    lines = (function.end_lineno or 0) - function.lineno + 1
    documented = len(function.body) > 1 and isinstance(getattr(first, "value", None), ast.Constant)
    return lines - ((first.end_lineno or 0) - first.lineno + 1 if documented else 0)


def test_half_of_the_functions_are_under_8_lines_and_nineteen_in_twenty_under_40():
    lengths = [length(function) for path in product_modules() for function in functions(parsed(path))]
    twentieths = quantiles(lengths, n=20)
    assert twentieths[9] < 8
    assert twentieths[18] < 40
