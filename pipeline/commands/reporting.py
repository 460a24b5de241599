"""How verbs end: one line for what the user can mend, and the documented exit codes."""

from __future__ import annotations

import functools
import os
import re
import signal
import sys
from collections.abc import Callable
from typing import Final, ParamSpec, TypeVar

import typer

from pipeline.errors import ConfigurationError, OnrecordError

EXIT_FAILED: Final = 1
EXIT_USAGE: Final = 2
EXIT_DEAD_LETTERS: Final = 3
EXIT_INTERRUPTED: Final = 128 + signal.SIGINT

P = ParamSpec("P")
R = TypeVar("R")


# What moves a cursor, rings a bell or turns the writing around must not reach a terminal.
_UNPRINTABLE: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)


def printable(text: str) -> str:
    """The text with control characters shown as one symbol each, so that offsets stay."""
    return _UNPRINTABLE.sub("\ufffd", text)


def counted(number: int, noun: str) -> str:
    """A number of things in words: 1 claim, 2,000 claims."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def say(message: str) -> None:
    """A line for the person at the terminal; data go to stdout, words to stderr."""
    typer.echo(printable(message), err=True)


def reported(verb: Callable[P, R]) -> Callable[P, R]:
    """The verb with its errors told in one line instead of a traceback."""

    @functools.wraps(verb)
    def wrapper(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return verb(*args, **kwargs)
        except KeyboardInterrupt:
            say("onrecord: stopped; run the same command again to go on where it ended")
            raise typer.Exit(EXIT_INTERRUPTED) from None
        except BrokenPipeError:
            # The reader of our output has left, as `head` does; nobody takes what is flushed at exit.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit(EXIT_FAILED) from None
        except OnrecordError as error:
            say(f"onrecord: {error} [{error.code}]")
            raise typer.Exit(exit_code(error)) from None

    return wrapper


def exit_code(error: OnrecordError) -> int:
    """The exit code for an error; a worker hands its own over as code and message alone."""
    signal_number = getattr(error, "signal_number", None)
    if signal_number is not None:
        return 128 + int(signal_number)
    return EXIT_USAGE if error.code == ConfigurationError.code else EXIT_FAILED
