"""Networks whose activation has an affine piece have infinitely many spurious local minima."""

from symproof.instances.affine_piece_minimum import KernelChecks
from symproof.instances.affine_piece_offer import affine_piece_offer
from symproof.instances.piecewise_activation import AffinePiece, PiecewiseActivation
from symproof.kernel.check import CheckResult
from symproof.logic.syntax import (
    Abs,
    And,
    Eq,
    Exists,
    ForAll,
    Implies,
    Ite,
    Lam,
    Min,
    Ne,
    Or,
    Sum,
    exists_in,
    forall_in,
    integer,
    num,
)
from symproof.proof.author import (
    apply,
    assume,
    at,
    by,
    case,
    cases,
    conjunction,
    have,
    let,
    obtain,
    qed,
    take,
    unfold,
    witness,
)
from symproof.proof.theorem import Citation, theorem
from theorems.affine_piece.candidate import PARAMETERS, offset
from theorems.affine_piece.descent import unit
from theorems.affine_piece.local_minimum import other, own
from theorems.affine_piece.network import (
    NOTATION,
    A,
    H,
    U,
    V,
    Y,
    a,
    affine_map_risk,
    affine_on,
    alpha,
    b,
    b1,
    best_affine_function,
    best_affine_map,
    beta,
    c,
    coordinate,
    d1,
    discriminatory,
    dx,
    dy,
    gap,
    h,
    hi,
    i,
    infinitely_many_spurious,
    j,
    k,
    l,
    lo,
    m,
    no_affine_fit,
    norm,
    o,
    other_theta,
    phi,
    q,
    r,
    residual,
    rho,
    risk,
    row,
    s,
    spurious,
    target,
    theta,
    u,
    w,
    x,
)  # fmt: skip
from theorems.works import CHRISTOF_2023

LEMMAS = ("affine_piece.affine_tails", "affine_piece.exponential_tail")
"""By these an instance decides whether its activation is discriminatory."""


def _piece(activation: PiecewiseActivation, piece: AffinePiece) -> CheckResult:
    from theorems.affine_piece.activation_lemma import check_piece

    return check_piece(activation, piece)


def _units(activation: PiecewiseActivation) -> CheckResult | None:
    from theorems.affine_piece.activation_lemma import check_units

    return check_units(activation)


n, p = integer("n p")
same_risk = Eq(risk(*own), affine_map_risk(m, dx, dy, x, Y, A, c))
seen = exists_in(o, 1, dy, Ne(Sum(i, 1, m, residual(o, i) * unit(i)), 0))
MAP = {
    "piece": affine_on(h, s, a, lo, hi),
    "slope": Ne(s, 0),
    "best": best_affine_map(m, dx, dy, x, Y, A, c),
    "coordinates": num(0) <= q,
    "factors": forall_in(o, 1, dy, forall_in(l, 1, dx, Eq(A(o, l), Sum(k, 1, q, U(o, k) * V(k, l))))),
    "width": q + 1 <= d1,
    "seen": seen,
}
"""A best affine map through q coordinates, and a unit that is not orthogonal to the residual of some output."""

total_norm = Sum(j, 1, m, Sum(l, 1, dx, Abs(x(j, l))) + 1)
candidate_terms = (
    Lam((k, l), Ite(k <= q, alpha * V(k, l), 0)),
    Lam(k, beta),
    Lam((o, k), Ite(k <= q, U(o, k) / (alpha * s), 0)),
    Lam(o, offset),
)
better_terms = (
    Lam((k, l), Ite(k <= q, alpha * V(k, l), Ite(Eq(k, q + 1), w(l), 0))),
    Lam(k, Ite(k <= q, beta, Ite(Eq(k, q + 1), b, beta))),
    Lam((o, k), Ite(k <= q, U(o, k) / (alpha * s), Ite(Eq(k, q + 1), u(o), 0))),
    Lam(o, offset),
)

SPURIOUS_CANDIDATE = theorem(
    "affine_piece.spurious_candidate",
    "Every candidate is a spurious local minimum",
    variables=[m, dx, dy, d1, q, x, Y, h, s, a, lo, hi, A, c, U, V, alpha, beta, gap, w, b, *theta],
    hypotheses={
        **MAP,
        "scale": alpha > 0,
        "gap": gap > 0,
        "gap_low": gap <= beta - lo,
        "gap_high": gap <= hi - beta,
        "spread": forall_in(i, 1, m, forall_in(k, 1, q, alpha * Abs(coordinate(k, i)) <= gap / 2)),
        **PARAMETERS,
    },
    conclusion=And(spurious(*own), same_risk),
    prose="For every $\\beta$ inside the affine piece and every small enough scale $\\alpha > 0$ the candidate is a spurious local minimum; its risk "
    "is that of linear least squares.",
    source="Christof & Kowalczyk 2023 (finite data); the explicit radius, the width $q + 1$ and the better point are ours.",
    proof=[
        have("narrow", q <= d1, by("linear", "width")),
        have("norms", total_norm >= 0, by("sign")),
        let("rho_def", rho, gap / (2 * (1 + total_norm)), note="A radius."),
        have("radius", rho > 0, by("sign", "gap", "norms", rewrite=["rho_def"])),
        have("whole", Eq(rho * (1 + total_norm), gap / 2), by("field", rewrite=["rho_def"])),
        have("reach", forall_in(i, 1, m, rho * norm(i) <= gap / 2), proof=[
            take(i), assume("i_low", "i_high"),
            have("one", norm(i) <= total_norm, by("sum")),
            have("slack", rho * (total_norm - norm(i)) >= 0, proof=[
                have("difference", total_norm - norm(i) >= 0, by("linear", "one")),
                qed(by("sign", "radius", "difference"))]),
            qed(by("linear", "slack", "whole", "radius"))]),
        apply(("margin_low", "margin_high", "outputs", "equal_risk"), "affine_piece.candidate", using={"width": "narrow"}),
        apply(("region", "minimum"), "affine_piece.local_minimum"),
        let("phi_value", phi, Lam(o, Sum(i, 1, m, residual(o, i) * unit(i)))),
        have("phi_def", forall_in(o, 1, dy, Eq(phi(o), Sum(i, 1, m, residual(o, i) * unit(i)))), by("rewrite", "phi_value")),
        let("H_def", H, Sum(i, 1, m, unit(i) ** 2)),
        obtain(n, ("n_low", "n_high", "n_seen"), "seen"),
        have("phi_n", Ne(phi(n), 0), by("rewrite", "n_seen", rewrite=["phi_value"])),
        have("phi_nonzero", exists_in(o, 1, dy, Ne(phi(o), 0)), proof=[witness(n), qed(by("logic", "n_low", "n_high", "phi_n"))]),
        apply("energy", "linear_algebra.nonzero_inner_product",
              {"r": Lam(i, residual(n, i)), "g": Lam(i, unit(i))}, using={"nonzero": "n_seen"}),
        have("H_nonzero", Ne(H, 0), by("sign", "energy", rewrite=["H_def"])),
        let("u_value", u, Lam(o, -phi(o) / H), note="The best outgoing weights."),
        have("u_def", forall_in(o, 1, dy, Eq(u(o) * H, -phi(o))), proof=[
            take(o), assume("o_low", "o_high"), qed(by("field", rewrite=["u_value"]))]),
        *(let(f"{name}_def", variable, term)
          for name, variable, term in zip(("V1", "c1", "V2", "c2"), other_theta, better_terms, strict=True)),
        apply(("better_outputs", "H_positive", "better_value", "better"), "affine_piece.descent"),
        have("lower", risk(*other) < risk(*own), by("linear", "better", "equal_risk")),
        conjunction(
            [unfold("", "goal", spurious),
             conjunction(
                 [qed(by("logic", "minimum"))],
                 [witness(*other_theta), qed(by("logic", "lower"))])],
            [qed(by("logic", "equal_risk"))]),
    ],
    notation=NOTATION,
)  # fmt: skip

coordinates_total = Sum(j, 1, m, Sum(k, 1, q, Abs(Sum(l, 1, dx, V(k, l) * x(j, l)))))
every = ForAll(beta, Implies(And(lo < beta, beta < hi), Exists(theta, And(
    spurious(*own), same_risk, forall_in(k, 1, d1, Eq(b1(k), beta))))))  # fmt: skip

SPURIOUS = theorem(
    "affine_piece.spurious",
    "A unit that sees the residual makes infinitely many spurious local minima",
    variables=[m, dx, dy, d1, q, x, Y, h, s, a, lo, hi, A, c, U, V, w, b],
    hypotheses=MAP,
    conclusion=every,
    prose="Let the activation be affine with non-zero slope on $(t_0, t_1)$, let the best affine map factor through $q < d_1$ coordinates, and let "
    "some unit $h(w \\cdot x + b)$ not be orthogonal to the residual of some output. Then for every $\\beta$ in $(t_0, t_1)$ there is a spurious "
    "local minimum with hidden biases $\\beta$ and the risk of linear least squares.",
    origin=Citation(CHRISTOF_2023, "the case of finitely many samples"),
    source="Here for several outputs and width $q + 1$.",
    proof=[
        take(beta), assume("beta_low", "beta_high"),
        let("gap_def", gap, Min(beta - lo, hi - beta)),
        have("below", beta - lo > 0, by("linear", "beta_low")),
        have("above", hi - beta > 0, by("linear", "beta_high")),
        have("gap_positive", gap > 0, by("sign", "below", "above", rewrite=["gap_def"])),
        have("gap_low", gap <= beta - lo, by("linear", "gap_def")),
        have("gap_high", gap <= hi - beta, by("linear", "gap_def")),
        have("sizes", coordinates_total >= 0, by("sign")),
        let("alpha_def", alpha, gap / (2 * (1 + coordinates_total)), note="A scale."),
        have("scale", alpha > 0, by("sign", "gap_positive", "sizes", rewrite=["alpha_def"])),
        have("whole", Eq(alpha * (1 + coordinates_total), gap / 2), by("field", rewrite=["alpha_def"])),
        have("spread", forall_in(i, 1, m, forall_in(k, 1, q, alpha * Abs(coordinate(k, i)) <= gap / 2)), proof=[
            take(i), assume("i_low", "i_high"), take(k), assume("k_low", "k_high"),
            have("one", Sum(p, 1, q, Abs(coordinate(p, i))) <= Sum(j, 1, m, Sum(p, 1, q, Abs(Sum(l, 1, dx, V(p, l) * x(j, l))))), by("sum")),
            have("two", Abs(coordinate(k, i)) <= Sum(p, 1, q, Abs(coordinate(p, i))), by("sum")),
            have("slack", alpha * (coordinates_total - Abs(coordinate(k, i))) >= 0, proof=[
                have("difference", coordinates_total - Abs(coordinate(k, i)) >= 0, by("linear", "one", "two")),
                qed(by("sign", "scale", "difference"))]),
            qed(by("linear", "slack", "whole", "scale"))]),
        *(let(f"{name}_def", variable, term)
          for name, variable, term in zip(("W1", "b1", "W2", "b2"), theta, candidate_terms, strict=True)),
        apply(("is_spurious", "same_risk"), "affine_piece.spurious_candidate", using={"gap": "gap_positive"}),
        have("biases", forall_in(k, 1, d1, Eq(b1(k), beta)), by("rewrite", "b1_def")),
        witness(*theta),
        qed(by("logic", "is_spurious", "same_risk", "biases")),
    ],
    notation=NOTATION,
)  # fmt: skip

DATA = {
    "dimension": num(0) <= dx,
    "outputs": num(0) <= dy,
    "no_affine_fit": no_affine_fit,
    "width": Or(dx + 1 <= d1, dy + 1 <= d1),
}

SPURIOUS_MINIMUM = theorem(
    "affine_piece.spurious_minimum",
    "Activations with an affine piece make infinitely many spurious local minima",
    variables=[m, dx, dy, d1, x, Y, h, s, a, lo, hi],
    hypotheses={
        **DATA,
        "piece": affine_on(h, s, a, lo, hi),
        "slope": Ne(s, 0),
        "interval": lo < hi,
        "discriminatory": discriminatory(m, dx, x, h),
    },
    conclusion=infinitely_many_spurious(m, dx, dy, d1, x, Y, h),
    prose="If no affine map fits the data, the activation is affine with non-zero slope on an open interval and discriminatory on the samples, and "
    "the width is more than the number of inputs or more than the number of outputs, then the risk has infinitely many spurious local minima, "
    "with the risk of linear least squares. With one output, width 2 is enough.",
    origin=Citation(CHRISTOF_2023, "the case of finitely many samples"),
    source="Here for several outputs, width $\\min(d_x, d_y) + 1$.",
    proof=[
        apply("maps", "affine_piece.best_affine_maps_exist"),
        have("map", Exists((A, c), forall_in(o, 1, dy, best_affine_function(m, dx, x, target(o), row(A, o), c(o)))), by("logic", at("maps", dy))),
        obtain((A, c), "best_outputs", "map"),
        have("best", best_affine_map(m, dx, dy, x, Y, A, c), proof=[
            unfold("", "goal", best_affine_map), qed(by("logic", "best_outputs"))]),
        obtain(n, ("n_low", "n_high", "n_misfit"), at("no_affine_fit", A, c)),
        obtain(p, ("p_low", "p_high", "p_misfit"), "n_misfit", note="A sample and an output that the best affine map misses."),
        let("r_def", r, Lam(i, residual(n, i)), note="The residual of that output."),
        have("best_n", best_affine_function(m, dx, x, target(n), row(A, n), c(n)), by("logic", at("best_outputs", n))),
        apply(("features", "constant"), "relu_like.normal_equations", {"y": target(n), "w": row(A, n), "c": c(n)}, using={"best": "best_n"}),
        have("sum_zero", Eq(Sum(i, 1, m, r(i)), 0), by("ring", rewrite=["r_def", "constant"])),
        have("r_p", Ne(r(p), 0), by("sign", "p_misfit", rewrite=["r_def"])),
        have("nonzero", exists_in(i, 1, m, Ne(r(i), 0)), proof=[witness(p), qed(by("logic", "p_low", "p_high", "r_p"))]),
        unfold("units", "discriminatory", discriminatory),
        have("unit", Exists((w, b), Ne(Sum(i, 1, m, r(i) * unit(i)), 0)), by("logic", at("units", r), "nonzero", "sum_zero")),
        obtain((w, b), "r_seen", "unit"),
        have("n_seen", Ne(Sum(i, 1, m, residual(n, i) * unit(i)), 0), by("rewrite", "r_seen", rewrite=["r_def"])),
        have("seen", seen, proof=[witness(n), qed(by("logic", "n_low", "n_high", "n_seen"))]),
        have("minima", every, proof=[
            cases(
                case("inputs", dx + 1 <= d1,
                     have("factors", forall_in(o, 1, dy, forall_in(l, 1, dx, Eq(A(o, l), Sum(k, 1, dx, A(o, k) * Ite(Eq(k, l), 1, 0))))), proof=[
                         take(o), assume("o_low", "o_high"), take(l), assume("l_low", "l_high"), qed("ring")]),
                     apply("found", "affine_piece.spurious", {"q": dx, "U": A, "V": Lam((k, l), Ite(Eq(k, l), 1, 0))},
                           using={"coordinates": "dimension", "width": "inputs"}),
                     qed(by("logic", "found"))),
                case("few_outputs", dy + 1 <= d1,
                     have("factors", forall_in(o, 1, dy, forall_in(l, 1, dx, Eq(A(o, l), Sum(k, 1, dy, Ite(Eq(k, o), 1, 0) * A(k, l))))), proof=[
                         take(o), assume("o_low", "o_high"), take(l), assume("l_low", "l_high"), qed("ring")]),
                     apply("found", "affine_piece.spurious", {"q": dy, "U": Lam((o, k), Ite(Eq(k, o), 1, 0)), "V": A},
                           using={"coordinates": "outputs", "width": "few_outputs"}),
                     qed(by("logic", "found"))),
                exhaustive=by("logic", "width")),
        ]),
        unfold("", "goal", infinitely_many_spurious),
        witness(A, c),
        conjunction(
            [qed(by("logic", "best"))],
            [witness(lo, hi), qed(by("logic", "interval", "minima"))]),
    ],
    notation={**NOTATION, "n": "o_0", "p": "i_0"},
    extra={"instance": affine_piece_offer(KernelChecks(_piece, _units), LEMMAS), "avoids": ["cited"]},
)  # fmt: skip
