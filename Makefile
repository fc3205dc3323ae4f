# symproof from a fresh checkout: `make report` or `make test` need nothing but python3 (>= 3.11) and make.

VENV    := .venv
BIN     := $(VENV)/bin
PY      := $(BIN)/python
STAMP   := $(VENV)/.installed
BUILD   := build
WORKERS ?= auto
INSTANCES := teaching xor diabetes

.PHONY: help install report test mutants lint docs bench corpus coq clean
.DELETE_ON_ERROR:

help:
	@echo "make install   create $(VENV) and install symproof into it, with all extras"
	@echo "make report    check the library and the examples; leave report.pdf, .tex, .html and graph.svg in $(BUILD)/"
	@echo "make test      run all tests, and the attacks on the kernel once more under python -O"
	@echo "make mutants   try every mutant of the proofs of the library and of their evidence (make test tries some)"
	@echo "make lint      ruff and mypy"
	@echo "make docs      the documentation as a site, in $(BUILD)/docs/"
	@echo "make bench     the timings in benchmarks/"
	@echo "make corpus    the answers of symproof prove to its corpus of claims, in docs/prove-figures.md"
	@echo "make coq       let Coq decide the lemmas of the whole library; the figures, in docs/coq-figures.md"
	@echo "make clean     remove $(BUILD)/ and the caches (not $(VENV))"

install: $(STAMP)

# The first Python that is at least 3.11: the one named by PYTHON=..., else python3, else a versioned one.
$(PY):
	@chosen=; \
	for candidate in $(PYTHON) python3 python3.14 python3.13 python3.12 python3.11; do \
	  if "$$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then \
	    chosen=$$candidate; break; \
	  fi; \
	done; \
	if [ -z "$$chosen" ]; then \
	  echo "symproof needs Python 3.11 or newer; python3 here is: $$(python3 --version 2>&1)." >&2; \
	  echo "Install one, or name it: make install PYTHON=/path/to/python3.12" >&2; \
	  exit 1; \
	fi; \
	"$$chosen" -m venv $(VENV) || { \
	  rm -rf $(VENV); \
	  echo "'$$chosen -m venv' failed (see above). On Debian and Ubuntu: apt install python3-venv" >&2; \
	  exit 1; \
	}

$(STAMP): pyproject.toml packaging_hook.py | $(PY)
	$(PY) -m pip install --quiet --disable-pip-version-check --editable '.[all,dev]'
	@touch $@

report: install
	@mkdir -p $(BUILD)/instances
	$(BIN)/symproof check
	@set -e; for name in $(INSTANCES); do \
	  echo "$(BIN)/symproof instance examples/$$name.toml --json > $(BUILD)/instances/$$name.json"; \
	  $(BIN)/symproof instance examples/$$name.toml --json > $(BUILD)/instances/$$name.json; \
	done
	$(BIN)/symproof report --output $(BUILD) --atlas $(INSTANCES:%=--instance examples/%.toml)

test: install
	$(PY) -m pytest -n $(WORKERS) --dist worksteal
	$(PY) -O -m pytest -n $(WORKERS) tests/soundness -m "not slow"

mutants: install
	SYMPROOF_MUTANTS=all $(PY) -m pytest -n $(WORKERS) --dist worksteal tests/soundness/test_mutations.py tests/soundness/test_evidence_mutations.py

lint: install
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

docs: install
	$(PY) -m sphinx -b html -W --keep-going -q docs $(BUILD)/docs
	@echo "$(BUILD)/docs/index.html"

bench: install
	@set -e; for script in benchmarks/bench_*.py; do echo "== $$script"; $(PY) $$script; done

corpus: install
	$(PY) benchmarks/prove_figures.py --write docs/prove-figures.md

coq: install
	$(PY) benchmarks/coq_coverage.py $(BUILD)/coq --write

clean:
	rm -rf $(BUILD) docs/reference dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find symproof tests theorems benchmarks -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true
