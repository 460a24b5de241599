"""The command line with the fake engine in the place of the stages, for tests that kill it."""

from __future__ import annotations

import signal

from pipeline.batch import stages
from tests.batch.fake_engine import SPEC


def main() -> None:
    """Run the command line; Ctrl-C stops it also where the tests themselves run behind ``nohup``."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    stages.STAGES = SPEC  # type: ignore[misc]
    from pipeline.commands import app

    app()


if __name__ == "__main__":
    main()
