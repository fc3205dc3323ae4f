"""ReLU-like networks: four samples with one feature, two units; all results at the numbers of one instance."""

from flint import fmpq

from symproof.instances.activation import ReluLike
from symproof.instances.value_family import table, vector
from symproof.proof.meeting_point import MeetingPoint

ROWS = [(fmpq(0),), (fmpq(1),), (fmpq(2),), (fmpq(3),)]
TARGETS = [fmpq(0), fmpq(0), fmpq(2), fmpq(4)]
FITTED = [fmpq(-3, 5), fmpq(4, 5), fmpq(11, 5), fmpq(18, 5)]
"""The outputs of the least squares fit."""
SLOPES = ReluLike(fmpq(1), fmpq(0))

RESULTS = (
    "best_fit_is_stationary", "convex_loss", "differentiable_loss", "loss_candidate", "squared_loss",
    "stationary_fit_is_best",
    "additional_unit", "affine_region", "almost_all_datasets", "best_affine_exists", "candidate", "descent",
    "different_scales", "eta_below_fit",
    "exceptional_data", "infinitely_many", "isolating_direction", "kink", "local_minimum", "margin", "normal_equations",
    "paper_descent", "paper_descent_shifted", "paper_descent_unshifted", "paper_network", "pythagoras", "split",
    "spurious_candidate", "spurious_minimum", "two_units",
)  # fmt: skip

GENERAL = {
    "C1.1": "no affine function fits: decided by exact least squares in the instance",
    "C1.3 activation": "about all real t: true by the definition of the activation",
    "activation": "about all real t: true by the definition of the activation",
    "derivative": "about the squared loss: the derivative of (f - y)^2 / 2 is f - y, see relu_like.squared_loss",
    "convex": "about the squared loss: it is convex, see relu_like.squared_loss",
    "others": "about all units from the second on: true for the candidate, whose further units are constant",
    "best": "about all affine functions: true for exact least squares",
    **{f"{name}_def": "a definition: met by what it defines" for name in ("W1", "b1", "W2", "V1", "c1", "V2")},
}

PAPER_NETWORK = {
    "p": vector([fmpq(1)]),
    "g": fmpq(1, 2),
    "V1": table([(fmpq(3, 2),), (fmpq(-3, 2),)]),
    "c1": vector([fmpq(-1, 10), fmpq(11, 10)]),
    "V2": vector([fmpq(1), fmpq(-1)]),
    "c2": fmpq(0),
}
"""The paper's network: two units, shifted by 1/2."""


def chapter_values() -> dict[str, object]:
    """One small instance of the whole chapter, by the names of the variables."""
    from symproof.instances.dataset import dataset_from_rows
    from symproof.instances.relu_like_minimum import build_relu_like_instance

    instance = build_relu_like_instance(dataset_from_rows(ROWS, TARGETS), SLOPES, 2)
    found = instance.construction
    if found is None:
        raise LookupError("the instance has no construction")
    low, high = found.local_minimum, found.better_point
    return {
        "m": 4, "dx": 1, "d1": 2, "x": table(ROWS), "y": vector(TARGETS), "h": SLOPES,
        "s_plus": fmpq(1), "s_minus": fmpq(0), "w": vector(instance.fit.weights), "c": instance.fit.intercept,
        "alpha": fmpq(1), "beta": fmpq(2), "eta": found.eta,
        "W1": table(low.W1), "b1": vector(low.b1), "W2": vector(low.W2),
        "b2": low.b2, "V1": table(high.W1), "c1": vector(high.b1), "V2": vector(high.W2), "c2": high.b2,
        "rho": found.radius, "p": vector(found.unit_weights), "b": found.unit_bias, "u": found.outgoing,
        "phi": found.phi, "H": found.square_sum, "r": vector(instance.residuals),
        "loss": lambda f, y: (f - y) ** 2 / 2,
        "f": vector(TARGETS), "tau": fmpq(1, 10), "s": fmpq(0), "t": fmpq(1), "o": fmpq(1),
    }  # fmt: skip


def points() -> dict[str, MeetingPoint]:
    values = chapter_values()
    found = {f"relu_like.{name}": MeetingPoint(values, GENERAL) for name in RESULTS}
    other = {
        "affine_region": {"rho": fmpq(1, 8), "V1": values["W1"], "c1": values["b1"]},
        "two_units": {"g": fmpq(1, 2)},
        "margin": {"b1": lambda k: values["b1"](1) if k == 1 else -values["eta"]},  # type: ignore[operator]
        "paper_network": PAPER_NETWORK,
        "loss_descent": {"f": vector(FITTED), "q": values["r"]},
    }
    return found | {f"relu_like.{name}": MeetingPoint({**values, **more}, GENERAL) for name, more in other.items()}
