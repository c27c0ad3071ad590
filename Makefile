# The two commands for a newcomer are `make demo` and `make test`; docs/setup.md tells the rest.
.PHONY: help demo test check lock clean python

PORT = 8000
# Run as modules: a deep checkout makes the scripts' first lines too long for the system.
VENV = .venv/bin/python -m
TEMPLATES = $(shell find config portal cms training recruiting engagements vendors core -name '*.html')

help:
	@echo 'make demo    start Cadre with example data at http://127.0.0.1:8000'
	@echo '               PORT=8001 another port; RESET=1 forget everything and start over'
	@echo 'make test    run the fast tests and the browser path'
	@echo '               ARGS="tests/core -k links" more arguments for pytest'
	@echo 'make check   lint, types, layers, templates, migrations, deployment, known vulnerabilities'
	@echo 'make lock    write requirements/*.txt anew from pyproject.toml'
	@echo 'make clean   remove what the above made, demo data included'

python:
	@ops/find-python >/dev/null

demo: python
	@$$(ops/find-python) -m ops.machine --port='$(PORT)'
	@$$(ops/find-python) -m ops.install demo
	@exec $(VENV) ops.demo --port='$(PORT)' $(if $(filter-out 0,$(RESET)),--reset)

test: python
	@$$(ops/find-python) -m ops.machine
	@$$(ops/find-python) -m ops.install test
	@exec $(VENV) ops.test fast --arguments='$(ARGS)'

check: python
	@$$(ops/find-python) -m ops.machine
	@$$(ops/find-python) -m ops.install check
	@exec $(VENV) ops.check

lock:
	@$$(ops/find-python) -m ops.install check
	@exec $(VENV) ops.lock

clean: python
	@$$(ops/find-python) -m ops.clean
