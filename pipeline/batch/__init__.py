"""Folders of articles to claim files: planned, parallel, resumable, hard to hurt."""

from __future__ import annotations
