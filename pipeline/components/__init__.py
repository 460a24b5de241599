"""The stages, each a spaCy component that also works inside a user's own pipeline.

What a stage learns stands in extension attributes of the Doc (``extensions.py``); offsets in them are
code points of ``doc.text``, as in the record.
"""
