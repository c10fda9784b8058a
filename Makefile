# Two commands do all set-up on a fresh machine: make demo, make test.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed

.PHONY: demo test lint bench results clean

demo: $(INSTALLED)  ## grade a made-up class and open demo/index.html afterwards
	$(BIN)/autograder demo --out demo

test: $(INSTALLED)  ## every test, on every core
	$(BIN)/pytest -n auto

lint: $(INSTALLED)  ## style, and notebooks without outputs
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/nbstripout --keep-id --verify source/*/*.ipynb notebooks/*.ipynb

bench: $(INSTALLED)  ## the same classes through stock nbgrader, through otter and through ours
	@$(BIN)/python -m pip install -qq -e '.[bench]'
	$(BIN)/python -m benchmarks.grading
	$(BIN)/python -m benchmarks.pdf

results: $(INSTALLED)  ## every reference solution on the real data; see docs/results.md
	$(BIN)/python -m benchmarks.reference

clean:  ## remove what the targets above made
	rm -rf $(VENV) demo .pytest_cache .ruff_cache .hypothesis

# Both packages in one command: autograder needs exactly this chainrule.
$(INSTALLED): pyproject.toml chainrule/pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 10))' || \
	  { echo "Python 3.10 or newer is needed; name one: make PYTHON=python3.11 $(MAKECMDGOALS)"; exit 1; }
	@echo "Setting up $(VENV); the first time this takes a minute or two."
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install -qq --upgrade pip
	@$(BIN)/python -m pip install -qq -e ./chainrule -e '.[test,lint]'
	@touch $@
