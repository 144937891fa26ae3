"""Every word of the interface, in every language that the site offers."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils.translation import ngettext, override, to_locale
from wagtail.models import Page

from community.forum import access
from community.forum.models import Forum
from community.forum_conversation.actions import start_topic
from modules.courses.models import KINDS
from modules.progress.actions import join_course, tick_step
from mooc_site import messages

from . import bare_words

LANGUAGES = [code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
PLACEHOLDER = re.compile(r"%\(\w+\)[#0-9.+ -]*[a-zA-Z]")
TAG = re.compile(r"</?\w+[^>]*>")
# A part of an <html> tag, which can only be read as a part.
FRAGMENTS = {"templates/components/frame/root.html"}


@pytest.fixture(scope="module")
def found():
    return messages.collect()


def po_of(language: str) -> Path:
    return Path(settings.LOCALE_PATHS[0], to_locale(language), "LC_MESSAGES", "django.po")


def catalog_of(language: str) -> messages.PlainCatalog:
    return messages.read(po_of(language), language=to_locale(language))


def pairs(message) -> list[tuple[set[str], str]]:
    """What a translation may say, form by form: the original's forms, and the translated one."""
    if not message.pluralizable:
        return [({message.id}, message.string)]
    *several, last = message.string
    return [*((set(message.id), form) for form in several), ({message.id[1]}, last)]


@pytest.mark.parametrize("language", LANGUAGES)
class TestTheCatalogOf:
    def test_a_language_has_a_translation_for_every_message_of_the_source(self, language, found):
        catalog = catalog_of(language)
        messages.merge(catalog, found)
        missing = [message.id for message in messages.untranslated(catalog)]
        assert not missing, "make messages, then translate these"

    def test_a_language_holds_no_more_and_no_other_than_make_messages_writes(self, language, found):
        catalog = catalog_of(language)
        messages.merge(catalog, found)
        assert messages.po_bytes(catalog).decode() == po_of(language).read_text(), "make messages"

    def test_a_language_is_compiled(self, language):
        compiled = po_of(language).with_suffix(".mo").read_bytes()
        assert messages.mo_bytes(catalog_of(language)) == compiled, "make messages"

    def test_a_language_fills_in_the_same_values_as_the_original(self, language):
        for message in catalog_of(language):
            for originals, form in pairs(message) if message.id else []:
                wanted = [sorted(PLACEHOLDER.findall(original)) for original in originals]
                assert sorted(PLACEHOLDER.findall(form)) in wanted, form

    def test_a_language_keeps_the_tags_and_spaces_of_the_original(self, language):
        for message in catalog_of(language):
            for originals, form in pairs(message) if message.id else []:
                assert sorted(TAG.findall(form)) in [sorted(TAG.findall(text)) for text in originals], form
                edges = (form[:1].isspace(), form[-1:].isspace())
                assert edges in [(text[:1].isspace(), text[-1:].isspace()) for text in originals], form

    def test_a_language_never_shouts(self, language):
        shouted = [
            message.string for message in catalog_of(language) if re.search(r"\w!|¡", str(message.string))
        ]
        assert not shouted


def test_collecting_sees_python_and_templates_with_plurals_contexts_and_filters(tmp_path):
    for part in messages.PYTHON:
        (tmp_path / part).mkdir()
    (tmp_path / "home/words.py").write_text(
        '_("One" " thing")\n'
        'ngettext_lazy("%(n)d week", "%(n)d weeks", n)\n'
        'pgettext("moderation", "Open")\n'
        "_(variable)\n"
    )
    (tmp_path / "home/migrations").mkdir()
    (tmp_path / "home/migrations/0001_initial.py").write_text('_("Not this")')
    (tmp_path / "templates/home").mkdir(parents=True)
    (tmp_path / "templates/home/words.html").write_text(
        '<p title="{% translate "A title" %}">\n   It’s not this {{ name|default:_("Somebody") }}\n'
        "  {# nor this #}{% blocktranslate trimmed count n=n with a=b %}\n  {{ n }} post\n"
        "  {% plural %}{{ n }} posts{% endblocktranslate %}</p>\n"
        ' {% translate "Open" context "week" %}'
    )
    assert [(message.id, message.context) for message in messages.collect(tmp_path) if message.id] == [
        ("One thing", None),
        (("%(n)d week", "%(n)d weeks"), None),
        ("Open", "moderation"),
        ("A title", None),
        ("Somebody", None),
        (("%(n)s post", "%(n)s posts"), None),
        ("Open", "week"),
    ]


def test_merging_keeps_what_is_translated_and_drops_what_is_gone(tmp_path):
    po = tmp_path / "django.po"
    po.write_text(
        'msgid "Kept"\nmsgstr "Gardé"\n\nmsgid "Gone"\nmsgstr "Parti"\n\n#, fuzzy\nmsgid "New"\nmsgstr "?"\n'
    )
    source = messages.Catalog()
    for words in ("New", "Kept", "Newest"):
        source.add(words, locations=[("home/words.py", None)])
    catalog = messages.read(po, language="fr")
    messages.merge(catalog, source)
    assert [message.id for message in messages.untranslated(catalog)] == ["New", "Newest"]
    text = messages.po_bytes(catalog).decode()
    assert text.index("Kept") < text.index('"New"') < text.index("Newest")
    assert "Gone" not in text
    assert '#: home/words.py\nmsgid "Kept"\nmsgstr "Gardé"\n' in text
    po.write_text(text)
    assert messages.po_bytes(messages.read(po, language="fr")).decode() == text


def test_spanish_has_its_plural_for_everything_but_one():
    with override("es"):
        said = [ngettext("%(count)d minute", "%(count)d minutes", n) for n in (0, 1, 2, 1_000_000)]
    assert said == ["%(count)d minutos", "%(count)d minuto", "%(count)d minutos", "%(count)d minutos"]


class TestWordsThatSkipTranslation:
    @pytest.mark.parametrize(
        "path",
        [path for path in messages.sources(messages.ROOT) if path.suffix != ".py"],
        ids=lambda path: path.relative_to(messages.ROOT).as_posix(),
    )
    def test_stand_in_no_template(self, path):
        if path.relative_to(messages.ROOT).as_posix() not in FRAGMENTS:
            assert not list(bare_words.in_template(path.read_text(), is_html=path.suffix == ".html"))

    def test_stand_in_no_python_file(self):
        for path in messages.sources(messages.ROOT):
            if path.suffix == ".py":
                assert not list(bare_words.in_python(path.read_text())), path

    @pytest.mark.parametrize(
        ("template", "bare"),
        [
            ("<p>Hello</p>", [(1, "Hello")]),
            ("\n<p>\n {{ name }}, hello</p>", [(3, "… , hello")]),
            ('<p>{% translate "Hello" %}{# comment #}, · 4o4 {{ name }}</p>', []),
            ("<p>{% blocktranslate trimmed %}Hello\n{{ name }}{% endblocktranslate %}</p>", []),
            ("{% comment %}Hello{% endcomment %}<b>Co</b>Commonplace", []),
            (
                '<a{% if now %} aria-current="true"{% endif %} title="More">x</a>'.replace(">x<", "><"),
                [(1, "More")],
            ),
            ('<input type="submit" value="Send"><input type="text" value="typed" placeholder="Words">', None),
            ('<svg><path d="M4 5h16"/></svg><script>let words = 1;</script>', []),
            ("{{ moment|date:'j F Y' }}", None),
            ("{{ moment|date:'DATE_FORMAT' }}{{ moment|date:'c' }}", []),
            ("{{ name|default:'Somebody' }}", [(1, "name|default:'Somebody'")]),
            ("{{ cloth|default:'bottle' }}{{ name|default:_('Somebody') }}", []),
        ],
    )
    def test_are_seen_where_they_are(self, template, bare):
        seen = list(bare_words.in_template(template))
        assert seen == bare if bare is not None else seen

    def test_are_seen_in_python(self):
        source = (
            'Char("name", help_text="Your name")\n'
            'Char(_("name"), help_text=_("Yours"), label="")\n'
            'raise ValidationError(f"No {thing}")\n'
            'messages.success(request, "Saved.")\n'
            '_("a" if x else "b")\n'
            "ngettext(one, many, 2)\n"
        )
        assert [line for line, _words in bare_words.in_python(source)] == [1, 3, 4, 5, 6]


class TestPagesInSpanish:
    @pytest.fixture
    def ana(self, person):
        user = person("ana", language="es", display_name="–")
        user.groups.add(Group.objects.get(name=access.MODERATORS))
        return user

    @pytest.fixture
    def addresses(self, ana, course, add_week, add_step, cafe) -> dict[str, str]:
        """Where most of the words are. What people wrote and what migrations named is in no language."""
        week, closed_week = add_week(slug="open"), add_week(slug="closed", offset_days=30)
        steps = [add_step(week, "–", kind, slug=kind, minutes=5) for kind in KINDS]
        Page.objects.filter(depth__gt=1).update(title="–")
        Forum.objects.update(name="–", description="–")
        join_course(person=ana, course=course)
        tick_step(person=ana, step=steps[0])
        topic = start_topic(forum=cafe, person=ana, subject="–", text="–")
        return {
            "home": "/",
            "courses": course.get_parent().url,
            "course": course.url,
            "week": week.url,
            "closed week": closed_week.url,
            **{step.slug: step.url for step in steps},
            "my learning": reverse("my_learning"),
            "forum index": reverse("forum_index"),
            "forum": cafe.get_absolute_url(),
            "topic": topic.get_absolute_url(),
            "new topic": reverse("topic_new", args=[cafe.pk]),
            "person": ana.get_absolute_url(),
            "settings": reverse("settings"),
            "reports": reverse("moderation"),
            "missing": "/nowhere/",
            "sign in": reverse("account_login"),
            "sign up": reverse("account_signup"),
            "new password": reverse("account_reset_password"),
        }

    @pytest.mark.parametrize("signed_in", [False, True])
    def test_say_nothing_in_english(self, client, ana, addresses, signed_in):
        english = words_only_in_english()
        assert len(english) > 500
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = "es"
        if signed_in:
            client.force_login(ana)
        said = {}
        for name, address in addresses.items():
            response = client.get(address)
            text = spoken(response.content.decode())
            said[name] = [words for words in english if is_in(text, words)]
            assert response.headers["Content-Language"] == "es"
        assert {name: words for name, words in said.items() if words} == {}


def words_only_in_english() -> set[str]:
    """The longest piece without values and tags of each message, unless it is Spanish as well."""
    spanish = " ".join(form for message in catalog_of("es") if message.id for _, form in pairs(message))
    pieces = set()
    for message in catalog_of("es"):
        for original in [message.id] if isinstance(message.id, str) else message.id:
            pieces.add(
                max(re.split(rf"{PLACEHOLDER.pattern}|{TAG.pattern}", original), key=len).strip(" .,:“”")
            )
    own_names = {"English"}  # a language is offered under the name that its speakers look for
    return {words for words in pieces - own_names if len(words) > 3 and not is_in(spanish, words)}


def is_in(text: str, words: str) -> bool:
    """Whether `words` stand in `text` as words of their own."""
    return words in text and re.search(rf"\b{re.escape(words)}\b", text) is not None


def spoken(html: str) -> str:
    """All that a page shows or says, with tags and line breaks as single spaces."""
    listener = Listener()
    listener.feed(html)
    return " ".join(" ".join(listener.said).split())


class Listener(HTMLParser):
    def __init__(self):
        super().__init__()
        self.said: list[str] = []

    def handle_starttag(self, tag, attrs):
        self.said += [value or "" for name, value in attrs if name in bare_words.SPOKEN or name == "content"]

    def handle_data(self, data):
        self.said.append(data)
