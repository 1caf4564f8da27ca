"""The process of one heavy task: `python -m needlework.work.alone JOB ATTEMPT`."""

import json
import sys
from contextlib import redirect_stdout
from uuid import UUID


def main(job_id: str, attempt: str) -> None:
    """Do one attempt at a job, and answer on standard output: when to retry, null for done, or what went wrong."""
    import django

    django.setup()
    from needlework.work import kinds, leases
    from needlework.work.limits import where

    task, said = leases.resumed(UUID(job_id), int(attempt)), sys.stdout
    sys.excepthook = lambda _kind, error, _trace: said.write(where(error))
    with redirect_stdout(sys.stderr):
        answer = kinds.KINDS[task.kind].handler(task)
    json.dump(answer.at.isoformat() if answer else None, said)


if __name__ == "__main__":
    main(*sys.argv[1:])
