"""Pictures and documents of courses. Who sees them follows from the pages that use them (see `access`)."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import AbstractImage, AbstractRendition, Image


class CourseImage(AbstractImage):
    """A picture with the credit that its maker asked for."""

    credit = models.CharField(_("credit"), max_length=200, blank=True)

    admin_form_fields = (*Image.admin_form_fields, "credit")

    class Meta(AbstractImage.Meta):
        indexes = [models.Index(fields=["file"], name="courseimage_by_file")]
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")


class CourseRendition(AbstractRendition):
    image = models.ForeignKey(CourseImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        unique_together = (("image", "filter_spec", "focal_point_key"),)
        indexes = [models.Index(fields=["file"], name="courserendition_by_file")]


class CourseDocument(AbstractDocument):
    """A file to download."""

    admin_form_fields = Document.admin_form_fields

    class Meta(AbstractDocument.Meta):
        indexes = [models.Index(fields=["file"], name="coursedocument_by_file")]
        verbose_name = _("document")
        verbose_name_plural = _("documents")
