"""Whether terms are what they say: every variable in scope, every bound one its binder's, one notion for each name."""

from __future__ import annotations

from collections.abc import Iterable

from symproof.recheck.refused import Refused
from symproof.recheck.sequent import Sequent
from symproof.recheck.term import BOOL, INT, REAL, Definition, Sort, Term, free_variables

__all__ = ["Wellformed"]


class Wellformed:
    """Looks at the terms of one certificate, at each only once.

    The constructors of ``term`` see to the sorts of operators. Left for here is what depends on what stands around a
    term: the binder of a bound variable, the scope of a free one, and that no two notions share a name.
    """

    def __init__(self) -> None:
        self._notions: dict[str, Definition] = {}
        self._terms: set[Term] = set()
        self._sorts: set[Sort] = set()

    def require(self, terms: Iterable[Term], scope: Iterable[Term]) -> None:
        """Raises Refused unless all is well with ``terms`` where the variables of ``scope`` are known."""
        known = frozenset(scope)
        for term in terms:
            self._look(term, ())
            if strange := free_variables(term) - known:
                names = ", ".join(sorted(v.name for v in strange))
                raise Refused(f"not in scope, at least not with this sort: {names}")

    def require_new(self, variable: Term, sequent: Sequent) -> None:
        """Raises Refused unless this is a variable of a name that is not in scope yet, of a size that is."""
        if variable.op != "var":
            raise Refused(f"a variable is wanted, found {variable}")
        if any(variable.name == v.name for v in sequent.variables):
            raise Refused(f"the name {variable.name} is taken")
        self.require((variable,), (*sequent.variables, variable))

    def statement(self, proposition: Term, scope: Iterable[Term]) -> None:
        """Raises Refused unless this is a well-formed proposition about the variables in scope."""
        self.require((proposition,), scope)
        if proposition.sort != BOOL:
            raise Refused(f"no proposition: {proposition}")

    def _look(self, term: Term, around: tuple[Sort, ...]) -> None:
        """Raises Refused unless a term fits under binders of the sorts ``around``, innermost last."""
        if not term.loose:
            if term in self._terms:
                return
            around = ()
        if term.op == "bound" and not (term.data < len(around) and around[-1 - term.data] == term.sort):
            raise Refused("a bound variable without a binder of its sort")
        inner = (*around, *(b.sort for b in term.binders))
        last = len(term.args) - 1
        for position, argument in enumerate(term.args):
            self._look(argument, inner if position == last else around)
        for sort in (term.sort, *(b.sort for b in term.binders)):
            self._look_at_sort(sort)
        if term.op == "call":
            self._look_at_notion(term.data)
        if not term.loose:
            self._terms.add(term)

    def _look_at_sort(self, sort: Sort) -> None:
        if sort in (REAL, INT, BOOL) or sort in self._sorts:
            return
        if sort.kind == "fun" and len(sort.parts) >= 2 and all(isinstance(part, Sort) for part in sort.parts):
            for part in sort.parts:
                self._look_at_sort(part)
        elif sort.kind == "matrix" and len(sort.parts) == 2 and all(isinstance(part, Term) for part in sort.parts):
            for size in sort.parts:
                self._look(size, ())
                if size.sort != INT:
                    raise Refused(f"the size {size} of a matrix is no integer")
        else:
            raise Refused(f"there is no sort {sort.kind!r} of this form")
        self._sorts.add(sort)

    def _look_at_notion(self, notion: Definition) -> None:
        known = self._notions.get(notion.name)
        if known is not None:
            if known is not notion and known != notion:
                raise Refused(f"two different notions are called {notion.name}")
            return
        for part in (*notion.params, notion.previous, notion.body, notion.base, notion.step):
            if part is not None:
                self._look(part, ())
        self._look_at_sort(notion.sort)
        if self._notions.setdefault(notion.name, notion) != notion:  # one of its own parts has its name
            raise Refused(f"two different notions are called {notion.name}")
