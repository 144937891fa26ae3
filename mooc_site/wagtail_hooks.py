from wagtail import hooks

from .content_checks import check_pages_as_ours
from .desk_clock import begin_profile
from .desk_pages import check_move, hide_drafts_of_others
from .private_pages import refuse_outsiders

hooks.register("construct_main_menu", begin_profile)
hooks.register("construct_page_chooser_queryset", hide_drafts_of_others)
hooks.register("construct_wagtail_userbar", check_pages_as_ours)
hooks.register("before_move_page", check_move)
hooks.register("before_serve_page", refuse_outsiders)
