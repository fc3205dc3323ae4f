"""Claims: declared variables, hypotheses and a conclusion, read from untrusted text."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from symproof.kernel.definedness import obligations
from symproof.kernel.sequent import Sequent
from symproof.logic.parser import CONSTANTS, FUNCTIONS, IMAGINARY_UNIT, KEYWORDS, ClaimError, parse_proposition
from symproof.logic.sort import INT, REAL
from symproof.logic.term import Term, coerce, free_variables

__all__ = ["SORTS", "Claim", "read_claim"]

SORTS = ("real", "positive", "negative", "nonneg", "integer", "natural", "rational", "complex")
MAX_VARIABLES = 40
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,63}", re.ASCII)


@dataclass(frozen=True)
class Claim:
    """A claim as it was read.

    Attributes:
        sorts: the declared sort of each variable, by name.
        variables: the variables as terms.
        sort_facts: what the sorts say, for example ``x > 0`` of a positive x.
        hypotheses: the hypotheses as given.
        conclusion: the proposition that is claimed.
    """

    sorts: tuple[tuple[str, str], ...]
    variables: tuple[Term, ...]
    sort_facts: tuple[Term, ...]
    hypotheses: tuple[Term, ...]
    conclusion: Term

    @property
    def is_complex(self) -> bool:
        """Whether a variable is complex or the imaginary unit occurs."""
        unit = any(IMAGINARY_UNIT in free_variables(p) for p in (*self.hypotheses, self.conclusion))
        return unit or any(sort == "complex" for _, sort in self.sorts)

    def premises(self) -> tuple[Term, ...]:
        """All that may be assumed: the sorts, and each hypothesis with the propositions that say it is defined.

        A hypothesis holds at a point only if it is defined there: ``log(x) > 0`` includes ``x > 0``.
        """
        found = list(self.sort_facts)
        for hypothesis in self.hypotheses:
            found += [*obligations(hypothesis), hypothesis]
        return tuple(dict.fromkeys(found))

    def sequent(self) -> Sequent:
        """The variables and the premises."""
        result = Sequent(self.variables)
        for premise in self.premises():
            result = result.with_hypothesis("", premise)
        return result


def read_claim(variables: Mapping[str, str], hypotheses: Sequence[str], conclusion: str) -> Claim:
    """Read a claim. Raises ClaimError (an InputError) for anything that the grammar or the sorts do not know."""
    if len(variables) > MAX_VARIABLES:
        raise ClaimError("too many variables", "variables", f"at most {MAX_VARIABLES}", str(len(variables)))
    names = {name: _variable(name, sort) for name, sort in variables.items()}
    facts = [f for name, sort in variables.items() for f in _sort_facts(names[name], sort)]
    given = [parse_proposition(text, names, f"hypothesis {k}") for k, text in enumerate(hypotheses, 1)]
    claimed = parse_proposition(conclusion, names, "claim")
    return Claim(tuple(variables.items()), tuple(names.values()), tuple(facts), tuple(given), claimed)


def _variable(name: str, sort: str) -> Term:
    if not isinstance(name, str) or not _NAME.fullmatch(name):
        raise ClaimError("not a name", "variables", "a letter, then letters, digits and _", repr(name)[:60])
    if name in CONSTANTS or name in FUNCTIONS or name in KEYWORDS:
        raise ClaimError("the name is taken by the grammar", f"variable {name}", "another name", name)
    if sort not in SORTS:
        raise ClaimError("unknown sort", f"variable {name}", "one of " + ", ".join(SORTS), repr(sort)[:60])
    return Term("var", (), name, INT if sort in ("integer", "natural") else REAL)


def _sort_facts(v: Term, sort: str) -> tuple[Term, ...]:
    zero = coerce(0)
    if sort in ("nonneg", "natural"):
        return (v >= zero,)
    return (v > zero,) if sort == "positive" else (v < zero,) if sort == "negative" else ()
