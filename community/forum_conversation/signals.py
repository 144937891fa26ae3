"""What this room tells the ones above."""

from django.dispatch import Signal

# A post has been stored and is published. Sent inside the transaction, with `post`.
post_published = Signal()
