"""Null sets of data.

What is needed to say "almost all data sets". The facts of measure theory are cited.
"""
