from wagtail.users.apps import WagtailUsersAppConfig


class PeopleAppConfig(WagtailUsersAppConfig):
    """Wagtail's own app, with our views of people."""

    user_viewset = "community.accounts.viewsets.PeopleViewSet"
