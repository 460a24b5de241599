"""Where lines of large files begin, so that a worker need not read a file from its start for every shard."""

from __future__ import annotations

from bisect import bisect_right

from pipeline.articles.stream import ByteStream

_MAX_FILES = 16

_known: dict[str, list[tuple[int, int]]] = {}


def jump(stream: ByteStream, line: int) -> int:
    """Move the stream to the nearest place known before a line; gives the number of lines passed over."""
    marks = _known.get(stream.identity or "", [])
    nearest = bisect_right(marks, (line, 1 << 62)) - 1
    if nearest < 0:
        return 0
    number, position = marks[nearest]
    stream.seek(position)
    return number


def remember(stream: ByteStream, line: int) -> None:
    """Note that a line begins where the stream stands now; gzip data are not worth it."""
    if stream.identity is None:
        return
    if stream.identity not in _known and len(_known) >= _MAX_FILES:
        _known.pop(next(iter(_known)))
    marks = _known.setdefault(stream.identity, [])
    mark = (line, stream.tell())
    place = bisect_right(marks, mark)
    if place == 0 or marks[place - 1] != mark:
        marks.insert(place, mark)
