"""The hypothesis on widths: every hidden layer is at least as wide as the input or the output, whichever is smaller."""

from symproof.logic.syntax import Eq, Min, forall_in
from symproof.proof.author import assume, at, by, have, qed, take
from theorems.deep_linear.product import L, d, j

widths = forall_in(j, 1, L - 1, Min(d(0), d(L)) <= d(j))


def _narrow(side, label):
    """In the case ``label``, where ``side`` is the smaller one: the hidden layers are at least as wide as it (``wide``)."""
    return [
        have("smaller", Eq(Min(d(0), d(L)), side), by("elementary", label)),
        have("wide", forall_in(j, 1, L - 1, side <= d(j)), proof=[
            take(j), assume("j_low", "j_high"), qed(by("linear", at("widths", j), "smaller"))]),
    ]  # fmt: skip


narrow_input = _narrow(d(0), "input_narrower")
narrow_output = _narrow(d(L), "output_narrower")
