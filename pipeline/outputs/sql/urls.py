"""Database URLs, taken apart and checked; nothing of a URL ever becomes part of a statement."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import SplitResult, unquote, urlsplit

from pipeline.errors import ConfigurationError

FILE_SCHEMES: Final = ("sqlite", "duckdb")
SERVER_SCHEMES: Final = ("postgresql", "postgres")
_FORMS: Final = "sqlite:///claims.db, duckdb:///claims.duckdb or postgresql://user@host/database"


@dataclass(frozen=True, slots=True)
class FileTarget:
    """A database in a file."""

    scheme: str
    path: Path


@dataclass(frozen=True, slots=True)
class ServerTarget:
    """A database on a server; ``shown`` is the URL without its password and parameters."""

    url: str
    shown: str


def target(url: str) -> FileTarget | ServerTarget:
    """What a URL names."""
    try:
        parts = urlsplit(url)
    except ValueError as error:
        raise ConfigurationError(f"not a database URL: {error}; write {_FORMS}") from error
    if parts.scheme in FILE_SCHEMES:
        return _file(url, parts)
    if parts.scheme in SERVER_SCHEMES:
        return ServerTarget(url, _shown(parts))
    raise ConfigurationError(f"not a database URL: scheme {parts.scheme!r}; write {_FORMS}")


def _file(url: str, parts: SplitResult) -> FileTarget:
    """Three slashes and a path from here, four and a path from the root."""
    example = f"{parts.scheme}:///claims.db"
    if parts.netloc or not parts.path.startswith("/"):
        raise ConfigurationError(f"{url}: a file has no host; write three slashes: {example}")
    if parts.query or parts.fragment:
        raise ConfigurationError(f"{url}: {parts.scheme} takes no parameters; write {example}")
    path = unquote(parts.path[1:])
    if not path or "\x00" in path or path.startswith((":", "file:")):
        raise ConfigurationError(f"{url}: not the path of a file; write {example}")
    if not Path(path).parent.is_dir():
        raise ConfigurationError(f"{url}: no folder {Path(path).parent}; make it first")
    return FileTarget(parts.scheme, Path(path))


def _shown(parts: SplitResult) -> str:
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"
