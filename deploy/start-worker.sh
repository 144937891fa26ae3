#!/bin/sh
# The process that does what the site has put into its queue: letters, above all.
set -eu
cd "$(dirname "$0")/.."
export DJANGO_SETTINGS_MODULE="${DJANGO_SETTINGS_MODULE:-mooc_site.settings.production}"
exec .venv/bin/python manage.py db_worker --queue-name '*'
