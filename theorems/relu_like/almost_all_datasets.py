"""For more than dx + 1 samples, all data sets but a null set satisfy (C1.1) and (C1.2)."""

from symproof.logic.syntax import (
    And,
    Eq,
    Exists,
    ForAll,
    Implies,
    Ite,
    Lam,
    Ne,
    Or,
    Sum,
    family,
    forall_in,
    integer,
    num,
    variable,
)  # fmt: skip
from symproof.proof.author import (
    apply,
    assume,
    at,
    by,
    case,
    cases,
    conjunction,
    contradiction,
    have,
    let,
    obtain,
    qed,
    take,
    witness,
)  # fmt: skip
from symproof.proof.theorem import Citation, theorem
from theorems.measure.null_set import det, null_set, on_data, polynomial
from theorems.relu_like.network import NOTATION, affine, dx, e, i, j, l, m, v, x, y
from theorems.relu_like.spurious_minimum import DATA, SPURIOUS_MINIMUM
from theorems.works import YUN_2019

size = dx + 2
o, p = integer("o p")
z, q = family("z q")
a = family("a", 2)

exact_fit = Exists((v, e), forall_in(i, 1, m, Eq(affine(dx, x, v, e, i), y(i))))


def same(first, second):
    """Two different samples with equal inputs."""
    return And(num(1) <= first, first <= m, num(1) <= second, second <= m, Ne(first, second),
               forall_in(l, 1, dx, Eq(x(first, l), x(second, l))))  # fmt: skip


repeated = Exists(i, Exists(j, same(i, j)))


def entry(row, column):
    """The matrix whose rows are (x_i, 1, y_i)."""
    return Ite(column <= dx, x(row, column), Ite(Eq(column, dx + 1), 1, y(row)))


data_matrix = Lam((i, j), entry(i, j))
determinant = det(size, data_matrix)
kernel = Exists(z, And(
    forall_in(i, 1, size, Eq(Sum(j, 1, size, entry(i, j) * z(j)), 0)),
    Exists(j, And(num(1) <= j, j <= size, Ne(z(j), 0))),
))  # fmt: skip
one_everywhere = [
    have("one", Exists((x, y), Ne(num(1), 0)), proof=[witness(Lam((i, l), num(0)), Lam(i, num(0))), qed("ring")]),
]

no_fit_part = [
    have("determinant_polynomial", polynomial(m, dx, on_data(determinant)), proof=[
        have("entries", forall_in(i, 1, size, forall_in(j, 1, size, polynomial(m, dx, on_data(entry(i, j))))), proof=[
            take(i), assume("i_low", "i_high"), take(j), assume("j_low", "j_high"),
            have("in_range", i <= m, by("linear", "i_high", "enough")),
            cases(
                case("feature", j <= dx,
                     have("entry", polynomial(m, dx, on_data(x(i, j))), by("logic", at("entries_x", i, j))),
                     qed(by("rewrite", "entry"))),
                case("beyond", j > dx, cases(
                    case("constant", Eq(j, dx + 1),
                         have("entry", polynomial(m, dx, on_data(num(1))), by("logic", at("constants", num(1)))),
                         qed(by("rewrite", "entry"))),
                    case("target", Ne(j, dx + 1),
                         have("entry", polynomial(m, dx, on_data(y(i))), by("logic", at("entries_y", i))),
                         qed(by("rewrite", "entry")))))),
        ]),
        have("closed", Implies(forall_in(i, 1, size, forall_in(j, 1, size, polynomial(m, dx, on_data(entry(i, j))))),
                               polynomial(m, dx, on_data(determinant))),
             by("logic", at("determinants", Lam((x, y, i, j), entry(i, j))))),
        qed(by("logic", "entries", "closed")),
    ]),
    have("determinant_nonzero", Exists((x, y), Ne(determinant, 0)),
         note="For unit vectors and zeros as inputs, and one target 1, the kernel is trivial.", proof=[
        let("x_def", a, Lam((i, l), Ite(Eq(i, l), 1, 0))),
        let("y_def", q, Lam(i, Ite(Eq(i, dx + 2), 1, 0))),
        witness(a, q),
        apply("singular", "measure.singular_matrix", {"n": size, "A": Lam((i, j), Ite(j <= dx, a(i, j), Ite(Eq(j, dx + 1), 1, q(i))))}),
        contradiction("zero",
            have("kernel_vector", Exists(z, And(
                forall_in(i, 1, size, Eq(Sum(j, 1, size, Ite(j <= dx, a(i, j), Ite(Eq(j, dx + 1), 1, q(i))) * z(j)), 0)),
                Exists(j, And(num(1) <= j, j <= size, Ne(z(j), 0))))), by("logic", "singular", "zero")),
            obtain(z, ("rows", "entry"), "kernel_vector"),
            have("intercept", Eq(z(dx + 1), 0), by("ideal", at("rows", dx + 1), rewrite=["x_def", "y_def"], cofactors=[1])),
            have("last", Eq(z(dx + 2), 0), by("ideal", at("rows", dx + 2), "intercept", rewrite=["x_def", "y_def"], cofactors=[1, -1])),
            have("features", forall_in(o, 1, dx, Eq(z(o), 0)), proof=[
                take(o), assume("o_low", "o_high"),
                qed(by("ideal", at("rows", o), "intercept", rewrite=["x_def", "y_def"], cofactors=[1, -1]))]),
            obtain(j, ("j_low", "j_high", "nonzero"), "entry"),
            cases(
                case("feature", j <= dx, qed(by("logic", at("features", j), "nonzero"))),
                case("constant", Eq(j, dx + 1), have("vanishes", Eq(z(j), 0), by("rewrite", "constant", "intercept")), qed(by("logic", "vanishes", "nonzero"))),
                case("target", Eq(j, dx + 2), have("vanishes", Eq(z(j), 0), by("rewrite", "target", "last")), qed(by("logic", "vanishes", "nonzero"))))),
    ]),
    apply("zero_set", "measure.polynomial_zero_set", {"P": on_data(determinant)},
          using={"polynomial": "determinant_polynomial", "nonzero": "determinant_nonzero"}),
    have("fit_inside", ForAll((x, y), Implies(exact_fit, Eq(determinant, 0))),
         note="An exact fit is a kernel vector $(v, e, -1)$ of the matrix with rows $(x_i, 1, y_i)$.", proof=[
        take(x, y), assume("fitted"),
        obtain((v, e), "fits", "fitted"),
        let("q_def", q, Lam(j, Ite(j <= dx, v(j), Ite(Eq(j, dx + 1), e, -1)))),
        have("in_kernel", kernel, proof=[
            witness(q),
            conjunction(
                [take(i), assume("i_low", "i_high"),
                 have("in_range", i <= m, by("linear", "i_high", "enough")),
                 qed(by("ideal", at("fits", i), rewrite=["q_def"], unfold=[affine], cofactors=[1]))],
                [witness(dx + 2),
                 have("minus_one", Ne(q(dx + 2), 0), by("ring", rewrite=["q_def"])),
                 have("low", num(1) <= dx + 2, by("linear", "dimension")),
                 have("high", dx + 2 <= dx + 2, by("ring")),
                 qed(by("logic", "low", "high", "minus_one"))])]),
        apply("singular", "measure.singular_matrix", {"n": size, "A": data_matrix}),
        qed(by("logic", "singular", "in_kernel")),
    ]),
    apply("fit_null", "measure.null_subset", {"S": on_data(exact_fit), "T": on_data(Eq(determinant, 0))},
          using={"null": "zero_set", "subset": "fit_inside"}),
]  # fmt: skip

repeated_part = [
    have("pair_null", ForAll((i, j), null_set(m, dx, on_data(same(i, j)))), proof=[
        take(i, j),
        cases(
            case("proper", And(num(1) <= i, i <= m, num(1) <= j, j <= m, Ne(i, j)),
                 have("first", polynomial(m, dx, on_data(x(i, 1))), by("logic", at("entries_x", i, 1))),
                 have("second", polynomial(m, dx, on_data(x(j, 1))), by("logic", at("entries_x", j, 1))),
                 have("closed", Implies(And(polynomial(m, dx, on_data(x(i, 1))), polynomial(m, dx, on_data(x(j, 1)))),
                                        polynomial(m, dx, on_data(x(i, 1) - x(j, 1)))),
                      by("logic", at("differences", on_data(x(i, 1)), on_data(x(j, 1))))),
                 have("difference", polynomial(m, dx, on_data(x(i, 1) - x(j, 1))), by("logic", "closed", "first", "second")),
                 have("nonzero", Exists((x, y), Ne(x(i, 1) - x(j, 1), 0)), proof=[
                     witness(Lam((o, l), o), Lam(o, num(0))), qed(by("sign", "proper"))]),
                 apply("pair_zero_set", "measure.polynomial_zero_set", {"P": on_data(x(i, 1) - x(j, 1))},
                       using={"polynomial": "difference", "nonzero": "nonzero"}),
                 have("inside", ForAll((x, y), Implies(same(i, j), Eq(x(i, 1) - x(j, 1), 0))), proof=[
                     take(x, y), assume("i_low", "i_high", "j_low", "j_high", "unequal", "equal"),
                     qed(by("linear", at("equal", 1)))]),
                 apply("null", "measure.null_subset", {"S": on_data(same(i, j)), "T": on_data(Eq(x(i, 1) - x(j, 1), 0))},
                       using={"null": "pair_zero_set", "subset": "inside"}),
                 qed(by("logic", "null"))),
            case("improper", Or(num(1) > i, i > m, num(1) > j, j > m, Eq(i, j)),
                 have("constant", polynomial(m, dx, on_data(num(1))), by("logic", at("constants", num(1)))),
                 *one_everywhere,
                 apply("empty", "measure.polynomial_zero_set", {"P": on_data(num(1))},
                       using={"polynomial": "constant", "nonzero": "one"}),
                 have("inside", ForAll((x, y), Implies(same(i, j), Eq(num(1), 0))), by("logic", "improper")),
                 apply("null", "measure.null_subset", {"S": on_data(same(i, j)), "T": on_data(Eq(num(1), 0))},
                       using={"null": "empty", "subset": "inside"}),
                 qed(by("logic", "null")))),
    ]),
    have("row_null", ForAll(i, null_set(m, dx, on_data(Exists(j, same(i, j))))), proof=[
        take(p),
        have("columns", ForAll(i, null_set(m, dx, on_data(same(p, i)))), proof=[take(j), qed(by("logic", at("pair_null", p, j)))]),
        apply("null", "measure.null_union", {"U": Lam((i, x, y), same(p, i))}, using={"null": "columns"}),
        qed(by("logic", "null")),
    ]),
    apply("repeated_null", "measure.null_union", {"U": Lam((i, x, y), Exists(j, same(i, j)))}, using={"null": "row_null"}),
]  # fmt: skip

EXCEPTIONAL_DATA = theorem(
    "relu_like.exceptional_data",
    "The exceptional data sets form a null set",
    variables=[m, dx],
    hypotheses={"dimension": num(1) <= dx, "enough": dx + 2 <= m},
    conclusion=null_set(m, dx, on_data(Or(exact_fit, repeated))),
    prose="For more than $d_x + 1$ samples, the data sets with an exact affine fit (against C1.1) or with two equal inputs (against "
    "C1.2) form a null set: they lie in the zero sets of a determinant and of differences of entries.",
    origin=Citation(YUN_2019, "remark after the theorem on ReLU-like networks"),
    proof=[
        apply(("constants", "entries_x", "entries_y", "differences", "determinants"), "measure.polynomials", {"n": size}),
        *no_fit_part,
        *repeated_part,
        apply("both", "measure.null_or", {"S": on_data(exact_fit), "T": on_data(repeated)},
              using={"first": "fit_null", "second": "repeated_null"}),
    ],
    notation=NOTATION,
)  # fmt: skip

negated_same = Or(
    num(1) > i, i > m, num(1) > j, j > m, Eq(i, j), Exists(l, And(num(1) <= l, l <= dx, Ne(x(i, l), x(j, l))))
)
unique_part = [
    have("unique_here", DATA["C1.2"], proof=[
        take(i), assume("i_low", "i_high"), take(j), assume("j_low", "j_high"), assume("unequal"),
        qed(by("logic", at("unique", i, j), "i_low", "i_high", "j_low", "j_high", "unequal"))]),
    qed(by("logic", "unique_here")),
]  # fmt: skip

NETWORK = {label: DATA[label] for label in ("C1.3 activation", "C1.3 slopes", "C1.4")}
N = variable("N", on_data(exact_fit).sort)

ALMOST_ALL_DATASETS = theorem(
    "relu_like.almost_all_datasets",
    "Almost all data sets have spurious local minima",
    variables=[v_ for v_ in SPURIOUS_MINIMUM.variables if v_ not in (x, y)],
    hypotheses={"dimension": num(1) <= dx, "enough": dx + 2 <= m, **NETWORK},
    conclusion=Exists(N, And(null_set(m, dx, N), ForAll((x, y), Or(N(x, y), SPURIOUS_MINIMUM.conclusion)))),
    prose="For more than $d_x + 1$ samples, all data sets but those of a null set give the network a spurious local minimum.",
    origin=Citation(YUN_2019, "remark after the theorem on ReLU-like networks"),
    extra={"main": True},
    proof=[
        apply("exceptional", "relu_like.exceptional_data"),
        witness(on_data(Or(exact_fit, repeated))),
        conjunction(
            [qed(by("logic", "exceptional"))],
            [take(x, y),
             have("no_fit_or_fit", Or(exact_fit, DATA["C1.1"]), proof=[
                 cases(case("fits", exact_fit, qed(by("logic", "fits"))), case("misses", DATA["C1.1"], qed(by("logic", "misses"))))]),
             have("repeated_or_not", Or(repeated, DATA["C1.2"]), proof=[
                 cases(case("repeats", repeated, qed(by("logic", "repeats"))),
                       case("unique", ForAll((i, j), negated_same), *unique_part))]),
             cases(
                 case("exception", Or(exact_fit, repeated), qed(by("logic", "exception"))),
                 case("ordinary", And(DATA["C1.1"], DATA["C1.2"]),
                      have("C1.1", DATA["C1.1"], by("logic", "ordinary")),
                      have("C1.2", DATA["C1.2"], by("logic", "ordinary")),
                      apply("minimum", "relu_like.spurious_minimum"),
                      qed(by("logic", "minimum"))),
                 exhaustive=by("logic", "no_fit_or_fit", "repeated_or_not"))]),
    ],
    notation=NOTATION,
)  # fmt: skip
