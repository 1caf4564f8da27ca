"""Heavy work in a child process that ends, so that this one stays small."""

import os
import sys
import traceback
from collections.abc import Callable
from typing import NoReturn

from needlework.cli.errors import BadInputError

DONE, FAILED, BAD_INPUT = 0, 1, 2


class ChildFailedError(Exception):
    """The child broke down; it has written why to standard error."""


def in_child(work: Callable[[], str]) -> str:
    """Do the work in a forked child and return its answer; what is wrong with the input is raised here."""
    reader, writer = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(reader)
        _answer(work, writer)
    os.close(writer)
    with os.fdopen(reader, encoding="utf-8") as pipe:
        said = pipe.read()
    code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    if code == BAD_INPUT:
        raise BadInputError(said)
    if code != DONE:
        raise ChildFailedError(f"A child process ended with {code}")
    return said


def _answer(work: Callable[[], str], writer: int) -> NoReturn:
    """Run in the child. It must never return into its parent's frames, whatever happens, and so ends here."""
    code, said = FAILED, ""
    try:
        said = work()
        code = DONE
    except BadInputError as wrong:
        code, said = BAD_INPUT, str(wrong)
    except BaseException:
        traceback.print_exc()
        raise
    finally:
        os.write(writer, said.encode())
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
