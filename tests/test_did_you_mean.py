from symproof.did_you_mean import did_you_mean


def test_near_names_are_suggested_best_first() -> None:
    assert did_you_mean("chekc", ["check", "show", "list"]) == "Did you mean 'check'?"
    assert did_you_mean("Proove", ["prove"]) == "Did you mean 'prove'?"


def test_nothing_near_means_no_hint() -> None:
    assert did_you_mean("zzz", ["check", "show"]) == ""


def test_a_huge_name_costs_nothing() -> None:
    assert did_you_mean("x" * 10_000_000, ["check"] * 10_000) == ""
