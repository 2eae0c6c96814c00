"""Signing in, the language switch, and pages without JavaScript."""

from collections.abc import Callable

from tests.browser.people import Person


def test_visitor_opens_an_account_and_changes_language(somebody: Callable[..., Person]) -> None:
    amra = somebody("Amra", width=360)
    amra.goes("/register").fills(
        name="Amra Ademović", email="amra@example.ba", password="dugačka rečenica"
    )
    amra.presses("Otvori račun").sees("Provjerite poštu")
    amra.signs_in("amra@example.ba", "dugačka rečenica")
    amra.goes("/language/sr?next=/sign-in").sees("Пријава")
    amra.goes("/language/bs?next=/sign-in").sees("Prijava")
