"""The stages, each a spaCy component that also works inside a user's own pipeline.

In the order of an article's way: ``encoder``, ``paragraphs`` (sentences), ``entities``, ``dates``,
``quantities``, ``quotes``, ``speakers``, ``claims``; the other modules are what these are made of.
What a stage learns stands in extension attributes of the Doc (``extensions.py``); offsets in them are
code points of ``doc.text``, as in the record.
"""
