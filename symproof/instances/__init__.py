"""Concrete numbers for the statements of theorems: exact rationals, data sets, networks."""
