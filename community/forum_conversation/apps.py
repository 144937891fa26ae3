from django.utils.translation import gettext_lazy as _
from machina.apps.forum_conversation.apps import (
    ForumConversationAppConfig as MachinaForumConversationAppConfig,
)


class ForumConversationAppConfig(MachinaForumConversationAppConfig):
    """machina's app of the same label, with our models in place of its own."""

    name = "community.forum_conversation"
    verbose_name = _("Forum conversations")
    default = True
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Nothing of machina's: its receivers count views and redirects by saving whole rows."""
