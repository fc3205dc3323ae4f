"""Null sets and polynomials in the entries of a data set (x_(i,l), y_i), i <= m, l <= dx.

The notions are primitive and their properties are cited: every result that rests on them shows as cited.
"""

from symproof.logic.definition import primitive
from symproof.logic.sort import BOOL, INT, REAL, fun_sort
from symproof.logic.syntax import (
    And,
    Eq,
    Exists,
    ForAll,
    Iff,
    Implies,
    Lam,
    Ne,
    Or,
    Sum,
    family,
    forall_in,
    integer,
    num,
    real,
    variable,
)  # fmt: skip
from symproof.proof.author import apply, assume, by, case, cases, have, qed, take, witness
from symproof.proof.theorem import Citation, theorem
from theorems.works import CARON_2005, LANG_2002, RUDIN_1987

m, dx, n, i, j, l = integer("m dx n i j l")
c = real("c")
x = family("x", 2)
y, z = family("y z")
POINT = (x.sort, y.sort)
S, T = variable("S", fun_sort(*POINT, BOOL)), variable("T", fun_sort(*POINT, BOOL))
U = variable("U", fun_sort(INT, *POINT, BOOL))
P, Q = variable("P", fun_sort(*POINT, REAL)), variable("Q", fun_sort(*POINT, REAL))
M = variable("M", fun_sort(*POINT, INT, INT, REAL))
A = family("A", 2)

null_set = primitive(
    "measure.null_set", (m, dx, S), BOOL, latex=r"{2}\text{{ is a null set}}",
    doc="The data sets $(x, y)$ in $\\mathbb{R}^{m d_x} \\times \\mathbb{R}^m$ with property $S$ form a set of Lebesgue measure 0.",
)  # fmt: skip
polynomial = primitive(
    "measure.polynomial", (m, dx, P), BOOL, latex=r"{2}\text{{ is a polynomial}}",
    doc="$P$ is a polynomial in the entries $x_{i,l}$ and $y_i$ with $i \\le m$ and $l \\le d_x$.",
)  # fmt: skip
det = primitive(
    "linear_algebra.det",
    (n, A),
    REAL,
    latex=r"\det_{{{0}}}\left({1}\right)",
    doc="The determinant of the $n \\times n$ matrix $A$ (1 for $n < 1$).",
)


def on_data(body):
    """The function (x, y) -> body."""
    return Lam((x, y), body)


POLYNOMIAL_ZERO_SET = theorem(
    "measure.polynomial_zero_set",
    "The zero set of a non-zero polynomial",
    variables=[m, dx, P],
    hypotheses={"polynomial": polynomial(m, dx, P), "nonzero": Exists((x, y), Ne(P(x, y), 0))},
    conclusion=null_set(m, dx, on_data(Eq(P(x, y), 0))),
    prose="The zero set of a polynomial that is not the zero polynomial has Lebesgue measure 0.",
    citation=Citation(CARON_2005, "main theorem"),
)  # fmt: skip

NULL_SUBSET = theorem(
    "measure.null_subset",
    "Subsets of null sets",
    variables=[m, dx, S, T],
    hypotheses={"null": null_set(m, dx, T), "subset": ForAll((x, y), Implies(S(x, y), T(x, y)))},
    conclusion=null_set(m, dx, S),
    prose="A subset of a null set is a null set (Lebesgue measure is complete).",
    citation=Citation(RUDIN_1987, "Theorem 1.36 and Theorem 2.20"),
)

NULL_UNION = theorem(
    "measure.null_union",
    "Countable unions of null sets",
    variables=[m, dx, U],
    hypotheses={"null": ForAll(i, null_set(m, dx, on_data(U(i, x, y))))},
    conclusion=null_set(m, dx, on_data(Exists(i, U(i, x, y)))),
    prose="The union of countably many null sets is a null set.",
    citation=Citation(RUDIN_1987, "Theorem 1.19"),
)

POLYNOMIALS = theorem(
    "measure.polynomials",
    "Polynomials in the data",
    variables=[m, dx, n],
    conclusion=And(
        ForAll(c, polynomial(m, dx, on_data(c))),
        forall_in(i, 1, m, forall_in(l, 1, dx, polynomial(m, dx, on_data(x(i, l))))),
        forall_in(i, 1, m, polynomial(m, dx, on_data(y(i)))),
        ForAll((P, Q), Implies(And(polynomial(m, dx, P), polynomial(m, dx, Q)), polynomial(m, dx, on_data(P(x, y) - Q(x, y))))),
        ForAll(M, Implies(
            forall_in(i, 1, n, forall_in(j, 1, n, polynomial(m, dx, on_data(M(x, y, i, j))))),
            polynomial(m, dx, on_data(det(n, Lam((i, j), M(x, y, i, j))))),
        )),
    ),
    prose="Constants and entries are polynomials, differences of polynomials are, and so is a determinant of polynomials.",
    citation=Citation(LANG_2002, "IV section 1 (polynomials), XIII section 4 (determinants)"),
)  # fmt: skip

SINGULAR = theorem(
    "measure.singular_matrix",
    "The determinant decides whether the kernel is trivial",
    variables=[n, A],
    hypotheses={"size": num(1) <= n},
    conclusion=Iff(
        Eq(det(n, A), 0),
        Exists(
            z,
            And(
                forall_in(i, 1, n, Eq(Sum(j, 1, n, A(i, j) * z(j)), 0)),
                Exists(j, And(num(1) <= j, j <= n, Ne(z(j), 0))),
            ),
        ),
    ),
    prose="$\\det A = 0$ if and only if $A z = 0$ for some $z$ that is not zero.",
    citation=Citation(LANG_2002, "XIII section 4 (determinants)"),
)

NULL_OR = theorem(
    "measure.null_or",
    "The union of two null sets",
    variables=[m, dx, S, T],
    hypotheses={"first": null_set(m, dx, S), "second": null_set(m, dx, T)},
    conclusion=null_set(m, dx, on_data(Or(S(x, y), T(x, y)))),
    prose="The union of two null sets is a null set.",
    source="From countable unions.",
    proof=[
        have("each", ForAll(i, null_set(m, dx, on_data(Or(And(Eq(i, 0), S(x, y)), And(Ne(i, 0), T(x, y)))))), proof=[
            take(i),
            cases(
                case("zero", Eq(i, 0),
                     have("inside", ForAll((x, y), Implies(Or(And(Eq(i, 0), S(x, y)), And(Ne(i, 0), T(x, y))), S(x, y))),
                          by("logic", "zero")),
                     apply("null", "measure.null_subset",
                           {"S": on_data(Or(And(Eq(i, 0), S(x, y)), And(Ne(i, 0), T(x, y)))), "T": S}),
                     qed(by("logic", "null"))),
                case("other", Ne(i, 0),
                     have("inside", ForAll((x, y), Implies(Or(And(Eq(i, 0), S(x, y)), And(Ne(i, 0), T(x, y))), T(x, y))),
                          by("logic", "other")),
                     apply("null", "measure.null_subset",
                           {"S": on_data(Or(And(Eq(i, 0), S(x, y)), And(Ne(i, 0), T(x, y)))), "T": T}),
                     qed(by("logic", "null")))),
        ]),
        apply("union", "measure.null_union", {"U": Lam((i, x, y), Or(And(Eq(i, 0), S(x, y)), And(Ne(i, 0), T(x, y))))}),
        have("inside", ForAll((x, y), Implies(Or(S(x, y), T(x, y)), Exists(i, Or(And(Eq(i, 0), S(x, y)), And(Ne(i, 0), T(x, y)))))), proof=[
            take(x, y), assume("member"),
            cases(
                case("in_first", S(x, y), witness(0), have("zero", Eq(num(0), 0), by("ring")), qed(by("logic", "zero", "in_first"))),
                case("in_second", T(x, y), witness(1), have("one", Ne(num(1), 0), by("ring")), qed(by("logic", "one", "in_second"))),
                exhaustive=by("logic", "member")),
        ]),
        apply("null", "measure.null_subset",
              {"S": on_data(Or(S(x, y), T(x, y))), "T": on_data(Exists(i, Or(And(Eq(i, 0), S(x, y)), And(Ne(i, 0), T(x, y)))))},
              using={"subset": "inside", "null": "union"}),
    ],
)  # fmt: skip
