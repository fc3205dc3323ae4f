"""Null sets of data: what is needed to say "almost all data sets". The facts of measure theory are cited."""
