"""The training recipe, as far as it needs no torch."""
