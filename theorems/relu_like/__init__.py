"""Spurious local minima of networks with one hidden layer and a ReLU-like activation.

Source: Yun, Sra, Jadbabaie, *A Critical View of Global Optimality in Deep Learning* (arXiv 1802.03487), the theorem on
piecewise linear activations. Our better point has one additional kink and no case distinction.
"""
