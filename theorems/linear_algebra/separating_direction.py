"""Finitely many non-zero vectors have a direction that is orthogonal to none of them."""

from symproof.logic.syntax import (
    Abs,
    And,
    Eq,
    Exists,
    ForAll,
    Implies,
    Lam,
    Ne,
    Sum,
    exists_in,
    family,
    forall_in,
    integer,
    num,
    real,
)  # fmt: skip
from symproof.proof.author import (
    apply,
    assume,
    at,
    by,
    case,
    cases,
    contradiction,
    have,
    induction,
    let,
    obtain,
    qed,
    take,
    witness,
)  # fmt: skip
from symproof.proof.theorem import theorem

n, d, j, k, l = integer("n d j k l")
v = family("v", 2)
w, p, u, a = family("w p u a")
S, t = real("S t")


def dot(f, g):
    """The inner product of two vectors with d entries."""
    return Sum(l, 1, d, f * g)


def separated(count):
    """If no v_j with j <= count vanishes, some w is orthogonal to none of them."""
    nonzero = forall_in(j, 1, count, exists_in(l, 1, d, Ne(v(j, l), 0)))
    return Implies(nonzero, Exists(w, forall_in(j, 1, count, Ne(dot(w(l), v(j, l)), 0))))


orthogonal_case = [
    let("a_def", a, Lam(j, Abs(dot(u(l), v(j, l))) / (Abs(dot(p(l), v(j, l))) + 1))),
    have("a_positive", forall_in(j, 1, n, a(j) > 0), proof=[
        take(j), assume("j_low", "j_high"),
        have("apart", Ne(dot(u(l), v(j, l)), 0), by("logic", at("u_separates", j))),
        qed(by("sign", "apart", rewrite=["a_def"])),
    ]),
    apply("bounds", "calculus.positive_lower_bound", {"a": a}),
    have("bound", Exists(t, And(t > 0, forall_in(j, 1, n, t <= a(j)))), by("logic", at("bounds", n), "a_positive")),
    obtain(t, ("t_positive", "t_small"), "bound", note="A step so small that nothing separated becomes orthogonal."),
    witness(Lam(l, u(l) + t * p(l))),
    take(j), assume("j_low", "j_high"),
    have("expand", Eq(dot(u(l) + t * p(l), v(j, l)), dot(u(l), v(j, l)) + t * dot(p(l), v(j, l))), by("ring")),
    cases(
        case("old", j <= n,
            have("step", t <= Abs(dot(u(l), v(j, l))) / (Abs(dot(p(l), v(j, l))) + 1), by("logic", at("t_small", j), rewrite=["a_def"])),
            have("gap", (Abs(dot(u(l), v(j, l))) / (Abs(dot(p(l), v(j, l))) + 1) - t) * (Abs(dot(p(l), v(j, l))) + 1) >= 0,
                 by("sign", "step")),
            have("cleared", t * Abs(dot(p(l), v(j, l))) + t <= Abs(dot(u(l), v(j, l))), proof=[
                have("quotient", Eq(Abs(dot(u(l), v(j, l))) / (Abs(dot(p(l), v(j, l))) + 1) * (Abs(dot(p(l), v(j, l))) + 1),
                                    Abs(dot(u(l), v(j, l)))), by("field")),
                qed(by("linear", "gap", "quotient")),
            ]),
            contradiction("zero",
                have("opposite", Eq(dot(u(l), v(j, l)), -t * dot(p(l), v(j, l))), by("linear", "zero", "expand")),
                have("equal", Eq(Abs(dot(u(l), v(j, l))), t * Abs(dot(p(l), v(j, l)))), by("ring", rewrite=["opposite"])),
                qed(by("linear", "equal", "cleared", "t_positive")))),
        case("new", Eq(j, n + 1),
            have("value", Eq(dot(u(l) + t * p(l), v(j, l)), t * S), proof=[
                have("first", Eq(dot(u(l), v(j, l)), 0), by("ideal", "orthogonal", rewrite=["new", "p_def"], cofactors=[1])),
                have("second", Eq(dot(p(l), v(j, l)), S), by("ring", rewrite=["new", "S_def", "p_def"])),
                qed(by("ring", rewrite=["expand", "first", "second"])),
            ]),
            have("nonzero", Ne(t * S, 0), by("sign", "t_positive", "S_positive")),
            qed(by("rewrite", "value", "nonzero")))),
]  # fmt: skip

SEPARATING_DIRECTION = theorem(
    "linear_algebra.separating_direction",
    "A direction orthogonal to none of finitely many vectors",
    variables=[d, v],
    conclusion=ForAll(n, Implies(num(0) <= n, separated(n))),
    prose="If none of the vectors $v_1, \\dots, v_n$ in $\\mathbb{R}^d$ vanishes, then some $w$ in $\\mathbb{R}^d$ is orthogonal to none of them.",
    source="Classical; this proof: by induction, with a small step along the next vector.",
    proof=[
        induction(n,
            base=[
                assume("nonzero"), witness(Lam(l, num(0))), take(j), assume("j_low", "j_high"),
                contradiction("any", qed(by("linear", "j_low", "j_high"))),
            ],
            hypothesis="shorter", bound="n_nonnegative",
            step=[
                assume("vectors"),
                have("vectors_before", forall_in(j, 1, n, exists_in(l, 1, d, Ne(v(j, l), 0))),
                     proof=[take(j), assume("j_low", "j_high"), qed(by("logic", at("vectors", j)))]),
                have("separated_before", Exists(w, forall_in(j, 1, n, Ne(dot(w(l), v(j, l)), 0))),
                     by("logic", "shorter", "vectors_before")),
                obtain(u, "u_separates", "separated_before"),
                let("p_def", p, Lam(l, v(n + 1, l)), note="The next vector."),
                let("S_def", S, Sum(l, 1, d, p(l) ** 2)),
                obtain(k, ("k_low", "k_high", "entry"), at("vectors", n + 1)),
                have("S_positive", S > 0, proof=[
                    have("one", p(k) ** 2 <= Sum(l, 1, d, p(l) ** 2), by("sum")),
                    have("square", p(k) ** 2 > 0, by("sign", "entry", rewrite=["p_def"])),
                    qed(by("linear", "one", "square", "S_def")),
                ]),
                cases(
                    case("orthogonal", Eq(dot(u(l), p(l)), 0), *orthogonal_case),
                    case("apart_already", Ne(dot(u(l), p(l)), 0),
                         witness(u), take(j), assume("j_low", "j_high"),
                         cases(
                             case("old", j <= n, qed(by("logic", at("u_separates", j)))),
                             case("new", Eq(j, n + 1), qed(by("rewrite", "apart_already", rewrite=["new", "p_def"])))))),
            ]),
    ],
)  # fmt: skip
