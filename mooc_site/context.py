"""What the frame of every page needs."""

from django.http import HttpRequest


def page_frame(request: HttpRequest) -> dict:
    """`theme` for <html data-theme>: this device's cookie, else the person's setting, else the system's."""
    theme = request.COOKIES.get("theme", "")
    if theme not in {"light", "dark", "system"}:
        theme = getattr(getattr(request, "user", None), "theme", "")
    return {"theme": theme if theme in {"light", "dark"} else ""}
