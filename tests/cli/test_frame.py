"""The frame of the command line: exit codes, one message, one JSON object."""

import json
from pathlib import Path

import pytest

from symproof import __version__
from symproof.cli.command_table import COMMANDS
from symproof.cli.main import main
from tests.cli.sample_commands import TABLE


def run(*words: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    code = main(words, commands=TABLE)
    captured = capsys.readouterr()
    return code, captured.out, captured.err


@pytest.mark.parametrize(("claim", "code"), [("yes", 0), ("no", 1), ("undecided", 3)])
def test_an_answer_is_printed_and_gives_the_exit_code(
    claim: str, code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("sample", claim, capsys=capsys) == (code, f"claim ∀ {claim}\n", "")


@pytest.mark.parametrize("words", [("--json", "sample", "no", "--width", "3"), ("sample", "no", "--width=3", "--json")])
def test_json_is_one_object_wherever_the_flag_stands(
    words: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = run(*words, capsys=capsys)
    assert (code, err) == (1, "")
    assert json.loads(out) == {"claim": "no", "width": 3, "given": None}


def test_what_a_library_prints_does_not_reach_the_json(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run("sample", "stray", "--json", capsys=capsys)
    assert code == 0
    assert json.loads(out)["claim"] == "stray"
    assert err == "a library prints this\n"


def test_json_is_ascii_so_that_any_locale_can_print_it(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run("sample", "∀", "--json", capsys=capsys)
    assert out.isascii()
    assert json.loads(out)["claim"] == "∀"


def test_bad_input_is_one_message_with_place_expected_and_found(capsys: pytest.CaptureFixture[str]) -> None:
    expected = "symproof: --var x:reall: unknown sort; expected real; found reall\n"
    assert run("sample", "bad", capsys=capsys) == (2, "", expected)


def test_bad_input_is_one_json_object(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run("sample", "bad", "--json", capsys=capsys)
    assert (code, err) == (2, "")
    assert json.loads(out)["error"]["where"] == "--var x:reall"


def test_a_command_may_answer_that_the_input_is_bad(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("sample", "invalid", capsys=capsys) == (2, "", "symproof: the claim is invalid\n")
    code, out, _ = run("sample", "invalid", "--json", capsys=capsys)
    assert (code, json.loads(out)) == (2, {"status": "invalid"})


USAGE = {
    "no command": ((), "no command is given"),
    "unknown command": (("smaple",), "no such command: smaple"),
    "unknown first option": (("--versoin",), "no such option: --versoin"),
    "unknown option": (("sample", "--widht", "3"), "symproof: sample: no such option: --widht"),
    "near the shared option": (("sample", "--jsn"), "Did you mean '--json'?"),
    "not a number": (("sample", "--width", "x"), "invalid value for '--width'"),
    "missing value": (("sample", "--width"), "requires an argument"),
    "too many": (("sample", "a", "b"), "unexpected extra argument"),
}


@pytest.mark.parametrize(("words", "message"), USAGE.values(), ids=USAGE.keys())
def test_a_wrong_command_line_is_one_message(
    words: tuple[str, ...], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = run(*words, capsys=capsys)
    assert (code, out) == (2, "")
    assert message in err
    assert err.count("\n") == 1
    code, out, err = run(*words, "--json", capsys=capsys)
    assert (code, err) == (2, "")
    assert set(json.loads(out)) == {"error"}


@pytest.mark.parametrize(
    ("words", "hint"),
    [(("smaple",), "'sample'"), (("--versoin",), "'--version'"), (("sample", "--widht", "3"), "'--width'")],
)
def test_a_misspelling_gets_a_suggestion(words: tuple[str, ...], hint: str, capsys: pytest.CaptureFixture[str]) -> None:
    _, _, err = run(*words, capsys=capsys)
    assert f"Did you mean {hint}" in err


@pytest.mark.parametrize("claim", ["crash", "exit", "float", "broken pipe", "end of file"])
@pytest.mark.parametrize("as_json", [False, True])
def test_a_bug_is_called_one_and_says_nothing_of_the_claim(
    claim: str, as_json: bool, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SYMPROOF_DEBUG", raising=False)
    words = ("sample", claim, "--json" if as_json else "--width=1")
    if claim == "float" and not as_json:
        return  # a float can only be refused where it would be printed
    code, out, err = run(*words, capsys=capsys)
    assert code == 4
    assert "Traceback" not in out + err
    message = json.loads(out)["error"]["what"] if as_json else err
    assert "this is a bug in symproof" in message
    assert "SYMPROOF_DEBUG=1" in message


def test_the_traceback_is_there_for_developers(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SYMPROOF_DEBUG", "1")
    code, out, err = run("sample", "crash", capsys=capsys)
    assert (code, out) == (4, "")
    assert "Traceback" in err


def test_an_interrupt_has_its_own_code(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("sample", "interrupt", capsys=capsys) == (130, "", "symproof: interrupted\n")


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--version", capsys=capsys) == (0, f"symproof {__version__}\n", "")
    _, out, _ = run("--version", "--json", capsys=capsys)
    assert json.loads(out) == {"version": __version__}


def test_help_lists_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run("--help", capsys=capsys)
    assert code == 0
    assert all(f"{command.name}" in out and command.summary in out for command in TABLE)


def test_help_of_a_command_names_its_options(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run("sample", "yes", "--help", capsys=capsys)
    assert code == 0
    assert "Usage: symproof sample" in out
    assert all(text in out for text in ("Do what the argument says.", "--width", "--given", "--json"))
    _, out, _ = run("sample", "--help", "--json", capsys=capsys)
    assert "Usage: symproof sample" in json.loads(out)["help"]


@pytest.mark.parametrize("claim", ["-x**2 <= 0", "-x < y", "-1 != x"])
def test_a_claim_may_begin_with_a_minus_sign(claim: str, capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run("sample", claim, "--given", claim, "--json", capsys=capsys)
    answer = json.loads(out)
    assert (answer["claim"].strip(), answer["given"][0].strip()) == (claim, claim)


def test_after_two_dashes_nothing_is_a_flag(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run("sample", "--json", "--", "--json", capsys=capsys)
    assert json.loads(out)["claim"] == "--json"


def test_every_command_of_the_table_has_help(capsys: pytest.CaptureFixture[str]) -> None:
    for command in COMMANDS:
        assert main([command.name, "--help"]) == 0
        assert f"Usage: symproof {command.name}" in capsys.readouterr().out


def test_every_command_file_is_in_the_table() -> None:
    folder = Path(main.__code__.co_filename).parent
    with_run = {path.stem for path in folder.glob("*.py") if "\ndef run(" in path.read_text()} - {"main"}
    assert with_run == {command.module.rpartition(".")[2] for command in COMMANDS}
