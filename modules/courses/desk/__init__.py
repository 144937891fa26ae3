"""The desk: what instructors see of courses in Wagtail's admin.

`panels` and `when` make the editors, `lists` and `columns` the lists, `talk_chooser` and `talk_input` the way
to a conversation that a page quotes. Models import from here only `panels`, `forms` and `talk_input`.
"""
