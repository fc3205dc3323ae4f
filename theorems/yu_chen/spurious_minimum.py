"""Three samples and any number of at least two sigmoid units: a local minimum of risk 1/3 while risk 0 is reached."""

from fractions import Fraction

from symproof.instances.sigmoid_offer import SIGMOID_OFFER
from symproof.logic.syntax import Abs, Eq, Ite, Lam, Min, forall_in, log, num
from symproof.proof.author import apply, assume, at, by, conjunction, have, qed, take, unfold, witness
from symproof.proof.theorem import theorem
from theorems.relu_like.network import V2, c1, close, k, l, local_minimum, network, other_theta, risk, spurious
from theorems.yu_chen.region import THIRD, data
from theorems.yu_chen.sigmoid import NOTATION, n, sigmoid

BIASES = Lam(k, -log(3))
first, second = Ite(Eq(k, 1), 1, 0), Ite(Eq(k, 2), 1, 0)
ZERO_RISK = (Lam((k, l), log(3) * (first - second)), BIASES, Lam(k, -10 * first - 10 * second), num(6))
"""Parameters that fit the three samples: two units with weights ln 3 and -ln 3, the other units switched off."""


def minimum(width):
    """The parameters at which the risk has its local minimum: every unit is constant, and so is the network."""
    return (Lam((k, l), num(0)), BIASES, Lam(k, num(1)), THIRD - width / 4)


SPURIOUS_MINIMUM = theorem(
    "yu_chen.spurious_minimum",
    "A suboptimal local minimum of a sigmoid network",
    variables=[n],
    hypotheses={"width": n >= 2},
    conclusion=spurious(*data(n), *minimum(n)),
    prose="On the samples $(-1, 0), (0, 1), (1, 0)$, a network of $n \\ge 2$ sigmoid units and a constant has a spurious local "
    "minimum: incoming weights $0$, biases $-\\ln 3$, outgoing weights $1$, constant $1/3 - n/4$. Its risk is $1/3$, no parameters "
    "closer than $\\min(1, \\ln 3) = 1$ have a smaller one, and other parameters have risk $0$.",
    source="Derived here.",
    proof=[
        have("log_low", log(3) >= 1 - num(1) / 3, by("bound")),
        have("log_positive", log(3) > 0, by("linear", "log_low")),
        have("quarter", Eq(sigmoid(-log(3)), num(Fraction(1, 4))), by("elementary", unfold=[sigmoid])),
        have("tenth", Eq(sigmoid(-2 * log(3)), num(Fraction(1, 10))), by("elementary", unfold=[sigmoid])),
        have("half", Eq(sigmoid(0), num(Fraction(1, 2))), by("elementary", unfold=[sigmoid])),
        have("risk_here", Eq(risk(*data(n), *minimum(n)), THIRD), by("ideal", "quarter", unfold=[risk, network])),
        have("risk_there", Eq(risk(*data(n), *ZERO_RISK), 0),
             by("ideal", "quarter", "tenth", "half", unfold=[risk, network])),
        unfold("", "goal", spurious),
        conjunction(
            [unfold("", "goal", local_minimum), witness(Min(1, log(3))),
             conjunction(
                 [qed(by("sign", "log_positive"))],
                 [take(*other_theta), assume("near"), unfold("moves", "near", close),
                  have("outgoing", forall_in(k, 1, n, V2(k) >= 0), proof=[
                      have("part", forall_in(k, 1, n, Abs(V2(k) - 1) < Min(1, log(3))), by("logic", "moves")),
                      take(k), assume("k_low", "k_high"), qed(by("linear", at("part", k)))]),
                  have("biases", forall_in(k, 1, n, c1(k) <= 0), proof=[
                      have("part", forall_in(k, 1, n, Abs(c1(k) - -log(3)) < Min(1, log(3))), by("logic", "moves")),
                      take(k), assume("k_low", "k_high"), qed(by("linear", at("part", k)))]),
                  apply("least", "yu_chen.region", using={"outgoing": "outgoing", "biases": "biases"}),
                  qed(by("linear", "least", "risk_here"))])],
            [witness(*ZERO_RISK), qed(by("linear", "risk_here", "risk_there"))]),
    ],
    notation=NOTATION,
    extra={"instance": SIGMOID_OFFER},
)  # fmt: skip
