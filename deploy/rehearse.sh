#!/usr/bin/env bash
# A deployment from beginning to end, without Docker: the scripts that the Dockerfile and compose.yaml call, in a
# clean directory, as a user who owns nothing else, with an environment that holds only what is said here.
#
#   DATABASE_URL=postgres://… [REDIS_URL=redis://…] deploy/rehearse.sh
#
# The database server is used, not the database: one named <name>_rehearsal is made, and dropped at the end.
set -euo pipefail
cd "$(dirname "$0")/.."
PATH=$PATH:/usr/sbin:/sbin # useradd and its like

: "${DATABASE_URL:?Say which PostgreSQL server: DATABASE_URL=postgres://user@host/name deploy/rehearse.sh}"
case $DATABASE_URL in postgres*) ;; *) echo "A rehearsal needs PostgreSQL; DATABASE_URL names something else." >&2; exit 2 ;; esac

say() { printf '\n— %s\n' "$*"; }
fail() { printf '\nThe rehearsal failed: %s\n' "$*" >&2; exit 1; }

room=$(mktemp -d "${TMPDIR:-/tmp}/commonplace-rehearsal.XXXXXX")
app=$room/app
user=
base=${DATABASE_URL%%\?*}
database=${base}_rehearsal${DATABASE_URL#"$base"}
children=()

end() {
    local outcome=$?
    set +e # whatever happens, everything is put away
    for child in "${children[@]}"; do kill "$child" 2>/dev/null; done
    for child in "${children[@]}"; do wait "$child" 2>/dev/null; done
    [ "$outcome" = 0 ] || for log in "$room"/{web,worker,due,demo,unmigrated}.log; do
        [ -s "$log" ] && { printf '\n%s\n' "--- $(basename "$log") ---"; tail -n 30 "$log"; }
    done >&2
    [ -x "$app/.venv/bin/python" ] && server_sql drop
    chmod -R u+w "$room"
    rm -rf "$room"
    [ -z "$user" ] || userdel "$user"
    exit "$outcome"
}
trap end EXIT

# The user, as in the image: one that owns the room and nothing else. Only root can make one.
if [ "$(id -u)" = 0 ]; then
    user=commonplace-rehearsal
    id "$user" >/dev/null 2>&1 || useradd --system --no-create-home --home-dir "$room" --shell /usr/sbin/nologin "$user"
    as_user=(setpriv "--reuid=$user" "--regid=$(id -g "$user")" --clear-groups --inh-caps=-all --no-new-privs)
else
    say "Not root: the rehearsal runs as $(id -un), not as a user of its own"
    as_user=()
fi

# A Python that this user may run: the pinned paths first, since a pyenv in somebody's home is closed to others.
chmod 755 "$room"
python=
for candidate in ${PYTHON:-/usr/local/bin/python3 /usr/bin/python3 python3}; do
    "${as_user[@]}" "$candidate" -c 'import sys, ensurepip; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' \
        >/dev/null 2>&1 && { python=$candidate; break; }
done
[ -n "$python" ] || fail "no Python 3.11 to 3.13 with its venv part that ${user:-this user} may run"

# What the site is told. Nothing else of this shell's environment reaches it.
port=$("$python" -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
words=(
    HOME="$room" PATH=/usr/local/bin:/usr/bin:/bin LANG=C.UTF-8 PYTHONUNBUFFERED=1
    SECRET_KEY="$("$python" -c 'import secrets; print(secrets.token_urlsafe(50))')"
    SITE_URL=https://learn.example.org TRUSTED_PROXY_COUNT=1
    DATABASE_URL="$database" REDIS_URL="${REDIS_URL:-}"
    EMAIL_URL="filemail:///$room/letters" BIND="127.0.0.1:$port"
)
site() { "${as_user[@]}" env -i "${words[@]}" "$@"; }
# Not by way of site(): the process itself must be the one that is asked to end.
start() { "${as_user[@]}" env -i "${words[@]}" "deploy/start-$1.sh" >"$room/$1.log" 2>&1 & children+=($!); }
manage() { site DJANGO_SETTINGS_MODULE=mooc_site.settings.production .venv/bin/python manage.py "$@"; }

# server_sql make|drop: the rehearsal's own database, through the maintenance database of the server.
server_sql() {
    "$app/.venv/bin/python" - "$1" "$DATABASE_URL" "$database" <<'PYTHON'
import sys
from urllib.parse import urlsplit
import psycopg
from psycopg import sql

verb, address, own = sys.argv[1:]
name = sql.Identifier(urlsplit(own).path.lstrip("/"))
with psycopg.connect(urlsplit(address)._replace(path="/postgres").geturl(), autocommit=True, connect_timeout=5) as server:
    server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(name))
    if verb == "make":
        server.execute(sql.SQL("CREATE DATABASE {}").format(name))
PYTHON
}

say "Copy what the Dockerfile copies to $app"
mkdir "$app"
tar --create --anchored --exclude-from=<(sed 's#^#./#' .dockerignore) . | tar --extract --no-same-owner --directory "$app"
[ -z "$user" ] || chown -R "$user" "$room"
cd "$app"

say "Build: deploy/install.sh with $("$python" --version), then deploy/collect.sh"
# Only pip's own settings come along, as build arguments would.
registry=()
while IFS= read -r line; do registry+=("$line"); done < <(env | grep -E '^(PIP|SSL_CERT)_[A-Z_]+=' || true)
"${as_user[@]}" env -i HOME="$room" PATH=/usr/local/bin:/usr/bin:/bin PYTHON="$python" "${registry[@]}" deploy/install.sh
"${as_user[@]}" env -i HOME="$room" PATH=/usr/local/bin:/usr/bin:/bin deploy/collect.sh
mkdir -p var ../letters
[ -z "$user" ] || chown "$user" var ../letters
# From here on the code is read-only, as in the image.
find . -path ./var -prune -o -exec chmod a-w {} +

say "A database of its own"
server_sql make

say "manage.py check --deploy says nothing"
manage check --deploy --fail-level WARNING

say "The web process refuses an unmigrated database"
if site deploy/start-web.sh >"$room/unmigrated.log" 2>&1; then fail "it started on an empty database"; fi
grep -q "has not been migrated yet" "$room/unmigrated.log" || fail "it did not say why"
tail -n 2 "$room/unmigrated.log"

say "deploy/migrate.sh"
site deploy/migrate.sh >"$room/migrate.log" 2>&1
tail -n 1 "$room/migrate.log"

say "deploy/start-web.sh, deploy/start-worker.sh and deploy/start-due.sh"
start web
web=$!
start worker
start due
for _ in $(seq 60); do
    site .venv/bin/python deploy/probe.py >"$room/probe.log" 2>&1 && break
    kill -0 "$web" 2>/dev/null || fail "the web process ended"
    sleep 0.5
done
site .venv/bin/python deploy/probe.py

say "What a reader gets"
site .venv/bin/python deploy/rehearsal_checks.py "http://127.0.0.1:$port"

say "A task that is put into the queue is done by the worker"
manage shell --verbosity 0 --command "
from community.accounts.tasks import send_letter
send_letter.enqueue(subject='Rehearsal', body='It arrived.', html='', sender='a@example.org', to=['b@example.org'])"
for _ in $(seq 60); do grep -qs "It arrived." "$room"/letters/* && break; sleep 0.5; done
grep -q "It arrived." "$room"/letters/* || fail "the worker sent no letter"
echo "The letter was sent."

say "What is due has been done"
for _ in $(seq 60); do grep -q "publish_scheduled_pages done" "$room/due.log" && break; sleep 0.5; done
grep "done in" "$room/due.log" || fail "run_due did nothing"

say "All three end when asked to"
for child in "${children[@]}"; do
    kill "$child"
    wait "$child" || fail "one ended with code $?"
done
children=()
if grep -q "Traceback" "$room"/{web,worker,due}.log; then fail "there are tracebacks in the logs"; fi
echo "They ended with code 0."

say "It refuses to start beside demo accounts"
manage shell --verbosity 0 --command "
from community.accounts.models import User
User.objects.create_user('learner@demo.commonplace.invalid', 'commonplace-demo', handle='learner', is_demo=True)"
if site deploy/start-web.sh >"$room/demo.log" 2>&1; then fail "it started beside a demo account"; fi
grep "demo accounts, and their password is public" "$room/demo.log" || fail "it did not say why"

say "The rehearsal has passed."
