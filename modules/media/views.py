"""Files of pages, behind the same door as the pages."""

from __future__ import annotations

import posixpath
import time

from django.core.exceptions import SuspiciousOperation
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import content_disposition_header, http_date, quote_etag
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from .access import Reach, StoredFile, find_file, reach_of
from .byteranges import PartOfFile, Unsatisfiable, asked_range, still_holds
from .judging import TYPES

# What a browser may show in its place. Everything else is for saving.
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
    "vtt": "text/vtt; charset=utf-8",  # that it is for saving keeps no player from loading captions
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
# Nothing may run. A film that is opened by itself is a page that the browser makes, with a player in it.
POLICY = "default-src 'none'; sandbox"
PLAYING = "default-src 'none'; media-src 'self'; style-src 'unsafe-inline'; sandbox allow-same-origin"
# Seconds that a file which everyone may see is kept elsewhere. After that its page may have been withdrawn.
PUBLIC_FOR = 3600


@require_safe
def serve_file(request: HttpRequest, path: str) -> HttpResponse:
    """A picture, film, sound or document for whoever may read a page that uses it, whole or a part of it.

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
    response = _file_response(request, stored)
    if reach is Reach.EVERYONE and response.status_code != 416:
        patch_cache_control(response, public=True, max_age=PUBLIC_FOR)
    else:
        patch_cache_control(response, private=True, no_store=True)
    return response


def _file_response(request: HttpRequest, stored: StoredFile) -> HttpResponseBase:
    """The file as the request's conditions and range want it. Raises Http404 where it is gone."""
    storage, name = stored.file.storage, stored.file.name
    try:
        modified, size = int(storage.get_modified_time(name).timestamp()), storage.size(name)
        etag = quote_etag(f"{modified:x}-{size:x}")
        response = get_conditional_response(request, etag=etag, last_modified=modified)
        if response is None and request.method == "HEAD":
            response = HttpResponse(headers={"Content-Length": str(size)})
        elif response is None:
            response = _content(request, stored, etag, modified, size)
    except (FileNotFoundError, SuspiciousOperation) as missing:
        raise Http404 from missing
    response.headers["ETag"] = etag
    response.headers["Last-Modified"] = http_date(modified)
    response.headers["Accept-Ranges"] = "bytes"
    if response.status_code in {200, 206}:
        _describe(response, stored)
    return response


def _content(
    request: HttpRequest, stored: StoredFile, etag: str, modified: int, size: int
) -> HttpResponseBase:
    """The bytes: all of them, those of the range that is asked for, or none and 416."""
    storage, name = stored.file.storage, stored.file.name
    wanted, condition = request.headers.get("Range", ""), request.headers.get("If-Range")
    if condition is not None and not still_holds(condition, etag=etag, modified=modified, now=time.time()):
        wanted = ""
    try:
        part = asked_range(wanted, size)
    except Unsatisfiable:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    file = storage.open(name)
    if part is None:
        return FileResponse(file)
    response = StreamingHttpResponse(PartOfFile(file, part), status=206)
    response.headers["Content-Range"] = part.content_range
    response.headers["Content-Length"] = str(part.length)
    return response


def _describe(response: HttpResponseBase, stored: StoredFile) -> None:
    """Say what the bytes are. Only pictures, films and sounds are shown, and nothing may run there."""
    filename = posixpath.basename(stored.file.name)
    extension = filename.rpartition(".")[2].lower()
    if stored.is_document:
        kind, policy = DOCUMENTS.get(extension), POLICY
    elif stored.media_type:
        kind, policy = TYPES[stored.media_type].get(extension), PLAYING
    else:
        kind, policy = PICTURES.get(extension), POLICY
    response.headers["Content-Type"] = kind or "application/octet-stream"
    response.headers["Content-Disposition"] = content_disposition_header(
        stored.is_document or kind is None, filename
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = policy
