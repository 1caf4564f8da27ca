"""Operations: one transaction, keywords only, one event, and a clock that is handed in."""

import ast
from pathlib import Path

import pytest

from tests.repo.tree import PRODUCT, Function, name, parsed, product_modules

NO_OPERATION = {
    "messages/operations.accept": "a step of the sender, which holds the row's lease",
    "messages/operations.settle": "a step of the sender, which holds the row's lease",
    "messages/operations.work_key": "a name; it writes nothing",
    "work/operations.prune": "a handler that the worker calls with a task",
    "work/operations.recurring_key": "a name; it writes nothing",
}
"""Public functions beside operations that are none, and why."""

NOT_ATOMIC = {
    "messages/operations.queue": "joins the transaction of what causes the message",
    "work/operations.enqueue": "joins the transaction of what causes the work",
}
"""Operations that open no transaction, and why."""

RECORD_NOTHING = {
    "accounts/operations/second_factor.accept_code": "spends a step of the clock; the sign-in it leads to is recorded",
    "accounts/operations/second_factor.use_passkey": "moves a counter; the sign-in it leads to is recorded",
    "payments/operations/forgetting.forget_payer": "a part of erasing a record, which is recorded",
    "payments/operations/checkouts.keep_page": "the provider's answer to a checkout whose start is recorded",
    "work/operations.cancel": "the operation that cancels what the work was for is recorded",
    "work/operations.enqueue": "the operation that causes the work is recorded",
    "work/operations.restart": "the operation that starts it again is recorded",
    "work/operations.schedule_recurring": "the program keeps its own diary",
}
"""Operations that leave no event, and why."""

TAKE_A_NAME = {"messages/operations.queue", "work/operations.enqueue"}
"""Operations whose first argument, the kind of thing, reads best without its keyword."""

CLOCKS = (".now", ".today", ".utcnow", "localdate", "localtime", "time.time")
"""Calls that, given nothing, read the clock."""

MODULES = [path for path in product_modules() if "operations" in {path.stem, path.parent.name}]


def exported(path: Path) -> set[str] | None:
    """Return what a folder of operations gives out; None where the module is all there is."""
    if path.parent.name != "operations":
        return None
    return {alias.name for node in parsed(path.parent / "__init__.py").body for alias in getattr(node, "names", [])}


def functions(path: Path) -> dict[str, tuple[Function, Path]]:
    """Return what a module can call: its own functions, and those of other operations, as it names them."""
    found = {node.name: (node, path) for node in parsed(path).body if isinstance(node, Function)}
    for node in parsed(path).body:
        if not isinstance(node, ast.ImportFrom) or "operations" not in (node.module or "").split("."):
            continue
        there = PRODUCT.parent.joinpath(*node.module.split("."))
        for alias in node.names:
            called, module = alias.asname or alias.name, there / f"{alias.name}.py"
            if module.exists():
                found |= {f"{called}.{key}": one for key, one in functions(module).items()}
            elif there.with_suffix(".py").exists():
                beside = functions(there.with_suffix(".py"))
                found |= {called: beside[alias.name]} if alias.name in beside else {}
    return found


def own_functions() -> dict[str, tuple[Function, Path]]:
    """Return every operation, with the module it stands in."""
    found = {}
    for path in MODULES:
        room, out = path.relative_to(PRODUCT).with_suffix("").as_posix(), exported(path)
        own = {node.name: node for node in parsed(path).body if isinstance(node, Function)}
        public = {key for key in own if not key.startswith("_") and (out is None or key in out)}
        found |= {f"{room}.{key}": (own[key], path) for key in public}
    return {name: found[name] for name in sorted(found) if name not in NO_OPERATION}


OPERATIONS = own_functions()


def records(function: Function, path: Path, seen: frozenset[tuple[str, Path]] = frozenset()) -> bool:
    """Say whether a function, or what it calls beside itself or in other operations, records an event."""
    beside = functions(path)
    for call in (node for node in ast.walk(function) if isinstance(node, ast.Call)):
        called = ast.unparse(call.func)
        if called.endswith(("record.record", "audit.record", "record.viewed")) or called == "record":
            return True
        if called in beside and (called, path) not in seen and records(*beside[called], seen | {(called, path)}):
            return True
        if "operations" in called:
            return True
    return False


@pytest.mark.parametrize("operation", OPERATIONS)
def test_an_operation_is_one_transaction(operation):
    function, _ = OPERATIONS[operation]
    atomic = any("atomic" in ast.unparse(decorator) for decorator in function.decorator_list)
    assert atomic != (operation in NOT_ATOMIC)


@pytest.mark.parametrize("operation", OPERATIONS)
def test_an_operation_takes_keywords_only(operation):
    arguments = OPERATIONS[operation][0].args
    positional = [one.arg for one in (*arguments.posonlyargs, *arguments.args)]
    assert (positional, arguments.vararg) == (["kind"] if operation in TAKE_A_NAME else [], None)


@pytest.mark.parametrize("operation", OPERATIONS)
def test_an_operation_records_what_it_did(operation):
    assert records(*OPERATIONS[operation]) != (operation in RECORD_NOTHING)


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_an_operation_never_reads_the_clock(path):
    calls = [node for node in ast.walk(parsed(path)) if isinstance(node, ast.Call) and not node.args]
    assert [ast.unparse(call) for call in calls if ast.unparse(call.func).endswith(CLOCKS)] == []


def test_no_reason_outlives_its_operation():
    assert ({*NOT_ATOMIC, *RECORD_NOTHING} | TAKE_A_NAME) - set(OPERATIONS) == set()
