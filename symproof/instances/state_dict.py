"""The layers of a deep linear network among the arrays of a trained model, as PyTorch calls them in a state dict."""

from __future__ import annotations

import re
from collections.abc import Sequence

from symproof.errors import InputError
from symproof.instances.excerpt import excerpt

__all__ = ["state_dict_order"]

_NUMBER = re.compile(r"\d{1,9}", re.ASCII)
MOST_NAMES_LISTED = 12


def state_dict_order(names: Sequence[str], where: str) -> tuple[str, ...]:
    """The names of the weights, by number: ``0.weight``, ``2.weight``, ``10.weight``.

    A file may keep its arrays in another order than the network, and layers of the same size fit in any order. So
    the names have to differ in their numbers alone.

    Raises InputError if there are arrays that are no weights, such as biases, or if names do not tell the order.
    """
    shown = ", ".join(map(excerpt, names[:MOST_NAMES_LISTED])) or "no arrays"
    biases = [name for name in names if name.endswith("bias")]
    if biases:
        hint = "Build the network with bias=False, as in torch.nn.Linear(3, 4, bias=False)."
        found = excerpt(biases[0])
        raise InputError("a deep linear network has no biases here", where, "weights of layers alone", found, hint)
    numbers = {name: tuple(int(n) for n in _NUMBER.findall(name)) for name in names}
    alike = len({_NUMBER.sub("#", name) for name in names}) == 1 and len(set(numbers.values())) == len(names)
    if not alike or not all(name.endswith("weight") for name in names) or not all(numbers.values()):
        expected = "names such as 0.weight, 1.weight, ... that differ in their numbers alone, or W1, W2, ..."
        hint = 'Or name the layers in order: weights = ["model.npz:first", "model.npz:second"].'
        raise InputError("the names do not tell which arrays the layers are", where, expected, shown, hint)
    return tuple(sorted(names, key=lambda name: numbers[name]))
