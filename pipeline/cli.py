"""The command ``onrecord``."""

from __future__ import annotations


def main() -> None:
    """Run the command line.

    Everything is imported here and not above: worker processes import the program's main module
    again, and need none of it.
    """
    from pipeline.commands import app

    app()


if __name__ == "__main__":
    main()
