#!/bin/sh
# Step 1 of a build: the pinned requirements into .venv. The Dockerfile and rehearse.sh call it too.
set -eu
cd "$(dirname "$0")/.."
"${PYTHON:-python3}" -m venv .venv
.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/base.txt
