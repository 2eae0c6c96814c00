"""Pages that the walk does not come by: signing in, links from mails, refusals, checks."""

from collections.abc import Callable

import pytest
from flask import Flask

from grants.people.models import User
from grants.people.rules import INSTALLATION, Role
from tests.applications.arranging import Arranged
from tests.browser.mails import read_link
from tests.browser.people import Person
from tests.client import commit, session_cookie
from tests.evaluation.world import make_world
from tests.factories import make_municipality, make_user
from tests.serving import Server

WIDTHS = pytest.mark.parametrize("width", [1380, 360])
PASSWORD = "dugačka rečenica sa Miljacke"


@pytest.fixture
def server(steady_server: Server) -> Server:
    """The same for all tests here: each has a world of its own in it."""
    return steady_server


def add_user(house: Flask, name: str, role: Role, *, slug: str = "") -> User:
    """Somebody with a role in a new municipality, or in the installation."""
    with house.app_context():
        scope = make_municipality(slug=slug).id if slug else INSTALLATION
        user = make_user(name, (role, scope))
        commit()
        return user


@WIDTHS
def test_account_is_opened_confirmed_and_its_password_changed_by_links(
    server: Server, somebody: Callable[..., Person], width: int
) -> None:
    email = f"amra{width}@example.ba"
    amra = somebody("Amra", width=width).goes("/sign-in").goes("/register")
    amra.presses("Otvori račun").looks("/register-refused")
    amra.fills(name="Amra Ademović", email=email, password=PASSWORD)
    amra.presses("Otvori račun").looks("/registered").sees("Provjerite poštu")
    amra.goes(read_link(server, email, "/confirm/")).presses("Potvrdi adresu").sees("potvrđena")
    amra.goes("/reset").fills(email=email)
    amra.page.locator("main form button").first.click()
    amra.page.wait_for_load_state()
    amra.looks("/reset-sent")
    link = read_link(server, email, "/reset/")
    amra.goes(link).fills(password="sasvim nova rečenica")
    with amra.page.expect_navigation():
        amra.page.locator("main form button").first.click()
    amra.looks("/reset-done").signs_in(email, "sasvim nova rečenica")
    amra.page.goto(f"{server.url}{link}")
    amra.looks("/link-spent")


@WIDTHS
def test_invitation_is_sent_and_taken_up(
    server: Server, house: Flask, somebody: Callable[..., Person], width: int
) -> None:
    dina, email = somebody("Dina", width=width), f"edin{width}@example.ba"
    boss = add_user(house, "Dina", Role.ADMINISTRATOR, slug=f"opcina-{width}-px")
    dina.carries(session_cookie(house, boss)).goes(f"/m/opcina-{width}-px/people")
    dina.fills(name="Edin Finansić", email=email)
    dina.page.check("[name=role][value=finance]")
    dina.presses("Pošalji pozivnicu").looks("/people-invited")
    edin = somebody("Edin", width=width).goes(read_link(server, email, "/invitation/"))
    edin.fills(password=PASSWORD).presses("Prihvati").looks("/invitation-taken")
    edin.signs_in(email, PASSWORD)
    edin.page.goto(f"{server.url}/installation")
    edin.looks("/403").sees("Ovo nije u vašoj nadležnosti")


@WIDTHS
def test_receipt_is_checked_by_anybody_and_other_addresses_are_404(
    house: Flask, world: Arranged, somebody: Callable[..., Person], width: int
) -> None:
    lejla = somebody("Lejla", width=width)
    lejla.carries(session_cookie(house, world.representative)).goes(f"{world.base}/check")
    lejla.page.check("[name=is_declared]")
    lejla.presses("Predaj prijavu").looks("/receipt")
    lejla.follows("Javna provjera potvrde")
    visitor = somebody("Posjetilac", width=width).goes(lejla.page.url)
    visitor.looks("/receipts").sees("Potvrda je vjerodostojna", f"{world.call.reference}-001")
    visitor.page.goto(f"{visitor.url}/nema")
    visitor.looks("/404").sees("Te stranice nema")


@WIDTHS
def test_member_of_committee_declares_interests_before_seeing_anything(
    house: Flask, somebody: Callable[..., Person], width: int
) -> None:
    committee = make_world(house, is_declared=False)
    amra = somebody("Amra", width=width).carries(session_cookie(house, committee.chair))
    amra.goes("/committee").follows("Pročitaj i potpiši izjavu").looks("/declaration")
    amra.page.check("[name=agrees]")
    amra.presses("Potpiši izjavu").looks("/interests").sees("Sukob interesa")
    amra.presses("Potpiši izjavu o interesima").looks("/interests-refused")
    amra.page.select_option("main select >> nth=0", index=1)
    amra.page.check("[name=agrees]")
    amra.presses("Potpiši izjavu o interesima").looks("/committee-declared")
