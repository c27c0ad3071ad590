# The two commands for a newcomer are `make demo` and `make test`; docs/setup.md tells the rest.
.PHONY: help demo test test-marked test-all check cases load bench lock messages clean machine

PORT ?= 8000
export ARGS
# Compiled once, next to nobody's sources, also where Python is told to write no bytecode: reading
# all of Django and Wagtail anew would cost every process ten seconds.
unexport PYTHONDONTWRITEBYTECODE
export PYTHONPYCACHEPREFIX = $(CURDIR)/.local/bytecode
# Run as modules: in a deep folder the first lines of scripts get too long for the system.
PYTHON_HERE = "$$(ops/find-python)" -m
IN_VENV = .venv/bin/python -m

help:
	@echo 'make demo    start Cadre with example data at http://127.0.0.1:8000'
	@echo '               PORT=8001 another port; RESET=1 forget everything and start over'
	@echo 'make test    run the fast tests and the browser path'
	@echo '               ARGS="tests/core -k links" more arguments for pytest'
	@echo 'make check   lint, types, layers, templates, migrations, deployment, known flaws'
	@echo 'make cases DIR=folder   hold planning against the reference cases in a folder'
	@echo 'make load    measure 200 people at work; ARGS="--people 50 --seconds 60"'
	@echo 'make bench   measure every page at 1,000, 10,000 and 100,000 applications'
	@echo '               ARGS="--sizes 1000,10000 --repeat 20 --import --json FILE"'
	@echo 'make lock    write requirements/*.txt anew from pyproject.toml; UPGRADE=1 the newest'
	@echo 'make messages  gather what is marked for translation into config/locale'
	@echo 'make clean   remove what these made, demo data included'

machine:
	@ops/find-python >/dev/null
	@$(PYTHON_HERE) ops.machine

demo: machine
	@$(PYTHON_HERE) ops.machine --port='$(PORT)'
	@$(PYTHON_HERE) ops.install demo
	@exec $(IN_VENV) ops.demo --port='$(PORT)' $(if $(filter-out 0,$(RESET)),--reset)

# test-marked runs the races, kills and browser paths; test-all every test there is.
test: selection = fast
test-marked: selection = marked
test-all: selection = all
test test-marked test-all: machine
	@$(PYTHON_HERE) ops.install test
	@exec $(IN_VENV) ops.test $(selection)

check: machine
	@$(PYTHON_HERE) ops.install check
	@exec $(IN_VENV) ops.check

cases: machine
	@$(PYTHON_HERE) ops.install demo
	@exec $(IN_VENV) ops.cases $(if $(DIR),'$(DIR)',$(error Say where the cases are: make cases DIR=folder))

load: machine
	@$(PYTHON_HERE) ops.install load
	@exec $(IN_VENV) ops.load $(ARGS)

bench: machine
	@$(PYTHON_HERE) ops.install demo
	@exec $(IN_VENV) ops.bench $(ARGS)

lock: machine
	@$(PYTHON_HERE) ops.install check
	@exec $(IN_VENV) ops.lock

messages: machine
	@$(PYTHON_HERE) ops.install check
	@DEBUG=true DATABASE_URL=postgres:///none CELERY_BROKER_URL=memory:// \
		DJANGO_SETTINGS_MODULE=config.settings $(IN_VENV) ops.catalogues

clean:
	@$(PYTHON_HERE) ops.clean
