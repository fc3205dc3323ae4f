"""Jensen's inequality in networks: the square at 1, inputs 0, 2 and their mean 1, hidden layers of widths 2 and 1."""

from flint import fmpq

from symproof.instances.value_family import table, vector
from symproof.proof.meeting_point import MeetingPoint
from theorems.points.deep_relu_like import layered

WIDTHS = (1, 2, 1)
HALF, ONE = fmpq(1, 2), fmpq(1)


def widths(layer: fmpq) -> fmpq:
    return fmpq(WIDTHS[int(layer)] if 0 <= layer < len(WIDTHS) else 0)


def constant_weights(n: fmpq, k: fmpq, j: fmpq) -> fmpq:
    return fmpq(0) if n == 1 else ONE


def constant_biases(n: fmpq, k: fmpq) -> fmpq:
    return ONE if n == 1 else -widths(2) if n == 3 else 1 - widths(n - 1)


VALUES = {
    "m": 3, "dx": 1, "d1": 2, "L": 2, "d": widths,
    "x": table([[fmpq(0)], [fmpq(2)], [ONE]]), "y": vector([-HALF, -HALF, ONE]),
    "h": lambda t: t * t, "D": lambda t: 2 * t, "E": lambda t: fmpq(2), "v": ONE, "u": ONE, "r": HALF,
    "e": HALF, "mu": HALF,
    "sigma": ONE, "tau": ONE, "t": ONE, "c": fmpq(0), "o": 3, "lam": vector([HALF, HALF, fmpq(0)]),
    "loss": lambda f, y: (f - y) ** 2 / 2, "z": vector([ONE]), "s": vector([HALF, fmpq(3, 2), ONE]),
    "low": fmpq(0), "high": fmpq(2), "W": constant_weights, "b": constant_biases,
    "V": layered([table([[fmpq(1, 10)], [fmpq(-1, 10)]]), table([[fmpq(1, 3), fmpq(1, 3)]]), table([[ONE]])]),
    "q": layered([vector([fmpq(9, 10), fmpq(11, 10)]), vector([fmpq(1, 3)]), vector([fmpq(0)])]),
}  # fmt: skip
FACTS = {
    "bent": "b^2 = a^2 + 2 a (b - a) + (b - a)^2",
    "monotone": "b^2 - a^2 = (a + b)(b - a), and a + b >= 1 from 1/2 on",
    "derivative": "the derivative of t^2 is 2 t",
    "second": "the derivative of 2 t is 2",
    "continuous": "a constant is continuous, and so is t^2",
    "convex": "the loss (f - y)^2/2 is convex",
    "residuals": "the derivative of (f - y)^2/2 at f = 0 is -y",
    "W_def": "a definition: met by what it defines",
    "not_affine": "t^2 takes the values 1/4, 1, 9/4 at 1/2, 1, 3/2",
    "b_def": "a definition: met by what it defines",
}
RESULTS = (
    "unit", "layers", "raised_layers", "output", "region", "nearby", "descent", "constant_network", "bent_near",
    "constant_minimum", "convex_loss", "spurious", "every_activation", "one_hidden_layer",
)  # fmt: skip


def points() -> dict[str, MeetingPoint]:
    same = {**VALUES, "W": VALUES["V"], "b": VALUES["q"]}
    relu = {**VALUES, "h": lambda t: max(t, fmpq(0)), "s_plus": ONE, "s_minus": fmpq(0)}
    found = {f"jensen.{name}": MeetingPoint(VALUES, FACTS) for name in RESULTS}
    found["jensen.relu_orthant"] = MeetingPoint(relu, {**FACTS, "activation": "ReLU has the slopes 1 and 0"})
    return found | {"jensen.same_layers": MeetingPoint(same)}
