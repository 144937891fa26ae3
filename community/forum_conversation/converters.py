"""Parts of addresses."""

from django.urls import register_converter


class WordsConverter:
    """A slug of any alphabet."""

    regex = r"[-\w]+"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class IdConverter:
    """The id of a row: digits that fit into the database's 64 bits."""

    regex = r"[1-9][0-9]{0,17}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)


register_converter(WordsConverter, "words")
register_converter(IdConverter, "id")
