"""Files of pages, behind the same door as the pages."""

from __future__ import annotations

import posixpath

from django.core.exceptions import SuspiciousOperation
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import http_date, quote_etag
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from .access import Reach, StoredFile, find_file, reach_of

# What a browser may show. Everything else is for saving.
PICTURES = {
    "avif": "image/avif",
    "gif": "image/gif",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
}
DOCUMENTS = {
    "csv": "text/csv; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "odt": "application/vnd.oasis.opendocument.text",
    "pdf": "application/pdf",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "txt": "text/plain; charset=utf-8",
    "vtt": "text/vtt; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
# Seconds that a file which everyone may see is kept elsewhere. After that its page may have been withdrawn.
PUBLIC_FOR = 3600


@require_safe
def serve_file(request: HttpRequest, path: str) -> HttpResponse:
    """A picture or document for whoever may read a page that uses it.

    404 where nobody need know that there is such a file, 403 with words where its week has not opened yet.
    """
    stored = find_file(path)
    reach = reach_of(stored, request) if stored else Reach.NOBODY
    if reach is Reach.NOBODY:
        raise Http404
    if reach is Reach.CLOSED:
        words = _("This file belongs to a week that isn’t open yet.")
        response = render(request, "403.html", {"words": words}, status=403)
        patch_cache_control(response, private=True, no_store=True)
        return response
    return _file_response(request, stored, is_public=reach is Reach.EVERYONE)


def _file_response(request: HttpRequest, stored: StoredFile, *, is_public: bool) -> HttpResponse:
    storage, name = stored.file.storage, stored.file.name
    try:
        modified, size = int(storage.get_modified_time(name).timestamp()), storage.size(name)
        etag = quote_etag(f"{modified:x}-{size:x}")
        response = get_conditional_response(request, etag=etag, last_modified=modified)
        if response is None:
            response = _content(storage.open(name), name, is_document=stored.is_document)
    except (FileNotFoundError, SuspiciousOperation) as missing:
        raise Http404 from missing
    response.headers["ETag"] = etag
    response.headers["Last-Modified"] = http_date(modified)
    if is_public:
        patch_cache_control(response, public=True, max_age=PUBLIC_FOR)
    else:
        patch_cache_control(response, private=True, no_store=True)
    return response


def _content(file, name: str, *, is_document: bool) -> FileResponse:
    """The bytes. Nothing but pictures is ever shown in the browser, and nothing may run there."""
    filename = posixpath.basename(name)
    extension = filename.rpartition(".")[2].lower()
    kind = DOCUMENTS.get(extension) if is_document else PICTURES.get(extension)
    response = FileResponse(
        file,
        as_attachment=is_document or kind is None,
        filename=filename,
        content_type=kind or "application/octet-stream",
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
