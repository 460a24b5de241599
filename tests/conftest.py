"""Settings of all tests: property tests judge answers, never the speed of a busy machine."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("onrecord", deadline=None, print_blob=True)
settings.load_profile("onrecord")
