# make run    the whole program with the demo city: http://127.0.0.1:8000
# make test   every test     make check   lint, types, contracts, templates, catalogues     make bench   ratios
# make lock   the lock files anew (UPGRADE=1: newest versions)     make sbom   the list of all parts
# make audit  known weaknesses of the parts     make attack   scanners against a throw-away city
# make deep   what takes hours, goal by goal, into build/deep/report.md     (ONLY=R1,R2: these; SCALE=0.1: a tenth)
#
# Given on the command line or in the environment:
#   PORT=8000            HOST=127.0.0.1 (0.0.0.0 lets a phone in the same network see it)
#   INSTANCE=instance    the folder with the database, the files and the secret key
#   EMPTY=1              no demo city; a folder begun this way never gets one
#   DATABASE_URL=  REDIS_URL=  SMTP_URL=  SECRET_KEY=  RECORD_KEY=  BASE_URL=     as config.py says

PORT ?= 8000
HOST ?= 127.0.0.1
INSTANCE ?= instance
PYTHON ?= python3
PIP_FLAGS ?= --quiet --disable-pip-version-check
BIN := .venv/bin

.PHONY: run test check bench lock sbom audit attack deep

# Installs what requirements/$(1).txt locks, by its checksums, and only when that or pyproject.toml has changed since.
# First comes what builds packages, so that nothing is fetched on the side.
INSTALL = $(BIN)/python -m pip install $(PIP_FLAGS)
define installed
@test -x $(BIN)/python || { echo "Making the virtual environment …"; $(PYTHON) -m venv .venv; }
@sum=$$(cat pyproject.toml requirements/$(1).txt | cksum); if [ "$$(cat .venv/$(1).stamp 2>/dev/null)" != "$$sum" ]; then \
	echo "Installing what $(1) needs …"; \
	$(INSTALL) --require-hashes -r requirements/build.txt \
	&& $(INSTALL) --require-hashes --no-deps --no-build-isolation -r requirements/$(1).txt \
	&& $(INSTALL) --no-deps --no-build-isolation -e . \
	&& echo "$$sum" > .venv/$(1).stamp; fi
endef

run:
	$(call installed,run)
	@exec $(BIN)/python -P incubator/serve.py --host $(HOST) --port $(PORT) --instance "$(INSTANCE)" \
		$(if $(EMPTY),--empty) $(if $(DATABASE_URL),--own-database) $(if $(REDIS_URL),--own-redis) \
		$(if $(SECRET_KEY)$(SECRET_KEY_FILE),--own-secret) \
		$(if $(RECORD_KEY)$(RECORD_KEY_FILE),--own-record-key) \
		$(if $(BANK_KEY)$(BANK_KEY_FILE),--own-bank-key) $(if $(BASE_URL),--own-address)

# What was compiled is kept, wherever this is run: else every program that a test starts compiles the house anew.
test: export PYTHONDONTWRITEBYTECODE =
test:
	$(call installed,test)
	@$(BIN)/python tools/ensure_browser.py
	@$(BIN)/python -m pytest -n 2 --dist worksteal $(ARGS)

check:
	$(call installed,test)
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/djlint templates --lint --quiet
	$(BIN)/bandit --quiet --configfile pyproject.toml --recursive incubator config.py wsgi.py migrations
	DEMO=1 $(BIN)/flask translations check

bench:
	$(call installed,test)
	@$(BIN)/python -m tools.bench $(ARGS)

lock:
	@$(PYTHON) tools/lock.py $(if $(UPGRADE),upgrade)

sbom:
	$(call installed,test)
	@$(BIN)/python -m tools.sbom

audit:
	@$(PYTHON) tools/audit.py $(ANSWER)

attack:
	$(call installed,test)
	@$(BIN)/python -m tools.attack $(ARGS)

deep:
	$(call installed,test)
	@$(BIN)/python -m tools.deep $(if $(ONLY),--only "$(ONLY)") $(if $(SCALE),--scale $(SCALE))
