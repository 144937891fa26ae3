"""Is the web process of this machine ready? Prints its answer; exit code 0 for yes. Docker asks it."""

import os
import sys
import urllib.error
import urllib.request

address = os.environ.get("BIND", "127.0.0.1:8000").replace("0.0.0.0", "127.0.0.1")  # noqa: S104
try:
    with urllib.request.urlopen(f"http://{address}/readyz", timeout=5) as answer:
        print(answer.read().decode().strip())
except urllib.error.HTTPError as refusal:
    sys.exit(refusal.read().decode().strip())
except OSError as trouble:
    sys.exit(f"No answer at {address}: {trouble}")
