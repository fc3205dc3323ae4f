"""The hook in conftest.py: under SYMPROOF_NO_SKIP=1 no kind of skip passes, and an expected failure still does."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

CONFTEST = Path(__file__).with_name("conftest.py")

SKIPS = {
    "call": "import pytest\ndef test(): pytest.skip('not today')\n",
    "mark": "import pytest\n@pytest.mark.skip(reason='not today')\ndef test(): pass\n",
    "module": "import pytest\npytest.skip('not today', allow_module_level=True)\ndef test(): pass\n",
    "import": "import pytest\npytest.importorskip('no_such_module_anywhere')\ndef test(): pass\n",
    "no parameters": "import pytest\n@pytest.mark.parametrize('x', [])\ndef test(x): pass\n",
}
EXPECTED_FAILURE = "import pytest\n@pytest.mark.xfail(reason='known')\ndef test(): raise ValueError\n"


def run_pytest(folder: Path, source: str, *, no_skip: bool) -> subprocess.CompletedProcess[str]:
    (folder / "conftest.py").write_text(CONFTEST.read_text())
    (folder / "test_it.py").write_text(source)
    environment = {**os.environ, "SYMPROOF_NO_SKIP": "1" if no_skip else "0"}
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", "--rootdir", "."]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("source", SKIPS.values(), ids=SKIPS.keys())
def test_a_skip_fails_in_ci(tmp_path: Path, source: str) -> None:
    done = run_pytest(tmp_path, source, no_skip=True)
    assert done.returncode != 0, done.stdout
    assert "allows no skip" in done.stdout


@pytest.mark.parametrize("source", [SKIPS["call"], SKIPS["mark"]])
def test_a_skip_passes_elsewhere(tmp_path: Path, source: str) -> None:
    assert run_pytest(tmp_path, source, no_skip=False).returncode == 0


def test_an_expected_failure_is_no_skip(tmp_path: Path) -> None:
    assert run_pytest(tmp_path, EXPECTED_FAILURE, no_skip=True).returncode == 0
