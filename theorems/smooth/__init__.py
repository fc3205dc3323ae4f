"""Smooth activations: spurious local minima on three samples (section C: the paper's theorem on general activations)."""
