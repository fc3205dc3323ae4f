"""Every table is a product of layers that are wide enough: itself in one layer, and identities in the others."""

from symproof.logic.syntax import Eq, Exists, ForAll, Implies, Ite, Lam, Ne, Sum, forall_in, num
from symproof.proof.author import (
    assume,
    at,
    by,
    calc,
    case,
    cases,
    contradiction,
    have,
    induction,
    let,
    qed,
    take,
    witness,
)  # fmt: skip
from symproof.proof.theorem import theorem
from theorems.deep_linear.objective import Q
from theorems.deep_linear.product import NOTATION, L, V, a, b, c, d, j, k, product
from theorems.deep_linear.product_invariance import ORIGIN
from theorems.deep_linear.widths import narrow_input, narrow_output, widths

identity_entry = Ite(Eq(a, b), num(1), num(0))
last_layer = Lam((j, a, b), Ite(Eq(j, L), Ite(b <= d(0), Q(a, b), 0), identity_entry))
first_layer = Lam((j, a, b), Ite(Eq(j, 1), Ite(a <= d(L), Q(a, b), 0), identity_entry))
factors = forall_in(a, 1, d(L), forall_in(b, 1, d(0), Eq(product(L, 0, d, V, a, b), Q(a, b))))


def copies(value, layer):
    """The product of the first layers has these entries."""
    return forall_in(a, 1, d(layer), forall_in(b, 1, d(0), Eq(product(layer, 0, d, V, a, b), value(a, b))))


def copied(value, beyond):
    """Layer k + 1 is an identity: it copies the entries ``value`` of the product of the k layers before it.

    ``beyond`` proves that the value is 0 in rows after d_k.
    """
    return [
        take(a), assume("a_low", "a_high"), take(b), assume("b_low", "b_high"),
        have("terms", forall_in(c, 1, d(k), Eq(V(k + 1, a, c) * product(k, 0, d, V, c, b), Ite(Eq(a, c), value(a, b), 0))), proof=[
            take(c), assume("c_low", "c_high"),
            have("known", Eq(product(k, 0, d, V, c, b), value(c, b)), by("logic", at("before", c, b))),
            have("weight", Eq(V(k + 1, a, c), Ite(Eq(a, c), num(1), num(0))), by("ring", rewrite=["V_def"])),
            cases(
                case("same", Eq(a, c), qed(by("ring", rewrite=["weight", "known", "same"]))),
                case("different", Ne(a, c), qed(by("ring", rewrite=["weight"]))))]),
        calc("value", product(k + 1, 0, d, V, a, b),
             ("=", Sum(c, 1, d(k), V(k + 1, a, c) * product(k, 0, d, V, c, b)), by("ring", unfold=[product])),
             ("=", Sum(c, 1, d(k), Ite(Eq(a, c), value(a, b), 0)), by("sum", "terms"))),
        cases(
            case("row_inside", a <= d(k),
                 have("selected", Eq(Sum(c, 1, d(k), Ite(Eq(a, c), value(a, b), 0)), value(a, b)), by("ring")),
                 qed(by("linear", "value", "selected"))),
            case("row_outside", a > d(k),
                 have("none", forall_in(c, 1, d(k), Eq(Ite(Eq(a, c), value(a, b), 0), 0)), proof=[
                     take(c), assume("c_low", "c_high"),
                     have("apart", Ne(a, c), proof=[contradiction("same", qed(by("linear", "same", "row_outside", "c_high")))]),
                     qed(by("ring"))]),
                 have("zero", Eq(Sum(c, 1, d(k), Ite(Eq(a, c), value(a, b), 0)), 0), by("ring", rewrite=["none"])),
                 have("beyond", Eq(value(a, b), 0), proof=beyond),
                 qed(by("linear", "value", "zero", "beyond")))),
    ]  # fmt: skip


unit = Lam((a, b), identity_entry)
rows = Lam((a, b), Ite(a <= d(L), Q(a, b), 0))

FACTORIZATION = theorem(
    "deep_linear.factorization",
    "Every table is a product of wide layers",
    variables=[L, d, Q],
    hypotheses={"depth": num(1) <= L, "widths": widths},
    conclusion=Exists(V, factors),
    prose="If every hidden layer is at least as wide as the input or the output, whichever is smaller, then every $d_L \\times d_0$ table is "
    "the product of the layers of some network.",
    origin=ORIGIN,
    source="The last layer (where the input is narrow) or the first one is the table, the others are identities, filled up with zeros.",
    proof=[
        cases(
            case("input_narrower", d(0) <= d(L),
                 *narrow_input,
                 let("V_def", V, last_layer),
                 have("all", ForAll(k, Implies(num(0) <= k, Implies(k <= L - 1, copies(unit, k)))), proof=[
                     induction(k,
                         base=[assume("inside"), take(a), assume("a_low", "a_high"), take(b), assume("b_low", "b_high"),
                               qed(by("ring", unfold=[product]))],
                         hypothesis="shorter", bound="k_nonnegative",
                         step=[
                             assume("inside"),
                             have("inside_before", k <= L - 1, by("linear", "inside")),
                             have("before", copies(unit, k), by("logic", "shorter", "inside_before")),
                             have("wide_k", d(0) <= d(k), proof=[
                                 cases(case("input", Eq(k, 0), qed(by("linear", rewrite=["input"]))),
                                       case("hidden", num(1) <= k, qed(by("logic", at("wide", k)))))]),
                             *copied(unit, [
                                 have("apart", Ne(a, b), proof=[
                                     contradiction("same", qed(by("linear", "same", "row_outside", "wide_k", "b_high")))]),
                                 qed(by("ring"))]),
                         ]),
                 ]),
                 have("before", copies(unit, L - 1), proof=[
                     take(a), assume("a_low", "a_high"), take(b), assume("b_low", "b_high"), qed(by("logic", at("all", L - 1, a, b)))]),
                 have("wide_last", d(0) <= d(L - 1), proof=[
                     cases(case("one_layer", Eq(L, 1), qed(by("linear", rewrite=["one_layer"]))),
                           case("more", num(2) <= L, qed(by("logic", at("wide", L - 1)))))]),
                 witness(V),
                 take(a), assume("a_low", "a_high"), take(b), assume("b_low", "b_high"),
                 have("terms", forall_in(c, 1, d(L - 1), Eq(V(L, a, c) * product(L - 1, 0, d, V, c, b), Ite(Eq(c, b), Q(a, b), 0))), proof=[
                     take(c), assume("c_low", "c_high"),
                     have("known", Eq(product(L - 1, 0, d, V, c, b), unit(c, b)), by("logic", at("before", c, b))),
                     have("weight", Eq(V(L, a, c), Ite(c <= d(0), Q(a, c), 0)), by("ring", rewrite=["V_def"])),
                     cases(
                         case("same", Eq(c, b), qed(by("ring", rewrite=["weight", "known", "same"]))),
                         case("different", Ne(c, b), qed(by("ring", rewrite=["known"]))))]),
                 calc("value", product(L, 0, d, V, a, b),
                      ("=", Sum(c, 1, d(L - 1), V(L, a, c) * product(L - 1, 0, d, V, c, b)), by("ring", unfold=[product])),
                      ("=", Sum(c, 1, d(L - 1), Ite(Eq(c, b), Q(a, b), 0)), by("sum", "terms")),
                      ("=", Q(a, b), by("ring"))),
                 qed(by("logic", "value"))),
            case("output_narrower", d(L) < d(0),
                 *narrow_output,
                 let("V_def", V, first_layer),
                 have("all", ForAll(k, Implies(num(1) <= k, Implies(k <= L, copies(rows, k)))), proof=[
                     induction(k,
                         base=[assume("inside"), take(a), assume("a_low", "a_high"), take(b), assume("b_low", "b_high"),
                               have("weight", Eq(V(1, a, b), rows(a, b)), by("ring", rewrite=["V_def"])),
                               have("one", Eq(product(1, 0, d, V, a, b), V(1, a, b)), by("ring", unfold=[product])),
                               qed(by("linear", "one", "weight"))],
                         hypothesis="shorter", bound="k_positive",
                         step=[
                             assume("inside"),
                             have("inside_before", k <= L, by("linear", "inside")),
                             have("before", copies(rows, k), by("logic", "shorter", "inside_before")),
                             have("wide_k", d(L) <= d(k), by("logic", at("wide", k))),
                             *copied(rows, [qed(by("ring"))]),
                         ]),
                 ]),
                 witness(V),
                 take(a), assume("a_low", "a_high"), take(b), assume("b_low", "b_high"),
                 have("own", Eq(product(L, 0, d, V, a, b), rows(a, b)), by("logic", at("all", L, a, b))),
                 have("row", Eq(rows(a, b), Q(a, b)), by("ring")),
                 qed(by("linear", "own", "row")))),
    ],
    notation={**NOTATION},
)  # fmt: skip
