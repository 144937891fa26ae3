"""Pictures and documents of courses. Who sees them follows from the pages that use them (see `access`)."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import AbstractImage, AbstractRendition, Filter, Image
from wagtail.utils.file import hash_filelike
from wagtailmedia.models import AbstractMedia

from .judging import judge_media


class CourseImage(AbstractImage):
    """A picture with the credit that its maker asked for."""

    search_auto_update = False  # modules/courses/indexing.py sees to it
    credit = models.CharField(_("credit"), max_length=200, blank=True)

    admin_form_fields = (*Image.admin_form_fields, "credit")

    def create_renditions(self, *filters: Filter) -> dict[Filter, AbstractRendition]:
        """The picture in these sizes. Of two visitors who make the same one at once, both get the stored one.

        Wagtail gives the slower one a size with a file that no row names: a picture that nobody may see.
        """
        made = super().create_renditions(*filters)
        unsure = {wanted: size for wanted, size in made.items() if size.pk is None}
        if unsure:
            specs = [wanted.spec for wanted in unsure]
            stored = {
                (size.filter_spec, size.focal_point_key): size
                for size in self.renditions.filter(filter_spec__in=specs)
            }
            for wanted, size in unsure.items():
                kept = stored.get((size.filter_spec, size.focal_point_key))
                if kept is not None:
                    made[wanted] = kept
                    if kept.file.name != size.file.name:
                        size.file.delete(save=False)
        return made

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

    search_auto_update = False
    admin_form_fields = Document.admin_form_fields

    class Meta(AbstractDocument.Meta):
        indexes = [models.Index(fields=["file"], name="coursedocument_by_file")]
        verbose_name = _("document")
        verbose_name_plural = _("documents")


class CourseMedia(AbstractMedia):
    """A film or a sound recording. Its captions lie with the block that shows it."""

    search_auto_update = False
    file_hash = models.CharField(max_length=40, blank=True, editable=False)

    admin_form_fields = ("title", "file", "collection", "width", "height", "tags")

    class Meta(AbstractMedia.Meta):
        indexes = [models.Index(fields=["file"], name="coursemedia_by_file")]
        verbose_name = _("film or sound")
        verbose_name_plural = _("films and sound")

    def clean(self, *args, **kwargs) -> None:
        """Raises ValidationError for what no browser plays, whatever its name says."""
        super().clean(*args, **kwargs)
        if self.file and not self.file._committed:
            judge_media(self.file.file, self.file.name, self.type)

    def save(self, *args, **kwargs):
        if self.file and not self.file._committed:
            self.file_hash = hash_filelike(self.file.file)  # stays open: it is stored below
        elif self.file and not self.file_hash:
            with self.file.open("rb") as file:
                self.file_hash = hash_filelike(file)
        return super().save(*args, **kwargs)
