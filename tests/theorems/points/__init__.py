"""For every result of the library, values that meet all its hypotheses: one file a chapter, found by its name.

A file holds a function ``points`` that returns the results of its chapter by id.
"""
