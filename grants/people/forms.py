"""What is typed about accounts."""

from wtforms import HiddenField, PasswordField, RadioField
from wtforms.validators import Email, Regexp

from grants.i18n.languages import lazy_gettext as _l
from grants.municipalities.rules import Entity, Kind
from grants.people.rules import Role
from grants.web.forms import Form, TextField, at_most, chosen, options, required

CODE = Regexp(
    r"^[A-Z0-9]+(-[A-Z0-9]+)*$", message=_l("Velika slova, cifre i crtice, na primjer BA-VOGOSCA.")
)
ADDRESS = _l("Upišite adresu e-pošte, na primjer ime@example.ba.")


class SignInForm(Form):
    """Sign in."""

    email = TextField(_l("E-pošta"), [required(ADDRESS), at_most(200)])
    password = PasswordField(_l("Lozinka"), [required(_l("Upišite lozinku.")), at_most(200)])
    next = HiddenField()


class RegisterForm(Form):
    """A new account."""

    name = TextField(_l("Ime i prezime"), [required(), at_most(120)])
    email = TextField(_l("E-pošta"), [required(ADDRESS), Email(ADDRESS), at_most(200)])
    password = PasswordField(_l("Lozinka"), [required(_l("Odaberite lozinku."))])


class AskResetForm(Form):
    """Ask for a link to choose a new password."""

    email = TextField(_l("E-pošta"), [required(ADDRESS), at_most(200)])


class NewPasswordForm(Form):
    """A new password."""

    password = PasswordField(_l("Nova lozinka"), [required(_l("Odaberite lozinku."))])


ROLE_NAMES = {
    Role.OFFICER: _l("službenik/službenica za pozive"),
    Role.FINANCE: _l("službenik/službenica za finansije"),
    Role.SIGNATORY: _l("potpisnik/potpisnica"),
    Role.ADMINISTRATOR: _l("administrator/administratorica"),
    Role.AUDITOR: _l("revizor/revizorica (samo čita)"),
}


class InviteForm(Form):
    """Invite somebody to work for the municipality."""

    name = TextField(_l("Ime i prezime"), [required(), at_most(120)])
    email = TextField(_l("E-pošta"), [required(ADDRESS), Email(ADDRESS), at_most(200)])
    role = RadioField(
        _l("Uloga"),
        [chosen()],
        choices=options({role.value: name for role, name in ROLE_NAMES.items()}),
    )


class MunicipalityForm(Form):
    """A new municipality and its first administrator."""

    kind = RadioField(
        _l("Vrsta"), [chosen()], choices=options({kind.value: kind.value for kind in Kind})
    )
    name = TextField(_l("Naziv"), [required(), at_most(80)])
    code = TextField(_l("Oznaka"), [required(), at_most(40), CODE])
    entity = RadioField(
        _l("Entitet"),
        [chosen()],
        choices=options({entity.value: entity.value for entity in Entity}),
    )
    canton = TextField(_l("Kanton"), [at_most(10)])
    place = TextField(_l("Sjedište"), [required(), at_most(80)])
    person = TextField(_l("Ime i prezime administratora"), [required(), at_most(120)])
    email = TextField(_l("E-pošta administratora"), [required(ADDRESS), Email(ADDRESS)])


class InvitationForm(Form):
    """Take up an invitation; a new person chooses a password."""

    password = PasswordField(_l("Lozinka"))
