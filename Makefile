# Everything a newcomer needs: `make run` and `make test`; the rest is what those two stand on.
SHELL := /bin/bash
PYTHON ?= python3.11
BIN := .venv/bin
export PORT ?= 8000
PACKAGES := libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-noto-core
TEST_PACKAGES := chromium poppler-utils qpdf

.PHONY: setup packages test-packages run check lint types imports unit test sqlite postgresql \
	browser soak bench golden messages migration

setup: packages .venv/installed

.venv/installed: requirements.lock
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv || python3 -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $@

packages:
	@bash .ci/packages $(PACKAGES)

test-packages:
	@bash .ci/packages $(TEST_PACKAGES)

run: setup
	@DEMO=$${DEMO-1} $(BIN)/flask --app wsgi db upgrade
	@DEMO=$${DEMO-1} $(BIN)/flask --app wsgi demo load --when-empty
	@DEMO=$${DEMO-1} $(BIN)/flask --app wsgi serve

lint:
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --quiet --check .

types:
	@$(BIN)/mypy --no-error-summary

imports:
	@$(BIN)/lint-imports --no-logo 2>/dev/null | grep -v KEPT || true
	@$(BIN)/lint-imports --no-logo >/dev/null 2>&1

unit:
	@$(BIN)/pytest -m "not database and not browser" -n 2

check: lint types imports unit

test: setup test-packages
	@bash .ci/stages

sqlite:
	@$(BIN)/pytest -m "database and not browser" -n 2

postgresql:
	@TEST_DATABASE=postgresql $(BIN)/pytest -n 2 \
		-m "(database and not browser and not one_database) or both_databases"

browser:
	@$(BIN)/pytest -m browser -n 2 --maxschedchunk 1

soak: setup
	@SOAK_ROUNDS=$${SOAK_ROUNDS-20} $(BIN)/pytest tests/soak

bench: setup
	@$(BIN)/python -m bench

golden:
	@$(BIN)/python -m tests.house.golden

messages:
	@$(BIN)/python -m tests.house.messages

# The next migration, NNNN_<what_changed>, from what the models say beyond the newest one:
# make migration NAME="what_changed"
migration:
	@[[ "$(NAME)" =~ ^[a-z][a-z0-9_]*$$ ]] || { echo 'Say what changed: make migration NAME="what_changed"'; exit 2; }
	@set -e; dir=$$(mktemp -d); trap 'rm -rf "$$dir"' EXIT; export DEMO=1 INSTANCE=$$dir; \
	newest=$$(ls migrations/versions | grep -oE '^[0-9]{4}' | sort | tail -1); \
	name=$$(printf '%04d_%s' $$((10#$$newest + 1)) "$(NAME)"); words="$(NAME)"; words=$${words//_/ }; \
	$(BIN)/flask --app wsgi db upgrade >"$$dir/log" 2>&1 || { cat "$$dir/log"; exit 1; }; \
	$(BIN)/flask --app wsgi db migrate --rev-id "$$name" -m "$${words^}" >"$$dir/log" 2>&1 || { cat "$$dir/log"; exit 1; }; \
	[ -f "migrations/versions/$$name.py" ] || { echo "The models say nothing new."; exit 0; }; \
	$(BIN)/ruff check --fix -q migrations; $(BIN)/ruff format -q migrations; \
	echo "migrations/versions/$$name.py: read it, then commit it"
