#!/bin/sh
# The web process. Refuses to start, in words, beside demo accounts or an unmigrated database.
set -eu
cd "$(dirname "$0")/.."
export DJANGO_SETTINGS_MODULE="${DJANGO_SETTINGS_MODULE:-mooc_site.settings.production}"
exec .venv/bin/gunicorn --config deploy/gunicorn.conf.py mooc_site.wsgi
