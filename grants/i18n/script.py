"""Scripts: the pure text functions."""


def to_cyrillic(text: str) -> str:
    """Until the transliteration lands, the text itself."""
    return text


def fold(text: str) -> str:
    """Until folding lands, lower case."""
    return text.lower()


def sort_key(text: str) -> str:
    """Until the alphabet lands, lower case."""
    return text.lower()
