#!/bin/sh
# Step 2 of a build: static files get hashed names and compressed twins, and the code is compiled.
# Needs no database and no secret; the words below stand in for them.
set -eu
cd "$(dirname "$0")/.."
export DJANGO_SETTINGS_MODULE=mooc_site.settings.production
export SECRET_KEY=only-for-this-step SITE_URL=https://build.invalid DATABASE_URL=sqlite:////tmp/never-opened.sqlite3
.venv/bin/python manage.py collectstatic --noinput --clear --verbosity 0
.venv/bin/python -m compileall -q community home modules mooc_site
