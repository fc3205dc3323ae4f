import contextlib
import pickle
from collections.abc import Iterator

import pytest

from symproof.errors import InputError

ERROR = InputError(what="unknown sort", where="--var x:reall", expected="real", found="reall", hint="See the tutorial.")


def test_the_message_says_where_what_expected_found_and_what_to_do() -> None:
    assert str(ERROR) == "--var x:reall: unknown sort; expected real; found reall. See the tutorial."
    assert str(InputError("empty file")) == "empty file"


def test_an_error_comes_back_whole_from_a_worker_process() -> None:
    assert pickle.loads(pickle.dumps(ERROR)).as_dict() == ERROR.as_dict()


def test_an_error_passes_through_a_context_manager() -> None:
    @contextlib.contextmanager
    def manager() -> Iterator[None]:
        yield

    with pytest.raises(InputError, match="unknown sort"), manager():
        raise ERROR


def test_a_note_can_be_added() -> None:
    error = InputError("empty file")
    error.add_note("while reading the list")
    assert error.__notes__ == ["while reading the list"]
