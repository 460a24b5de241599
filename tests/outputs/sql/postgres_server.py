"""A PostgreSQL server of the test's own: a new cluster in a folder, on a socket, without a network."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path


def programs() -> Path | None:
    """The folder of initdb and pg_ctl, or None if PostgreSQL is not installed."""
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    on_path = shutil.which("initdb")
    found = [*installed, *([Path(on_path)] if on_path else [])]
    return found[-1].parent if found else None


@contextmanager
def server(bin_folder: Path) -> Iterator[str]:
    """The URL of a running server; PostgreSQL refuses root, who therefore becomes nobody."""
    with tempfile.TemporaryDirectory(prefix="pg", dir="/tmp", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        if os.geteuid() == 0:
            shutil.chown(folder, "nobody")
        data = str(folder / "data")
        _call(folder, bin_folder / "initdb", "-D", data, "-U", "tester", "-A", "trust", "-E", "UTF8", "-N",
              "--locale=C")  # fmt: skip
        options = f"-c listen_addresses='' -c unix_socket_directories='{folder}' -c fsync=off"
        log = str(folder / "log")
        _call(folder, bin_folder / "pg_ctl", "-D", data, "-l", log, "-o", options, "-w", "start")
        try:
            yield f"postgresql://tester@/postgres?host={folder}"
        finally:
            _call(folder, bin_folder / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")


def _call(folder: Path, *command: object) -> None:
    words: Sequence[str] = [str(word) for word in command]
    user = "nobody" if os.geteuid() == 0 else None
    subprocess.run(
        words,
        check=True,
        user=user,
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        timeout=120,
    )
