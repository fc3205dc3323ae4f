"""Two functions put together at a point where their values and derivatives agree."""

from symproof.logic.syntax import Abs, And, Eq, ForAll, Implies, Ite, Lam, Min, function, real
from symproof.proof.author import assume, at, by, case, cases, conjunction, have, obtain, qed, take, unfold, witness
from symproof.proof.theorem import theorem
from theorems.calculus.derivative import NOTATION, delta, gamma, has_derivative

g, k, D, E = function("g k D E")
a, b, s, t, u, v, top, epsilon = real("a b s t u v top epsilon")


def glued(first, second, point):
    """The first function up to b, the second one from there on."""
    return Ite(point <= b, first(point), second(point))


def error(point):
    """How far the glued function is from its tangent at a, at a + point."""
    return Abs(glued(g, k, a + point) - glued(g, k, a) - glued(D, E, a) * point)


def remainder(function_, slope, point):
    """How far a function is from its tangent at a, at a + point."""
    return Abs(function_(a + point) - function_(a) - slope(a) * point)


GLUED_DERIVATIVE = theorem(
    "calculus.glued_derivative",
    "The derivative of a function in two pieces",
    variables=[g, k, D, E, b],
    hypotheses={
        "left": ForAll(t, has_derivative(g, t, D(t))),
        "right": ForAll(t, has_derivative(k, t, E(t))),
        "values": Eq(g(b), k(b)),
        "slopes": Eq(D(b), E(b)),
    },
    conclusion=ForAll(a, has_derivative(Lam(t, glued(g, k, t)), a, glued(D, E, a))),
    prose="If $g$ and $k$ have the derivatives $D$ and $E$ everywhere, and values and derivatives agree at $b$, then the function that is "
    "$g$ up to $b$ and $k$ beyond is differentiable everywhere, with derivative $D$ up to $b$ and $E$ beyond.",
    source="Elementary.",
    proof=[
        take(a),
        have("left_here", has_derivative(g, a, D(a)), by("logic", at("left", a))),
        have("right_here", has_derivative(k, a, E(a)), by("logic", at("right", a))),
        unfold("left_meaning", "left_here", has_derivative),
        unfold("right_meaning", "right_here", has_derivative),
        unfold("", "goal", has_derivative),
        take(epsilon), assume("epsilon_positive"),
        obtain(delta, ("delta_positive", "left_near"), at("left_meaning", epsilon)),
        obtain(gamma, ("gamma_positive", "right_near"), at("right_meaning", epsilon)),
        cases(
            case("before", a < b,
                 witness(Min(delta, b - a)),
                 have("room", b - a > 0, by("linear", "before")),
                 conjunction(
                     [qed(by("sign", "delta_positive", "room"))],
                     [take(s), assume("small"),
                      have("near", Abs(s) <= delta, by("linear", "small")),
                      have("inside", a + s <= b, by("linear", "small")),
                      have("here", a <= b, by("linear", "before")),
                      have("same", Eq(error(s), remainder(g, D, s)), by("ring")),
                      qed(by("linear", "same", at("left_near", s)))])),
            case("after", b < a,
                 witness(Min(gamma, (a - b) / 2)),
                 have("room", (a - b) / 2 > 0, by("linear", "after")),
                 conjunction(
                     [qed(by("sign", "gamma_positive", "room"))],
                     [take(s), assume("small"),
                      have("near", Abs(s) <= gamma, by("linear", "small")),
                      have("inside", b < a + s, by("linear", "small", "after")),
                      have("same", Eq(error(s), remainder(k, E, s)), by("ring")),
                      qed(by("linear", "same", at("right_near", s)))])),
            case("there", Eq(a, b),
                 witness(Min(delta, gamma)),
                 conjunction(
                     [qed(by("sign", "delta_positive", "gamma_positive"))],
                     [take(s), assume("small"),
                      have("near_left", Abs(s) <= delta, by("linear", "small")),
                      have("near_right", Abs(s) <= gamma, by("linear", "small")),
                      have("here", a <= b, by("linear", "there")),
                      have("values_here", Eq(g(a), k(a)), by("rewrite", "values", "there")),
                      have("slopes_here", Eq(D(a), E(a)), by("rewrite", "slopes", "there")),
                      cases(
                          case("left_side", s <= 0,
                               have("inside", a + s <= b, by("linear", "left_side", "there")),
                               have("same", Eq(error(s), remainder(g, D, s)), by("ring")),
                               qed(by("linear", "same", at("left_near", s)))),
                          case("right_side", s > 0,
                               have("inside", b < a + s, by("linear", "right_side", "there")),
                               have("same", Eq(error(s), remainder(k, E, s)), by("ring", rewrite=["values_here", "slopes_here"])),
                               have("bound", remainder(k, E, s) <= epsilon * Abs(s), by("logic", at("right_near", s), "near_right")),
                               qed(by("linear", "same", "bound", "right_side"))))]))),
    ],
    notation=NOTATION,
    extra={"main": True},
)  # fmt: skip


def rises(function_, low, high):
    """The function is nondecreasing where ``low`` and ``high`` say that the points u <= v lie."""
    return ForAll((u, v), Implies(And(*low, u <= v, *high), function_(u) <= function_(v)))


GLUED_NONDECREASING = theorem(
    "calculus.glued_nondecreasing",
    "A nondecreasing function in two pieces",
    variables=[D, E, b, top],
    hypotheses={
        "left": rises(D, (), (v <= b,)),
        "right": rises(E, (b <= u,), (v <= top,)),
        "values": Eq(D(b), E(b)),
    },
    conclusion=ForAll((u, v), Implies(And(u <= v, v <= top), glued(D, E, u) <= glued(D, E, v))),
    prose="If $D$ is nondecreasing up to $b$ and $E$ from $b$ to $\\mathit{top}$, and $D(b) = E(b)$, then the function that is $D$ up to $b$ "
    "and $E$ beyond is nondecreasing up to $\\mathit{top}$.",
    source="Elementary.",
    proof=[
        take(u, v), assume("order", "end"),
        cases(
            case("both_left", v <= b,
                 have("first", u <= b, by("linear", "order", "both_left")),
                 have("grows", D(u) <= D(v), by("logic", at("left", u, v), "order", "both_left")),
                 have("low", Eq(glued(D, E, u), D(u)), by("ring")),
                 have("high", Eq(glued(D, E, v), D(v)), by("ring")),
                 qed(by("linear", "grows", "low", "high"))),
            case("beyond", b < v, cases(
                case("across", u <= b,
                     have("second", b <= v, by("linear", "beyond")),
                     have("equal_left", b <= b, by("linear")),
                     have("grows_left", D(u) <= D(b), by("logic", at("left", u, b), "across", "equal_left")),
                     have("grows_right", E(b) <= E(v), by("logic", at("right", b, v), "second", "equal_left", "end")),
                     have("low", Eq(glued(D, E, u), D(u)), by("ring")),
                     have("high", Eq(glued(D, E, v), E(v)), by("ring")),
                     qed(by("linear", "grows_left", "grows_right", "values", "low", "high"))),
                case("both_right", b < u,
                     have("first", b <= u, by("linear", "both_right")),
                     have("grows", E(u) <= E(v), by("logic", at("right", u, v), "first", "order", "end")),
                     have("low", Eq(glued(D, E, u), E(u)), by("ring")),
                     have("high", Eq(glued(D, E, v), E(v)), by("ring")),
                     qed(by("linear", "grows", "low", "high"))))),
        ),
    ],
    notation=NOTATION,
    extra={"main": True},
)  # fmt: skip
