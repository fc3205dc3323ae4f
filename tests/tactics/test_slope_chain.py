"""Inequalities by chains of slopes: sharp true ones are proved; near misses and missing side conditions never are."""

from __future__ import annotations

import time

import pytest

from symproof.tactics.prove import prove_claim


@pytest.fixture(autouse=True)
def processor_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """What else the machine does changes no answer."""
    monkeypatch.setattr(time, "monotonic", time.process_time)


TRUE = [
    ({"x": "real"}, ["0 < x", "x < pi/2"], "2*sin(x) + tan(x) > 3*x"),  # the coefficient of x is divided out
    ({"x": "positive"}, [], "(1 + 1/x)**(x + 1) > E"),  # tight at infinity
    ({"x": "positive"}, [], "log(1 + 1/x) > 2/(2*x + 1)"),
    ({"x": "positive", "y": "positive"}, ["x < y"], "(y - x)/(log(y) - log(x)) <= (x + y)/2"),  # an end with a variable
    ({"x": "positive", "y": "real"}, [], "x*y <= x*log(x) - x + exp(y)"),  # tight at x = exp(y)
    ({"p": "real", "q": "real"}, ["0<p", "p<1", "0<q", "q<1"], "p*log(p/q) + (1-p)*log((1-p)/(1-q)) >= 2*(p-q)**2"),
    ({"x": "real", "y": "real"}, [], "exp(x) + 2*exp(y) >= 3*exp((x + 2*y)/3)"),  # exponentials as variables
    ({"a": "positive", "b": "positive"}, [], "(2*log(a) + log(b))/3 <= log((2*a + b)/3)"),  # logarithms joined
    ({"x": "real"}, ["exp(x)*(1 + x**2) == 1"], "x == 0"),  # one root
    ({"a": "real", "b": "real", "c": "real"}, ["a + b + c == pi"], "cos(a + b) == -cos(c)"),  # solved for a variable
]
FALSE = [
    ({"x": "real", "y": "real"}, [], "exp(x) + exp(y) >= 3*exp((x + y)/2)"),
    ({"a": "positive", "b": "positive"}, [], "(2*log(a) + log(b))/3 < log((2*a + b)/3)"),
    ({"x": "real"}, ["sin(pi*x) == 0"], "x == 1"),
    ({"x": "real"}, ["0 < x", "x < pi/2"], "2*sin(x) + tan(x) > 3*x + x**5/20 + x**7"),
    ({"x": "positive"}, [], "(1 + 1/x)**(x + 2/5) > E"),
    ({"x": "positive", "y": "positive"}, ["x < y"], "(y - x)/(log(y) - log(x)) <= (2*x + y)/3"),
    ({"p": "real", "q": "real"}, ["0<p", "p<1", "0<q", "q<1"], "p*log(p/q) + (1-p)*log((1-p)/(1-q)) >= 3*(p-q)**2"),
    ({"x": "real"}, ["0 < x", "x < pi"], "tan(x) > x"),  # the pole at pi/2 lies inside
    ({"x": "real"}, ["x > -1"], "log(1 + 1/x) > 0"),  # not defined everywhere
]


@pytest.mark.parametrize("claim", TRUE, ids=str)
def test_sharp_inequalities_are_proved(claim: tuple[dict[str, str], list[str], str]) -> None:
    assert prove_claim(*claim).status == "proved"


@pytest.mark.parametrize("claim", FALSE, ids=str)
def test_near_misses_are_not_proved(claim: tuple[dict[str, str], list[str], str]) -> None:
    assert prove_claim(*claim, 2.0).status in ("refuted", "unknown")
