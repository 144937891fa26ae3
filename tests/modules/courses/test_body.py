"""What blocks become on a page."""

import io
import re

import pytest
from django.core.files.images import ImageFile
from PIL import Image

from modules.media.models import CourseImage

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def picture(name: str = "bus.png", size=(1600, 1000), **fields) -> CourseImage:
    data = io.BytesIO()
    Image.new("RGB", size, "teal").save(data, "PNG")
    return CourseImage.objects.create(title="Bus", file=ImageFile(data, name), **fields)


def test_every_block_has_its_markup(client, week, add_step, sound):
    step = add_step(
        week,
        "All blocks",
        body=[
            ("heading", {"text": "A <section>", "level": "2"}),
            ("heading", {"text": "A part", "level": "3"}),
            ("text", "<p>Plain <b>words</b>.</p><ul><li>one</li></ul>"),
            ("quote", {"text": "Said so.", "source": "Somebody"}),
            ("quote", {"text": "Said without a name.", "source": ""}),
            ("callout", {"kind": "note", "title": "Mind", "text": "<p>A note.</p>"}),
            ("callout", {"kind": "try", "title": "", "text": "<p>Try it.</p>"}),
            ("callout", {"kind": "question", "title": "", "text": "<p>Why?</p>"}),
        ],
    )
    html = sound(client.get(step.url))
    body = html.split('class="prose pt3"')[1].split("</article>")[0]
    assert "<h2>A &lt;section&gt;</h2>" in body
    assert "<h3>A part</h3>" in body
    assert "<p>Plain <b>words</b>.</p>" in body
    assert "<blockquote><p>Said so.</p></blockquote><figcaption>Somebody</figcaption>" in body
    assert "<blockquote><p>Said without a name.</p></blockquote>" in body
    assert body.count('class="note') == 3
    # Children of .prose stand in it directly: its rhythm goes by siblings.
    assert "block-" not in body
    assert "rich-text" not in body


def test_a_figure_comes_in_sizes_with_its_words_and_its_credit(client, week, add_step, sound):
    figure = {"image": picture(credit="Hanne Vik"), "alt": "A bus “window”", "caption": "The stop."}
    html = sound(client.get(add_step(week, "Figure", body=[("figure", figure)]).url))
    [tag] = re.findall(r"<img[^>]+>", html)
    assert 'alt="A bus “window”"' in tag
    assert 'loading="lazy"' in tag
    assert 'width="1320"' in tag
    assert 'height="825"' in tag
    assert re.findall(r"\.webp (\d+)w", tag) == ["1320", "840", "480"]
    assert "sizes=" in tag
    assert "The stop. Picture: Hanne Vik" in " ".join(html.split())


def test_a_picture_that_is_gone_leaves_its_place_empty(client, week, add_step):
    image = picture()
    step = add_step(week, "Figure", body=[("figure", {"image": image, "alt": "A bus", "caption": ""})])
    image.delete()
    response = client.get(step.url)
    assert response.status_code == 200
    assert b"<img" not in response.content


@pytest.mark.parametrize("figures", [1, 6])
def test_pictures_cost_two_queries_however_many(client, week, add_step, django_assert_num_queries, figures):
    body = [
        ("figure", {"image": picture(f"bus{number}.png", (60, 40)), "alt": "A bus", "caption": ""})
        for number in range(figures)
    ]
    step = add_step(week, "Figures", body=body)
    client.get(step.url)
    # Eight of a page whose conversation a visitor may not read (see test_queries), pictures, their sizes.
    with django_assert_num_queries(10):
        html = client.get(step.url).content.decode()
    assert html.count("<img") == figures


def test_links_to_pages_and_documents_are_addresses(client, week, add_step):
    from django.core.files.base import ContentFile

    from modules.media.models import CourseDocument

    document = CourseDocument.objects.create(title="Card", file=ContentFile(b"%PDF-1.4", "card.pdf"))
    text = f'<p><a linktype="page" id="{week.pk}">the week</a>'
    text += f'<a linktype="document" id="{document.pk}">card</a></p>'
    html = client.get(add_step(week, "Links", body=[("text", text)]).url).content.decode()
    assert f'<a href="{week.url}">the week</a>' in html
    assert '<a href="/files/documents/card.pdf">card</a>' in html
