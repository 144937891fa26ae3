"""How gunicorn serves the site: `gunicorn --config deploy/gunicorn.conf.py mooc_site.wsgi`.

Each environment variable read here stands in docs/reference/environment.md; a test compares the two.
"""

import environ

env = environ.Env()

bind = env.str("BIND", default="127.0.0.1:8000")
workers = env.int("WEB_CONCURRENCY", default=2)
# Threads, because a worker mostly waits for the database; one slow visitor then holds up nobody.
worker_class = "gthread"
threads = env.int("WEB_THREADS", default=4)
# The site is loaded once and shared. New code therefore needs a restart: a reload (HUP) keeps the old one.
preload_app = True
# Slow leaks end here, and not in all workers at once.
max_requests = 2000
max_requests_jitter = 400

timeout = 30  # seconds
graceful_timeout = 30
keepalive = 5
# The heartbeat is a file; on a disk that is busy, healthy workers would be taken for dead.
worker_tmp_dir = "/dev/shm"  # noqa: S108
# It would be a file in the home directory, which the site's own account need not have.
control_socket_disable = True

errorlog = "-"
accesslog = "-" if env.bool("ACCESS_LOG", default=False) else None


def on_starting(server) -> None:
    """Refuse to open the doors while accounts exist whose password stands in the README."""
    from mooc_site.health import refuse_demo_accounts

    refuse_demo_accounts()
