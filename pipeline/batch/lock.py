"""One run at a time in an output folder."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from pipeline.batch.checkpoint import Workspace
from pipeline.batch.failures import output_error
from pipeline.errors import RunError
from pipeline.storage import is_remote


@contextmanager
def locked(workspace: Workspace) -> Iterator[None]:
    """Hold the folder; the system lets go of it when this process ends, however it ends.

    Remote stores have no locks: there it is the user who sees to it that one run writes at a time.
    """
    if is_remote(workspace.out):
        yield
        return
    path = workspace.root / "lock"
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o644)
    except OSError as error:
        raise output_error(error, path) from error
    try:
        _take(descriptor, workspace)
        yield
    finally:
        os.close(descriptor)


def _take(descriptor: int, workspace: Workspace) -> None:
    if sys.platform == "win32":
        return
    import fcntl

    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        message = f"another run is writing to {workspace.out}; wait for it or choose another --out"
        raise RunError("E_BUSY", message) from error
    except OSError as error:
        # Some network file systems have no locks; a run there is as safe as its user is careful.
        logging.getLogger(__name__).warning("no lock on %s: %s", workspace.out, error)
