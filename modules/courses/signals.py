"""What other rooms may want to know about pages of courses."""

from django.dispatch import Signal

# A signed-in person was shown a step that they may read. Sends `page` (StepPage) and `request`.
step_opened = Signal()
