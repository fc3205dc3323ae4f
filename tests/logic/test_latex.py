"""Terms as formulas: what is shown says what the term says."""

from symproof.logic.collected_sum import collected
from symproof.logic.latex import sort_to_latex, to_latex
from symproof.logic.syntax import And, Eq, ForAll, Implies, Ite, Lam, Sum, family, integer, num, real
from theorems.deep_linear.objective import F, G, layer_gradient, objective, whole
from theorems.deep_linear.product import L, W, a, b, c, d, j, k, product
from theorems.deep_linear.squared_loss import squared

i = integer("i")
t, u = real("t u")


def test_sums_are_collected() -> None:
    shown = {
        j + (L - j): "L",
        j + k + 1 - j: "k + 1",
        j - (j + 1): "-1",
        2 * i - L: r"2\,i - L",
        0 - L: "-L",
        i - i: "0",
    }
    for term, text in shown.items():
        assert to_latex(collected(term)) == text
    assert collected(t + t - t) == t + t - t, "real numbers are left as they are"


def test_products_of_layers_name_their_first_and_last_layer() -> None:
    assert to_latex(product(L, 0, d, W, a, b)) == r"\bigl(W_{L} \cdots W_{1}\bigr)_{a,b}"
    assert to_latex(product(L - j, j, d, W, a, b)) == r"\bigl(W_{L} \cdots W_{j + 1}\bigr)_{a,b}"
    assert to_latex(F(whole(W))) == r"F\left(W_{L} \cdots W_{1}\right)"
    assert to_latex(objective(L, d, F, W)) == r"F(W_{L} \cdots W_{1})"
    shown = to_latex(layer_gradient(L, d, W, G, j, a, b))
    assert r"(W_{L} \cdots W_{j + 1})^\top G\,(W_{j - 1} \cdots W_{1})^\top" in shown


def test_a_table_is_shown_without_indices_only_if_it_is_the_whole_product() -> None:
    inner = Lam((a, b), product(a, 0, d, W, a, b))
    turned = Lam((a, b), product(L, 0, d, W, b, a))
    for table in (inner, turned):
        assert to_latex(table).startswith(r"(a, b) \mapsto")


def test_a_loss_that_is_given_by_a_formula_is_put_in() -> None:
    assert to_latex(squared(W)) == r"\tfrac12 \sum_{i=1}^{m} \lVert W_{L} \cdots W_{1}\,x_i - y_i \rVert^2"


def test_the_identity_and_transposes_have_their_signs() -> None:
    unit = Ite(Eq(a, b), num(1), num(0))
    assert to_latex(Lam((a, b), unit)) == "I"
    assert to_latex(Lam((a, b), Ite(Eq(a, b), num(0), num(1)))).startswith("(a, b)")
    assert to_latex(Lam((a, b), Ite(Eq(a, a), num(1), num(0)))).startswith("(a, b)")
    assert to_latex(Lam((a, b), G(b, a))) == r"G^\top"
    assert to_latex(Lam((i, a, b), W(L - i, b, a))) == r"i \mapsto W_{L - i}^\top"
    assert to_latex(Lam((i, a, b), W(a, b, a))).startswith("(i, a, b)"), "the first index is no parameter"


def test_inequalities_are_joined_only_where_they_meet() -> None:
    assert to_latex(And(num(1) <= j, j <= L, a < b, b <= c)) == r"1 \le j \le L \;\land\; a < b \le c"
    assert to_latex(And(num(1) <= j, k <= L)) == r"1 \le j \;\land\; k \le L"
    assert to_latex(And(j >= k, k <= L)) == r"j \ge k \;\land\; k \le L"


def test_only_integers_run_through_ranges() -> None:
    """``0 <= t <= 1`` of a real number is not the two numbers 0 and 1."""
    of_reals = ForAll(t, Implies(And(num(0) <= t, t <= num(1)), t * t <= t))
    of_integers = ForAll(i, Implies(And(num(0) <= i, i <= num(1)), i * i <= i))
    assert to_latex(of_reals).startswith(r"\forall\, t \colon\; 0 \le t \le 1 \implies")
    assert to_latex(of_integers).startswith(r"\forall\, i = 0, \dots, 1")
    assert ".." in str(of_integers) and ".." not in str(of_reals)


def test_a_division_that_makes_an_integer_real_is_not_shown() -> None:
    assert to_latex(num(1) / 1) == "1" and to_latex(t / 1) == r"\frac{t}{1}" and to_latex(num(1) / 2) == r"\frac{1}{2}"


def test_sums_inside_products_keep_their_parentheses() -> None:
    assert to_latex(Sum(i, 1, L, t) * u) == r"\left(\sum_{i=1}^{L} t\right)\,u"


def test_families_that_are_given_by_a_formula_get_a_letter() -> None:
    """A letter that is not in use, with the bound variables that the family depends on."""
    turned = Lam((i, a, b), W(L + 1 - i, b, a))
    assert to_latex(product(k, j, d, turned, a, b)) == (
        r"\bigl(U_{j + k} \cdots U_{j + 1}\bigr)_{a,b} \quad \text{where } U_{i} = W_{L + 1 - i}^\top"
    )
    moved = Lam((i, a, b), W(i, a, b) + t * G(a, b))
    shown = to_latex(ForAll(t, Eq(objective(L, d, F, moved), objective(L, d, F, W))))
    assert r"F(U^{t}_{L} \cdots U^{t}_{1}) = F(W_{L} \cdots W_{1})" in shown
    assert shown.endswith(r"where } U^{t}_{i, a, b} = W_{i,a,b} + t\,G_{a,b}")
    named = family("U", 3)
    assert "V^{t}" in to_latex(ForAll(t, Eq(objective(L, d, F, moved), objective(L, d, F, named))))


def test_the_argument_of_a_loss_is_a_table() -> None:
    assert sort_to_latex(F) == r"F \colon \left(\mathbb{Z} \times \mathbb{Z} \to \mathbb{R}\right) \to \mathbb{R}"
