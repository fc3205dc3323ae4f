"""Spurious local minima of networks with a smooth activation, on three samples."""
