from wagtail import hooks

from .deleting import refuse_to_delete, refuse_to_delete_many

hooks.register("before_delete_user", refuse_to_delete)
hooks.register("before_bulk_action", refuse_to_delete_many)
