"""More unknowns than equations: a homogeneous system has a solution that is not zero; so square matrices have two kernels or none."""

from symproof.logic.syntax import (
    And,
    Eq,
    Exists,
    ForAll,
    Implies,
    Ite,
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
    calc,
    case,
    cases,
    conjunction,
    contradiction,
    have,
    induction,
    let,
    obtain,
    qed,
    suffices,
    take,
    witness,
)  # fmt: skip
from symproof.proof.theorem import theorem

m, n, i, j, k, l, o = integer("m n i j k l o")
A, B, M = family("A B M", 2)
u, v, w, x, y, f = family("u v w x y f")
s, t = real("s t")


def nonzero(vector, size):
    """The vector has an entry that is not 0."""
    return exists_in(k, 1, size, Ne(vector(k), 0))


def solves(vector, equations, unknowns):
    """The vector solves the first equations of the system A."""
    return forall_in(i, 1, equations, Eq(Sum(l, 1, unknowns, A(i, l) * vector(l)), 0))


def solvable(equations):
    """Every such system with one more unknown has a solution that is not zero."""
    return ForAll(A, Exists(x, And(nonzero(x, equations + 1), solves(x, equations, equations + 1))))


def row(vector, equation=m + 1):
    """The left side of an equation with m + 2 unknowns."""
    return Sum(l, 1, m + 2, A(equation, l) * vector(l))


first = Lam(k, Ite(k <= m + 1, v(k), 0))
second = Lam(k, Ite(Eq(k, o), 0, Ite(Eq(k, m + 2), w(o), w(k))))
exchanged = Lam((i, k), Ite(Eq(k, o), A(i, m + 2), A(i, k)))


SELECTED_TERM = theorem(
    "linear_algebra.selected_term",
    "A sum with a single term",
    variables=[n, o, f],
    hypotheses={"low": num(1) <= o, "high": o <= n},
    conclusion=Eq(Sum(l, 1, n, Ite(Eq(l, o), f(l), 0)), f(o)),
    prose="A sum whose terms are 0 except one is that term.",
    source="Elementary.",
    proof=[qed("ring")],
)  # fmt: skip

UNDERDETERMINED_SYSTEM = theorem(
    "linear_algebra.underdetermined_system",
    "More unknowns than equations",
    variables=[n],
    hypotheses={"equations": num(0) <= n},
    conclusion=solvable(n),
    prose="Every homogeneous linear system of $n$ equations with $n + 1$ unknowns has a solution that is not zero.",
    source="Classical; this proof has no pivots: two solutions of the first $n$ equations, the second of which is 0 where the first is not, "
    "combine to one of all equations.",
    proof=[
        have("all", ForAll(m, Implies(num(0) <= m, solvable(m))), proof=[
            induction(m,
                base=[
                    take(A), witness(Lam(k, num(1))),
                    conjunction(
                        [witness(1), qed(by("sign"))],
                        [take(i), assume("i_low", "i_high"), contradiction("any", qed(by("linear", "i_low", "i_high")))]),
                ],
                hypothesis="shorter", bound="m_nonnegative",
                step=[
                    take(A),
                    obtain(v, ("v_nonzero", "v_solves"), at("shorter", A), note="Without the last unknown."),
                    obtain(o, ("o_low", "o_high", "v_entry"), "v_nonzero"),
                    obtain(w, ("w_nonzero", "w_solves"), at("shorter", exchanged), note="With the last unknown in the place of one where $v$ is not 0."),
                    let("x_def", x, first), let("y_def", y, second),
                    have("x_solves", forall_in(i, 1, m, Eq(row(x, i), 0)), proof=[
                        take(i), assume("i_low", "i_high"),
                        calc("value", row(x, i),
                             ("=", Sum(l, 1, m + 1, A(i, l) * x(l)) + A(i, m + 2) * x(m + 2), by("ring")),
                             ("=", Sum(l, 1, m + 1, A(i, l) * v(l)), by("ring", rewrite=["x_def"])),
                             ("=", 0, by("logic", at("v_solves", i)))),
                        qed(by("logic", "value"))]),
                    have("y_solves", forall_in(i, 1, m, Eq(row(y, i), 0)), proof=[
                        take(i), assume("i_low", "i_high"),
                        have("entries", forall_in(l, 1, m + 1, Eq(A(i, l) * y(l),
                            Ite(Eq(l, o), A(i, m + 2), A(i, l)) * w(l) - Ite(Eq(l, o), A(i, m + 2) * w(l), 0))), proof=[
                            take(l), assume("l_low", "l_high"),
                            qed(by("ring", rewrite=["y_def"]))]),
                        have("solution", Eq(Sum(l, 1, m + 1, Ite(Eq(l, o), A(i, m + 2), A(i, l)) * w(l)), 0), by("logic", at("w_solves", i))),
                        have("last", Eq(y(m + 2), w(o)), by("ring", rewrite=["y_def"])),
                        calc("value", row(y, i),
                             ("=", Sum(l, 1, m + 1, A(i, l) * y(l)) + A(i, m + 2) * y(m + 2), by("ring")),
                             ("=", Sum(l, 1, m + 1, A(i, l) * y(l)) + A(i, m + 2) * w(o), by("ring", rewrite=["last"]))),
                        have("sums", Eq(Sum(l, 1, m + 1, A(i, l) * y(l)),
                            Sum(l, 1, m + 1, Ite(Eq(l, o), A(i, m + 2), A(i, l)) * w(l) - Ite(Eq(l, o), A(i, m + 2) * w(l), 0))),
                            by("sum", "entries")),
                        have("parts", Eq(
                            Sum(l, 1, m + 1, Ite(Eq(l, o), A(i, m + 2), A(i, l)) * w(l) - Ite(Eq(l, o), A(i, m + 2) * w(l), 0)),
                            Sum(l, 1, m + 1, Ite(Eq(l, o), A(i, m + 2), A(i, l)) * w(l))
                            - Sum(l, 1, m + 1, Ite(Eq(l, o), A(i, m + 2) * w(l), 0))), by("ring")),
                        apply("selected", "linear_algebra.selected_term", {"n": m + 1, "f": Lam(l, A(i, m + 2) * w(l))},
                              using={"low": "o_low", "high": "o_high"}),
                        qed(by("linear", "value", "sums", "parts", "solution", "selected"))]),
                    have("y_nonzero", nonzero(y, m + 2), proof=[
                        obtain(j, ("j_low", "j_high", "w_entry"), "w_nonzero"),
                        cases(
                            case("exchanged", Eq(j, o), witness(m + 2),
                                 have("value", Eq(y(m + 2), w(j)), by("ring", rewrite=["y_def", "exchanged"])),
                                 have("not_zero", Ne(y(m + 2), 0), by("rewrite", "value", "w_entry")),
                                 have("low", num(1) <= m + 2, by("linear", "m_nonnegative")),
                                 qed(by("sign", "not_zero", "low"))),
                            case("kept", Ne(j, o), witness(j),
                                 have("value", Eq(y(j), w(j)), by("ring", rewrite=["y_def"])),
                                 have("not_zero", Ne(y(j), 0), by("rewrite", "value", "w_entry")),
                                 have("high", j <= m + 2, by("linear", "j_high")),
                                 qed(by("logic", "not_zero", "j_low", "high"))))]),
                    cases(
                        case("also_last", Eq(row(y), 0),
                             witness(y),
                             conjunction(
                                 [qed(by("logic", "y_nonzero"))],
                                 [take(i), assume("i_low", "i_high"),
                                  cases(
                                      case("old", i <= m, qed(by("logic", at("y_solves", i)))),
                                      case("new", Eq(i, m + 1), qed(by("rewrite", "new", "also_last"))))])),
                        case("not_last", Ne(row(y), 0),
                             let("s_def", s, row(x)), let("t_def", t, row(y)),
                             have("t_nonzero", Ne(t, 0), by("rewrite", "t_def", "not_last")),
                             witness(Lam(k, t * x(k) - s * y(k))),
                             conjunction(
                                 [witness(o),
                                  have("value", Eq(t * x(o) - s * y(o), t * v(o)), by("ring", rewrite=["x_def", "y_def"])),
                                  have("not_zero", Ne(t * v(o), 0), by("sign", "t_nonzero", "v_entry")),
                                  have("entry", Ne(t * x(o) - s * y(o), 0), by("rewrite", "value", "not_zero")),
                                  have("high", o <= m + 2, by("linear", "o_high")),
                                  qed(by("logic", "entry", "o_low", "high"))],
                                 [take(i), assume("i_low", "i_high"),
                                  have("expand", Eq(Sum(l, 1, m + 2, A(i, l) * (t * x(l) - s * y(l))), t * row(x, i) - s * row(y, i)), by("ring")),
                                  suffices("zero", Eq(t * row(x, i) - s * row(y, i), 0), by("linear", "zero", "expand")),
                                  cases(
                                      case("old", i <= m, qed(by("ring", rewrite=[at("x_solves", i), at("y_solves", i)]))),
                                      case("new", Eq(i, m + 1),
                                           have("own", Eq(row(x, i), s), by("ring", rewrite=["new", "s_def"])),
                                           have("its", Eq(row(y, i), t), by("ring", rewrite=["new", "t_def"])),
                                           qed(by("ring", rewrite=["own", "its"]))))]))),
                ]),
        ]),
        take(A), qed(by("logic", at("all", n, A))),
    ],
)  # fmt: skip

kernel = forall_in(i, 1, m, Eq(Sum(l, 1, n, M(i, l) * v(l)), 0))
reduced = Lam((k, l), Ite(Eq(k, o), M(l, n), M(l, k)))
padded = Lam(k, Ite(k <= n, w(k), 0))


def column(vector, index):
    """The product of the vector with a column of M."""
    return Sum(l, 1, m, vector(l) * M(l, index))


LEFT_KERNEL = theorem(
    "linear_algebra.left_kernel",
    "A kernel on the right gives one on the left",
    variables=[m, n, M, v],
    hypotheses={"tall": n <= m, "nonzero": nonzero(v, n), "kernel": kernel},
    conclusion=Exists(u, And(nonzero(u, m), forall_in(k, 1, n, Eq(column(u, k), 0)))),
    prose="If an $m \\times n$ matrix with $n \\le m$ has a vector $v \\ne 0$ with $M v = 0$, then it has a vector $u \\ne 0$ with $u^\\top M = 0$.",
    source="Classical; here: one column is a combination of the others, which are $n - 1$ equations for $n$ unknowns.",
    proof=[
        obtain(o, ("o_low", "o_high", "v_entry"), "nonzero"),
        have("few", num(0) <= n - 1, by("linear", "o_low", "o_high")),
        apply("solution", "linear_algebra.underdetermined_system", {"n": n - 1}),
        obtain(w, ("w_nonzero", "w_solves"), at("solution", reduced), note="The equations of all columns but one."),
        let("u_def", u, padded),
        have("sums", ForAll(k, Eq(column(u, k), Sum(l, 1, n, w(l) * M(l, k)))), proof=[
            take(k),
            have("zero", forall_in(l, n + 1, m, Eq(u(l) * M(l, k), 0)), proof=[
                take(l), assume("l_low", "l_high"), qed(by("ring", rewrite=["u_def"]))]),
            apply("padded", "linear_algebra.padded_sum", {"n": m, "q": n, "f": Lam(l, u(l) * M(l, k))}, using={"shorter": "tall"}),
            have("terms", forall_in(l, 1, n, Eq(u(l) * M(l, k), w(l) * M(l, k))), proof=[
                take(l), assume("l_low", "l_high"), qed(by("ring", rewrite=["u_def"]))]),
            calc("value", column(u, k),
                 ("=", Sum(l, 1, n, u(l) * M(l, k)), by("logic", "padded")),
                 ("=", Sum(l, 1, n, w(l) * M(l, k)), by("sum", "terms"))),
            qed(by("logic", "value"))]),
        have("others", forall_in(k, 1, n, Implies(Ne(k, o), Eq(column(u, k), 0))), proof=[
            take(k), assume("k_low", "k_high"), assume("other"),
            have("value", Eq(column(u, k), Sum(l, 1, n, w(l) * M(l, k))), by("logic", at("sums", k))),
            cases(
                case("last", Eq(k, n),
                     have("o_before", o <= n - 1, proof=[
                         contradiction("outside", have("same", Eq(k, o), by("linear", "outside", "o_high", "last")), qed(by("logic", "same", "other")))]),
                     have("equation", Eq(Sum(l, 1, n, Ite(Eq(o, o), M(l, n), M(l, o)) * w(l)), 0), by("logic", at("w_solves", o))),
                     have("plain", Eq(Sum(l, 1, n, M(l, n) * w(l)), 0), by("linear", "equation")),
                     qed(by("linear", "value", "plain", rewrite=["last"]))),
                case("before", k <= n - 1,
                     have("equation", Eq(Sum(l, 1, n, Ite(Eq(k, o), M(l, n), M(l, k)) * w(l)), 0), by("logic", at("w_solves", k))),
                     have("plain", Eq(Sum(l, 1, n, M(l, k) * w(l)), 0), by("linear", "equation")),
                     qed(by("linear", "value", "plain"))))]),
        have("combination", Eq(Sum(k, 1, n, v(k) * column(u, k)), 0), proof=[
            calc("exchange", Sum(k, 1, n, v(k) * column(u, k)),
                 ("=", Sum(i, 1, m, u(i) * Sum(l, 1, n, M(i, l) * v(l))), by("ring")),
                 ("=", 0, by("ring", rewrite=["kernel"]))),
            qed(by("logic", "exchange"))]),
        have("terms", forall_in(k, 1, n, Eq(v(k) * column(u, k), Ite(Eq(k, o), v(k) * column(u, k), 0))), proof=[
            take(k), assume("k_low", "k_high"),
            cases(
                case("own", Eq(k, o), qed(by("ring", rewrite=["own"]))),
                case("other", Ne(k, o), qed(by("ring", rewrite=[at("others", k)]))))]),
        have("selected", Eq(Sum(k, 1, n, v(k) * column(u, k)), Sum(k, 1, n, Ite(Eq(k, o), v(k) * column(u, k), 0))), by("sum", "terms")),
        have("single", Eq(Sum(k, 1, n, Ite(Eq(k, o), v(k) * column(u, k), 0)), v(o) * column(u, o)), by("ring")),
        have("own", Eq(column(u, o), 0), proof=[
            contradiction("not_zero",
                have("product", Ne(v(o) * column(u, o), 0), by("sign", "v_entry", "not_zero")),
                have("none", Eq(v(o) * column(u, o), 0), by("linear", "combination", "selected", "single")),
                qed(by("logic", "product", "none")))]),
        witness(u),
        conjunction(
            [obtain(j, ("j_low", "j_high", "w_entry"), "w_nonzero"),
             witness(j),
             have("inside", j <= n, by("linear", "j_high")),
             have("value", Eq(u(j), w(j)), by("ring", rewrite=["u_def"])),
             have("entry", Ne(u(j), 0), by("rewrite", "value", "w_entry")),
             have("high", j <= m, by("linear", "inside", "tall")),
             qed(by("logic", "entry", "j_low", "high"))],
            [take(k), assume("k_low", "k_high"),
             cases(
                 case("own_column", Eq(k, o), qed(by("rewrite", "own_column", "own"))),
                 case("other_column", Ne(k, o), qed(by("logic", at("others", k)))))]),
    ],
    extra={"main": True},
)  # fmt: skip
