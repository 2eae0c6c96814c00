"""What every page carries: languages, the person, the way around, the demo banner."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Flask, current_app, g, request, url_for

from grants import clock
from grants.i18n.languages import LANGUAGES, current_language
from grants.web.errors import sentence
from grants.web.gate import actor, allowed


@dataclass(frozen=True)
class Way:
    """One entry of the menu."""

    label: str
    url: str
    current: bool


@dataclass(frozen=True)
class LanguageChoice:
    """One language of the switch."""

    code: str
    label: str
    tag: str
    current: bool
    url: str


@dataclass(frozen=True)
class PersonLink:
    """One entry of the menu under the person's name."""

    label: str
    url: str
    current: bool = False
    count: int = 0


@dataclass(frozen=True)
class Person:
    """The person as the masthead shows them."""

    is_signed_in: bool
    name: str
    key: str
    links: list[PersonLink]
    sign_in_url: str
    sign_out_url: str
    unread: int = 0
    place: str = ""


_ways: list[Callable[[Any], list[Way]]] = []
_person_links: list[Callable[[Any], list[PersonLink]]] = []
_banner: list[Callable[[], Any]] = []


def use_ways(find: Callable[[Any], list[Way]]) -> None:
    """Say which entries a person's menu has; the desk knows."""
    _ways[:] = [find]


def use_person_links(find: Callable[[Any], list[PersonLink]]) -> None:
    """Say what a person reaches from the own name; the desk knows."""
    _person_links[:] = [find]


def use_banner(find: Callable[[], Any]) -> None:
    """Say what the demo banner shows; demo mode knows."""
    _banner[:] = [find]


def install(app: Flask) -> None:
    """Hand it to every template."""
    app.context_processor(_carried)
    app.jinja_env.globals.update(allowed=allowed, sentence=sentence)
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True


def _page_texts(language: str) -> str:
    """What scripts say, drawn once a language: the same on every page."""
    drawn: dict[str, str] = current_app.extensions.setdefault("page_texts", {})
    if language not in drawn:
        component: Any = current_app.jinja_env.get_template("components/page_texts.html").module
        drawn[language] = component.page_texts()
    return drawn[language]


def _carried() -> dict[str, Any]:
    who = actor()
    return {
        "who": _person(who),
        "now": clock.now(),
        "municipality": g.get("municipality_seat"),
        "locale_tag": current_language().tag,
        "page_texts": _page_texts(current_language().code),
        "languages": _choices(),
        "navigation": _ways[0](who) if _ways else [],
        "demo": _banner[0]() if _banner else None,
    }


def _person(who: Any) -> Person:
    return Person(
        is_signed_in=who.is_signed_in,
        name=who.name,
        key=str(who.id or ""),
        links=_person_links[0](who) if _person_links and who.is_signed_in else [],
        sign_in_url=url_for("people.sign_in"),
        sign_out_url=url_for("people.sign_out"),
        unread=getattr(who, "unread", 0),
    )


def _choices() -> list[LanguageChoice]:
    here = request.full_path.rstrip("?")
    chosen = current_language()
    return [
        LanguageChoice(
            code=language.code,
            label=language.label,
            tag=language.tag,
            current=language == chosen,
            url=url_for("web.language", code=language.code, next=here),
        )
        for language in LANGUAGES
    ]
