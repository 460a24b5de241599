"""How worker processes are started.

They come from a fork server where the system has one: it imports the heavy modules once, while the
supervisor still reads folders, and every worker starts from there in milliseconds, also after one was
killed. Plain fork would copy the supervisor's threads and locks; spawn, which other systems get,
imports everything anew in each worker. This module itself imports nothing heavy, so that the server
can be started before anything else.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import forkserver
from multiprocessing.context import BaseContext
from typing import Final

WORKER: Final = "pipeline.batch.worker"
# What the stages of a real run import.
PRELOAD: Final = ("spacy", "onnxruntime", "tokenizers", "pipeline.extraction")
_THREAD_VARIABLES: Final = (
    "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS",
    "TOKENIZERS_PARALLELISM",
)  # fmt: skip


def start_server(preload: tuple[str, ...]) -> BaseContext:
    """The way to start workers, and its server begun; calling it again is harmless.

    Each worker has one compute thread, and Ctrl-C is left to this process.
    """
    for name in _THREAD_VARIABLES:
        os.environ.setdefault(name, "false" if name == "TOKENIZERS_PARALLELISM" else "1")
    if sys.platform == "win32":
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([WORKER, *preload])
    # The server imports for a second before it ignores Ctrl-C itself; it inherits that from us.
    with _interrupts_ignored():
        forkserver.ensure_running()
    return context


@contextmanager
def _interrupts_ignored() -> Iterator[None]:
    if threading.current_thread() is not threading.main_thread():
        yield  # only the main thread may touch signals, and only it gets Ctrl-C
        return
    previous = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, previous)
