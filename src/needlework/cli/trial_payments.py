"""`needlework trial-payments`: a payment provider on this machine, to try paying online without any money."""

import argparse
import errno

from needlework.cli.errors import BadInputError

EXAMPLE = "needlework trial-payments --port 8020"
SECRET, WEBHOOK_SECRET = "trial", "trial-webhook"
TOLD = """A trial of payments online: no money moves. Start the clinic in another terminal with

  NEEDLEWORK_PAYMENTS_URL={address} NEEDLEWORK_PAYMENTS_SECRET={secret} \\
  NEEDLEWORK_PAYMENTS_WEBHOOK_SECRET={webhook_secret} needlework demo

It tells {clinic}/payments/heard/ what was paid. Ctrl+C ends it."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the ports."""
    parser.add_argument("--port", type=int, default=8020, help="where it listens on this machine (8020)")
    parser.add_argument("--clinic", default="http://localhost:8000", help="the clinic's address (%(default)s)")


def run(options: argparse.Namespace) -> int:
    """Answer until Ctrl+C."""
    from needlework.payments.trial import Trial, server

    clinic = options.clinic.rstrip("/")
    trial = Trial(SECRET, WEBHOOK_SECRET, tell=f"{clinic}/payments/heard/")
    try:
        listening = server(trial, options.port)
    except (OSError, OverflowError) as error:
        taken = getattr(error, "errno", None) == errno.EADDRINUSE
        why = "is taken" if taken else "cannot be used"
        raise BadInputError(f"Port {options.port} {why}. Choose another with --port.") from error
    with listening:
        print(TOLD.format(address=trial.address, secret=SECRET, webhook_secret=WEBHOOK_SECRET, clinic=clinic))
        listening.serve_forever()
    return 0
