"""Linear algebra for index sets of symbolic size."""
