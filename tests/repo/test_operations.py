"""Operations: one transaction, keywords only, one event, and a clock that is handed in."""

import ast

import pytest

from tests.repo.tree import PRODUCT, Function, name, parsed, product_modules

NOT_ATOMIC: dict[str, str] = {}
"""Operations that open their own transactions, and why."""

RECORD_NOTHING: dict[str, str] = {}
"""Operations that leave no event, and why."""

MODULES = [path for path in product_modules() if "operations" in {path.stem, path.parent.name}]


def own_functions() -> dict[str, tuple[Function, dict[str, Function]]]:
    """Return every public function of the operations, with its neighbours in the same module."""
    found = {}
    for path in MODULES:
        beside = {node.name: node for node in parsed(path).body if isinstance(node, Function)}
        room = path.relative_to(PRODUCT).with_suffix("").as_posix()
        found |= {f"{room}.{key}": (node, beside) for key, node in beside.items() if not key.startswith("_")}
    return found


OPERATIONS = own_functions()


def is_context(function: Function) -> bool:
    return any("contextmanager" in ast.unparse(decorator) for decorator in function.decorator_list)


def records(function: Function, beside: dict[str, Function], seen: frozenset[str] = frozenset()) -> bool:
    """Say whether a function, or what it calls beside itself or in other operations, records an event."""
    for call in (node for node in ast.walk(function) if isinstance(node, ast.Call)):
        called = ast.unparse(call.func)
        if called.endswith(("record.record", "audit.record", "record.viewed")) or called == "record":
            return True
        if called in beside and called not in seen and records(beside[called], beside, seen | {called}):
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
    assert (arguments.posonlyargs, arguments.args, arguments.vararg) == ([], [], None)


@pytest.mark.parametrize("operation", OPERATIONS)
def test_an_operation_records_what_it_did(operation):
    assert records(*OPERATIONS[operation]) != (operation in RECORD_NOTHING)


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_an_operation_never_reads_the_clock(path):
    calls = [ast.unparse(node.func) for node in ast.walk(parsed(path)) if isinstance(node, ast.Call)]
    assert [call for call in calls if call.endswith((".now", ".today", ".utcnow", "localdate")) or call == "now"] == []


def test_no_reason_outlives_its_operation():
    assert ({*NOT_ATOMIC} | {*RECORD_NOTHING}) - set(OPERATIONS) == set()
