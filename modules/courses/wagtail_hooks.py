from wagtail import hooks

from .desk.front import show_courses
from .desk.lists import CourseMenu, below_pages, steps_of_course
from .desk.page_chooser import say_place
from .desk.talk_chooser import talk_chooser
from .leader_chooser import leader_chooser

hooks.register("register_admin_viewset", lambda: [leader_chooser, talk_chooser, CourseMenu(), *below_pages])
hooks.register("construct_page_chooser_queryset", say_place)
hooks.register("register_page_header_buttons", steps_of_course)
hooks.register("construct_homepage_panels", show_courses)
