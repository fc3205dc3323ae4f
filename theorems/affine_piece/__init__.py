"""Spurious local minima of networks with several outputs whose activation is affine on some interval.

Where all pre-activations lie inside the interval the network is an affine map of the input, so no point near has a
smaller risk than linear least squares; one further unit that is not orthogonal to the residual lowers the risk. That
such minima exist on any finite data set without an exact affine fit is due to Christof & Kowalczyk (2023); the chapter
contains the theorem of Yun, Sra, Jadbabaie on ReLU-like activations as a special case, with a shorter proof.
"""
