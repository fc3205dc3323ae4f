"""Linear algebra over the reals, for index sets of symbolic size."""
