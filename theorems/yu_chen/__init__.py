"""The claim of Yu and Chen on local minima of sigmoid networks, and its refutation."""
