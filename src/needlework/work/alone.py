"""The process of one heavy task: `python -m needlework.work.alone JOB ATTEMPT`."""

import json
import sys
from contextlib import redirect_stdout
from uuid import UUID


def main(job_id: str, attempt: str) -> int:
    """Do one attempt at a job, and answer on standard output: when to retry, null for done, or what went wrong."""
    import django

    django.setup()
    from needlework.work import kinds, leases
    from needlework.work.limits import where

    task = leases.resumed(UUID(job_id), int(attempt))
    try:
        with redirect_stdout(sys.stderr):
            answer = kinds.KINDS[task.kind].handler(task)
    except Exception as error:  # the worker settles the job by what is said here
        sys.stdout.write(where(error))
        return 1
    json.dump(answer.at.isoformat() if answer else None, sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
