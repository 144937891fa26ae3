#!/bin/sh
# Does what is due, every minute. Where cron or a systemd timer calls `manage.py run_due`, this is not needed.
set -eu
cd "$(dirname "$0")/.."
export DJANGO_SETTINGS_MODULE="${DJANGO_SETTINGS_MODULE:-mooc_site.settings.production}"
pause=
trap '[ -z "$pause" ] || kill "$pause"; exit 0' TERM INT
while true; do
    .venv/bin/python manage.py run_due || echo "run_due failed; it is tried again in a minute." >&2
    sleep 60 &
    pause=$!
    wait "$pause"
done
