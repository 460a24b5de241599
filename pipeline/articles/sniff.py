"""Which format an input without a telling name has: standard input."""

from __future__ import annotations

from pipeline.articles.stream import open_stream

_HEAD_BYTES = 4096
_XML_ROOTS = (b"<nitf", b"<newsitem", b"<newsmessage")
_HTML_MARKS = (b"<!doctype html", b"<html", b"<head", b"<body", b"<article", b"<p>", b"<div")


def sniffed_reader(path: str) -> str:
    """The name of the reader for what the input begins with; text where nothing tells."""
    with open_stream(path) as stream:
        head = stream.read(_HEAD_BYTES).removeprefix(b"\xef\xbb\xbf").lstrip()
    lowered = head.lower()
    if any(root in lowered for root in _XML_ROOTS):
        return "wire"
    if lowered.startswith(b"<") and any(mark in lowered for mark in _HTML_MARKS):
        return "html"
    if head.startswith(b"["):
        return "json"
    return _json_kind(head) if head.startswith(b"{") else "text"


def _json_kind(head: bytes) -> str:
    """Lines of JSON end in a brace; one object over several lines does not."""
    first_line, newline, rest = head.partition(b"\n")
    if not newline:
        return "jsonl" if len(head) == _HEAD_BYTES else "json"
    return "jsonl" if first_line.rstrip().endswith(b"}") and rest.lstrip()[:1] in (b"{", b"") else "json"
