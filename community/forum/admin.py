"""What the Django admin shows of machina's grants: those to groups, which are the only ones that count."""

from django.contrib import admin
from machina.apps.forum_permission import admin as machina_admin  # registers its classes, once

# Grants to single people are not asked (see access), and machina's list searches a user name that we lack.
admin.site.unregister(machina_admin.UserForumPermission)
