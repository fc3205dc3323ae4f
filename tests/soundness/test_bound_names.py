"""Nested binders keep their variables apart in normal forms and in rewriting."""

from symproof.kernel.normal_form import canonical
from symproof.logic.syntax import Eq, Exists, ForAll, Ne, Sum, family, forall_in, integer

i, j, l, m, n = integer("i j l m n")  # noqa: E741
x = family("x", 2)


def test_canonical_forms_do_not_capture_an_outer_index() -> None:
    """Once "for all i some l: x(i, l) != x(j, l)" became "some l: x(l, l) != x(j, l)"."""
    nested = forall_in(i, 1, m, forall_in(j, 1, m, Exists(l, Ne(x(i, l), x(j, l)))))
    captured = forall_in(i, 1, m, forall_in(j, 1, m, Exists(l, Ne(x(l, l), x(j, l)))))
    assert canonical(nested) != canonical(captured)
    assert canonical(canonical(nested)) == canonical(nested)


def test_sums_inside_quantifiers_keep_their_indices() -> None:
    """The index of a sum is never mistaken for a quantified index of the same height."""
    right = ForAll(i, ForAll(j, Eq(Sum(l, 1, n, x(i, l) * Sum(m, 1, n, x(j, m))), 0)))
    wrong = ForAll(i, ForAll(j, Eq(Sum(l, 1, n, x(l, l) * Sum(m, 1, n, x(j, m))), 0)))
    assert canonical(right) != canonical(wrong)
    assert canonical(right) == canonical(ForAll(j, ForAll(i, Eq(Sum(m, 1, n, Sum(l, 1, n, x(j, m) * x(i, l))), 0))))
