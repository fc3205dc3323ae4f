"""``python -m symproof`` is the command ``symproof``."""

from symproof.cli.main import run

if __name__ == "__main__":
    run()
