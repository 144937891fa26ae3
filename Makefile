# Commonplace. `make` alone says what there is.
.DEFAULT_GOAL := help
SHELL := /bin/sh
export PORT ?= 8000
PY := .venv/bin/python

.PHONY: help run demo test test-postgres test-next lint format messages lock bench lighthouse rehearse clean
.PHONY: venv venv-dev

run demo lint messages: export DJANGO_SETTINGS_MODULE := mooc_site.settings.dev
run demo: export SITE_URL ?= http://127.0.0.1:$(PORT)

help:
	@echo "make run            the site, with a demo, at http://127.0.0.1:8000 (another port: make run PORT=8001)"
	@echo "make demo           renew the demo: the course starts again so that today is in its third week"
	@echo "make test           the whole suite: unit and integration, then browser"
	@echo "make test-postgres  the same on PostgreSQL: DATABASE_URL=postgres://… make test-postgres"
	@echo "make test-next      the suite on the next Wagtail, in an environment of its own"
	@echo "make lint           style, templates, floors, migrations"
	@echo "make format         put the Python code into the house style"
	@echo "make messages       collect the words to translate and compile the translations"
	@echo "make lock           pin the dependencies of pyproject.toml in requirements/"
	@echo "make bench          measure the site on PostgreSQL: DATABASE_URL=postgres://… make bench"
	@echo "make lighthouse     what Lighthouse says of the site, on its mobile profile (needs npm and a Chromium)"
	@echo "make rehearse       a deployment as in the Dockerfile, without Docker: DATABASE_URL=postgres://… make rehearse"
	@echo "make clean          remove .venv, collected static files and caches; your data in var/ stay"

venv:
	@bin/venv base

venv-dev:
	@bin/venv dev

run: venv
	@bin/run

demo: venv
	$(PY) manage.py migrate --verbosity 0
	$(PY) manage.py load_demo --renew

test: venv-dev
	@bin/test

test-postgres: venv-dev
	@case "$$DATABASE_URL" in postgres*) ;; *) echo "Say which server: DATABASE_URL=postgres://user@host/name make test-postgres" >&2; exit 2;; esac
	@bin/test

# The next Wagtail is not pinned: the question is whether today's would do.
test-next:
	@VENV=.venv-next bin/venv dev
	@.venv-next/bin/python -m pip install --quiet --disable-pip-version-check --upgrade "wagtail>=8.0,<8.1"
	@.venv-next/bin/python -m pip list | grep -iE "^(django|wagtail) "
	VENV=.venv-next bin/test

lint: venv-dev
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/djlint --lint --quiet templates
	.venv/bin/lint-imports
	$(PY) manage.py check
	$(PY) manage.py makemigrations --check --dry-run

format: venv-dev
	.venv/bin/ruff check --fix .
	.venv/bin/ruff format .

messages: venv-dev
	$(PY) manage.py messages

# Universal: one file for Python 3.11 to 3.13. No address of an index may stand in it.
LOCK := .venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-annotate --no-header pyproject.toml

lock: venv-dev
	$(LOCK) --output-file requirements/base.txt
	$(LOCK) --group dev --constraint requirements/base.txt --output-file requirements/dev.txt

bench: venv-dev
	$(PY) -m bench.run

lighthouse: venv-dev
	$(PY) -m bench.lighthouse.run

rehearse:
	@deploy/rehearse.sh

clean:
	rm -rf .venv .venv-next staticfiles .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -prune -exec rm -rf {} +
