"""Production's settings on one's own machine: over http, beside the demo's accounts.

Static files are the site's own, in the directory STATIC_FILES: those of the two admins take half a minute to
compress, and no page for readers has any of them.
"""

import os

from mooc_site.settings.production import *  # noqa: F403

DEMO_ACCOUNTS_REFUSED = False
STATIC_ROOT = os.environ["STATIC_FILES"]
STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
