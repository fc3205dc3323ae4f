"""Train a small deep linear network by gradient descent in floating point, and save data and weights (NumPy alone).

    python examples/train_deep_linear.py examples/trained_deep_linear.npz

Then `symproof instance examples/trained_deep_linear.toml` bounds how far the weights are above the global minimum.
"""

from __future__ import annotations

import sys
from functools import reduce
from itertools import pairwise

import numpy as np

WIDTHS, SAMPLES, STEPS, RATE = (4, 5, 4, 3), 24, 400, 0.05


def train() -> dict[str, np.ndarray]:
    """Inputs and targets with one column a sample, and the layers W1, W2, ..."""
    random = np.random.default_rng(1)
    inputs = random.standard_normal((WIDTHS[0], SAMPLES))
    teacher = random.standard_normal((WIDTHS[-1], WIDTHS[0]))
    targets = teacher @ inputs + 0.1 * random.standard_normal((WIDTHS[-1], SAMPLES))
    weights = [random.standard_normal((b, a)) / np.sqrt(a) + np.eye(b, a) for a, b in pairwise(WIDTHS)]
    for _ in range(STEPS):
        passed = [inputs]
        for layer in weights:
            passed.append(layer @ passed[-1])
        back = (passed[-1] - targets) / SAMPLES
        gradients = []
        for layer, before in zip(reversed(weights), reversed(passed[:-1]), strict=True):
            gradients.append(back @ before.T)
            back = layer.T @ back
        weights = [w - RATE * g for w, g in zip(weights, reversed(gradients), strict=True)]
    product = reduce(lambda found, layer: layer @ found, weights)
    print(f"loss {((product @ inputs - targets) ** 2).sum() / 2}")
    return {"inputs": inputs, "targets": targets, **{f"W{j}": w for j, w in enumerate(weights, 1)}}


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit("usage: python train_deep_linear.py FILE.npz")
    np.savez(sys.argv[1], **train())
