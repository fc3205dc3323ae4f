"""ReLU-like networks of any depth: the same four samples, two hidden layers of widths 2 and 1."""

from collections.abc import Callable, Sequence

from flint import fmpq

from symproof.instances.value_family import table, vector
from symproof.proof.meeting_point import MeetingPoint
from theorems.points import relu_like
from theorems.points.relu_like import ROWS, SLOPES, TARGETS

RESULTS = (
    "any_depth", "any_depth_convex_loss", "any_depth_infinitely_many", "deep_additional_unit", "deep_affine",
    "deep_affine_nearby", "deep_candidate", "deep_descent", "deep_local_minimum", "deep_loss_candidate", "deep_radius",
    "deep_room", "deep_spurious_candidate", "deep_squared_loss", "deep_stable_region", "one_hidden_layer",
    "slow_deviation",
)  # fmt: skip
SIZES = (1, 2, 1)
GENERAL = {
    **relu_like.GENERAL,
    "spurious": "the candidate is a spurious local minimum, by the main result on any depth",
    **{f"{name}_def": "a definition: met by what it defines" for name in ("W", "b", "V", "q")},
}


def layered(layers: Sequence[Callable[..., fmpq]]) -> Callable[..., fmpq]:
    """A family whose first index is the layer; 0 outside."""
    return lambda n, *at: layers[int(n) - 1](*at) if 1 <= n <= len(layers) else fmpq(0)


def chapter_values() -> dict[str, object]:
    """One small instance of the whole chapter, by the names of the variables."""
    from symproof.instances.dataset import dataset_from_rows
    from symproof.instances.deep_minimum import build_deep_instance

    instance = build_deep_instance(dataset_from_rows(ROWS, TARGETS), SLOPES, SIZES[1:])
    found = instance.construction
    if found is None or instance.first.construction is None:
        raise LookupError("the instance has no construction")
    low, high = found.local_minimum, found.better_point
    return {
        **relu_like.chapter_values(),
        "L": fmpq(2), "d": lambda n: fmpq(SIZES[int(n)] if 0 <= n < len(SIZES) else 0),
        "W": layered([table(layer) for layer in low.weights]), "b": layered([vector(layer) for layer in low.biases]),
        "V": layered([table(layer) for layer in high.weights]), "q": layered([vector(layer) for layer in high.biases]),
        "rho": found.radius, "S": found.lift, "beta": instance.first.construction.unit_bias, "z": vector(ROWS[2]),
        "floor": fmpq(1, 2),
    }  # fmt: skip


def points() -> dict[str, MeetingPoint]:
    values = chapter_values()
    still = {**values, "V": values["W"], "q": values["b"]}
    room = {**values, "b": lambda n, k: values["b"](n, 1) if k == 1 else -values["eta"]}  # type: ignore[operator]
    own = {"deep_stable_region": still, "deep_affine": still, "deep_room": room}
    return {f"relu_like.{name}": MeetingPoint(own.get(name, values), GENERAL) for name in RESULTS}
