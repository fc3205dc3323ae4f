"""Local minima and maxima of functions of parameters in layers."""
