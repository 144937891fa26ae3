#!/bin/sh
# Brings the database up to this code. Once for each new version, before the web processes start.
set -eu
cd "$(dirname "$0")/.."
export DJANGO_SETTINGS_MODULE="${DJANGO_SETTINGS_MODULE:-mooc_site.settings.production}"
exec .venv/bin/python manage.py migrate --noinput
