# The two commands of this project are `make demo` and `make test`.
PYTHON ?= python3
ENVIRONMENT := .venv
BIN := $(ENVIRONMENT)/bin
STUDENTS ?= 5000
PORT ?= 8000
PROCESSES ?= 2

.PHONY: demo install test programs check bench crash schemathesis lock clean

demo: $(ENVIRONMENT)/.installed
	$(BIN)/homeroom demo --students $(STUDENTS) --port $(PORT)

install: $(ENVIRONMENT)/.installed

# Two processes share the tests, a file at a time; with more cores and memory: make test PROCESSES=4.
test: check programs
	$(BIN)/python -m pytest -n $(PROCESSES) --dist loadfile --no-loadscope-reorder

# The pages are looked at in a real browser, Debian's Chromium, files are fetched from a real server, OpenSSH's, and Spark runs
# in a real Java, of 17 or newer: all need root once.
JAVA := $(or $(JAVA_HOME:%=%/bin/java),java)
programs:
	@{ command -v chromium && test -x /usr/sbin/sshd; } >/dev/null || { \
		echo 'Installing Chromium and OpenSSH from the packages of this system (once) ...'; \
		root=$$([ "$$(id -u)" = 0 ] || echo sudo); \
		$$root apt-get update -qq && $$root apt-get install -y -qq --no-install-recommends chromium openssh-server >/dev/null; \
	} || { echo 'The tests need Chromium and OpenSSH: install "chromium" and "openssh-server", and run again.'; exit 1; }
	@version=$$($(JAVA) -version 2>&1 | sed -nE 's/.* version "(1\.)?([0-9]+).*/\2/p'); test "$${version:-0}" -ge 17 || { \
		echo 'Installing Java from the packages of this system (once) ...'; \
		root=$$([ "$$(id -u)" = 0 ] || echo sudo); \
		$$root apt-get update -qq && $$root apt-get install -y -qq --no-install-recommends default-jre-headless >/dev/null; \
	} || { echo 'The tests need Java 17 or newer, for Spark: install "default-jre-headless", and run again.'; exit 1; }

check: $(ENVIRONMENT)/.installed-for-tests
	$(BIN)/ruff format --check homeroom tests
	$(BIN)/ruff check homeroom tests
	$(BIN)/mypy
	$(BIN)/lint-imports

$(ENVIRONMENT)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo 'Homeroom needs Python 3.11 or newer: make PYTHON=/path/to/python3.11'; exit 1; }
	$(PYTHON) -m venv $(ENVIRONMENT) || { echo 'This Python has no venv: install it (Debian: apt-get install python3-venv) and run again.'; exit 1; }

$(ENVIRONMENT)/.installed: requirements.lock pyproject.toml | $(ENVIRONMENT)/bin/python
	@echo 'Installing the locked packages (about a minute, once) ...'
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	$(BIN)/python -m homeroom.jobs.sandbox
	touch $@

$(ENVIRONMENT)/.installed-for-tests: requirements-test.lock $(ENVIRONMENT)/.installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-test.lock
	touch $@

# How fast, beside earthmover; how well persons are linked, beside two plain ways; what a night costs beside the first run; how
# the cost grows from 10,000 to 100,000 students; what a long disclosure log costs; how fast apps write; and how fast they read,
# beside datasette: about forty minutes on two cores.
bench: $(ENVIRONMENT)/.installed
	$(BIN)/python -m benchmarks.speed
	$(BIN)/python -m benchmarks.linking
	$(BIN)/python -m benchmarks.linking --students 50000
	$(BIN)/python -m benchmarks.night
	$(BIN)/python -m benchmarks.growth
	$(BIN)/python -m benchmarks.disclosure_log
	$(BIN)/python -m benchmarks.posts
	$(BIN)/python -m benchmarks.reading

# What is killed at 200 moments, and followed by a run that has to end in the same record: about twenty minutes.
crash: $(ENVIRONMENT)/.installed-for-tests
	HOMEROOM_CRASHES=200 $(BIN)/python -m pytest --timeout=0 tests/test_crash.py

# 20,000 requests that Schemathesis makes from the interface's own descriptions: about half an hour.
schemathesis: $(ENVIRONMENT)/.installed-for-tests
	HOMEROOM_REQUESTS=20000 $(BIN)/python -m pytest --timeout=0 -s tests/api/sandbox/test_generated_requests.py tests/api/sandbox/test_admin_api_in_sandbox.py

# After a change of the dependencies in pyproject.toml; uv is needed for this alone.
lock:
	uv pip compile --universal --generate-hashes --no-header --no-annotate --python-version 3.11 pyproject.toml -o requirements.lock
	uv pip compile --universal --generate-hashes --no-header --no-annotate --python-version 3.11 --extra test -c requirements.lock pyproject.toml -o requirements-test.lock

clean:
	rm -rf $(ENVIRONMENT)
