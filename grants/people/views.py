"""Signing in and out, registering, confirming, a new password, taking up an invitation."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from grants import clock
from grants.errors import DomainError, Problem
from grants.i18n.languages import current_language
from grants.i18n.languages import gettext as _
from grants.people import session
from grants.people.access import may_anyone, may_person
from grants.people.actions import (
    accept_invitation,
    ask_for_reset,
    confirm_email,
    ensure_may_try,
    note_failure,
    note_sign_in,
    register,
    reset_password,
    send_confirmation,
)
from grants.people.forms import (
    AskResetForm,
    InvitationForm,
    NewPasswordForm,
    RegisterForm,
    SignInForm,
)
from grants.people.passwords import commonest_passwords, hash_password, password_matches
from grants.people.queries import (
    get_mail_link,
    get_user,
    get_user_by_email,
    get_user_with_roles,
)
from grants.people.rules import Purpose, password_problems
from grants.web.commit import release, unit_of_work
from grants.web.errors import NOT_TYPED, sentences
from grants.web.gate import actor, allow
from grants.web.views import local_path

blueprint = Blueprint("people", __name__)


@blueprint.route("/sign-in", methods=["GET", "POST"])
@allow(may_anyone)
def sign_in() -> ResponseReturnValue:
    """Sign in with address and password; slowed down after too many failed tries."""
    form = SignInForm(next=request.args.get("next", ""))
    if form.validate_on_submit():
        if _sign_in(form.email.data, form.password.data):
            way = session.take_way()
            return redirect(local_path(form.next.data or way or "/start"))
        form.password.errors = [
            _("Adresa ili lozinka nije tačna. Provjerite ih i pokušajte ponovo.")
        ]
    return render_template("people/sign_in.html", form=form), 422 if form.errors else 200


@blueprint.post("/sign-in/resend")
@allow(may_anyone)
def sign_in_and_resend() -> ResponseReturnValue:
    """Sign in on the page that kept what was typed; it comes back, ready to be sent again."""
    email = request.form.get("resend_email", "")
    is_in = _sign_in(email, request.form.get("resend_password", ""))
    typed = [
        (name, text)
        for name, texts in request.form.lists()
        for text in texts
        if name not in NOT_TYPED
    ]
    target = local_path(request.form.get("resend_to", ""))
    page = render_template(
        "web/resend.html", typed=typed, target=target, who=actor(), failed=not is_in, lost_files=[]
    )
    return page, 200 if is_in else 422


def _sign_in(email: str, password: str) -> bool:
    """Each step in a transaction of its own: the slow hashing holds none."""
    release()
    at, address = clock.now(), request.remote_addr or ""
    with unit_of_work("read who signs in", writing=False):
        ensure_may_try(email, address, at=at)
        user = get_user_by_email(email)
        kept = user.password_hash if user else ""
        user_id = user.id if user else 0
    if not password_matches(password, kept):
        with unit_of_work("keep a failed sign-in"):
            note_failure(email, address, at=at)
        return False
    with unit_of_work("keep a sign-in"):
        user = get_user_with_roles(user_id)
        if user is None:
            return False
        note_sign_in(user, at=at)
    session.begin(user)
    return True


@blueprint.post("/sign-out")
@allow(may_person)
def sign_out() -> ResponseReturnValue:
    """End the session."""
    session.end()
    return redirect("/")


@blueprint.route("/register", methods=["GET", "POST"])
@allow(may_anyone)
def register_person() -> ResponseReturnValue:
    """A new account; the address is confirmed by a link."""
    form = RegisterForm()
    if form.validate_on_submit() and _password_fits(form, form.email.data):
        release()
        kept = hash_password(form.password.data)
        register(
            form.email.data,
            name=form.name.data,
            language=current_language().code,
            password_hash=kept,
            at=clock.now(),
        )
        session.keep_way(request.args.get("next", ""))
        return render_template("people/registered.html", email=form.email.data)
    return render_template("people/register.html", form=form), 422 if form.errors else 200


@blueprint.route("/confirm/<token>", methods=["GET", "POST"])
@allow(may_anyone)
def confirm(token: str) -> ResponseReturnValue:
    """Confirm the address; a button, so that a mail scanner that opens links confirms nothing."""
    if request.method == "GET":
        return render_template("people/confirm.html")
    confirm_email(token, at=clock.now())
    flash(_("Adresa je potvrđena. Sada se možete prijaviti."), "success")
    return redirect(url_for("people.sign_in"))


@blueprint.post("/confirm")
@allow(may_person)
def confirm_again() -> ResponseReturnValue:
    """Send the confirmation link once more."""
    user = get_user(actor().id)
    if user is not None and user.confirmed_at is None:
        send_confirmation(user, at=clock.now())
    flash(_("Poslali smo novu poveznicu na vašu adresu."), "success")
    return redirect("/")


@blueprint.route("/reset", methods=["GET", "POST"])
@allow(may_anyone)
def ask_reset() -> ResponseReturnValue:
    """Ask for a link; the answer is the same whether or not there is such an account."""
    form = AskResetForm()
    if form.validate_on_submit():
        ask_for_reset(form.email.data, at=clock.now())
        return render_template("people/reset_sent.html", email=form.email.data)
    return render_template("people/ask_reset.html", form=form), 422 if form.errors else 200


@blueprint.route("/reset/<token>", methods=["GET", "POST"])
@allow(may_anyone)
def new_password(token: str) -> ResponseReturnValue:
    """Choose a new password by the link; every older session ends."""
    link = get_mail_link(token, Purpose.RESET_PASSWORD, at=clock.now())
    if link is None:
        raise DomainError(Problem("link_spent"))
    form, email = NewPasswordForm(), link.email
    if form.validate_on_submit() and _password_fits(form, email):
        release()
        kept = hash_password(form.password.data)
        reset_password(token, password_hash=kept, at=clock.now())
        flash(_("Nova lozinka je sačuvana. Prijavite se njome."), "success")
        return redirect(url_for("people.sign_in"))
    return render_template("people/new_password.html", form=form), 422 if form.errors else 200


@blueprint.route("/invitation/<token>", methods=["GET", "POST"])
@allow(may_anyone)
def invitation(token: str) -> ResponseReturnValue:
    """Take up a role by the link of an invitation."""
    link = get_mail_link(token, Purpose.INVITATION, at=clock.now())
    if link is None:
        raise DomainError(Problem("link_spent"))
    email, facts = link.email, dict(link.facts)
    has_account = get_user_by_email(email) is not None
    form = InvitationForm()
    if form.validate_on_submit() and (has_account or _password_fits(form, email)):
        release()
        kept = "" if has_account else hash_password(form.password.data)
        accept_invitation(token, user=None, password_hash=kept, at=clock.now())
        flash(_("Poziv je prihvaćen. Prijavite se da nastavite."), "success")
        return redirect(url_for("people.sign_in"))
    page = render_template(
        "people/invitation.html", form=form, facts=facts, email=email, has_account=has_account
    )
    return page, 422 if form.errors else 200


def _password_fits(form: RegisterForm | NewPasswordForm | InvitationForm, email: str) -> bool:
    problems = password_problems(
        form.password.data or "", email=email, commonest=commonest_passwords()
    )
    if problems:
        form.password.errors = sentences(problems)
    return not problems
