"""The office's words for questions, findings, grounds and units of the check."""

from grants.applications.rules.states import ApplicationStatus
from grants.eligibility.rules.dismissal import Ground
from grants.eligibility.rules.findings import Finding, Found, Group
from grants.eligibility.rules.readings import FIRST, SECOND
from grants.i18n.languages import lazy_gettext as _l
from grants.workdays import Unit

QUESTIONS = {
    "on_time": _l("Prijava je predata u roku"),
    "form_filled": _l("Obrazac je pravilno i potpuno popunjen"),
    "signed": _l("Prijavu je predala osoba ovlaštena za zastupanje"),
    "language": _l("Prijava je na jeziku koji poziv traži"),
    "applicant_eligible": _l("Podnosilac smije učestvovati na pozivu"),
    "representative_confirmed": _l("Ovlaštenje za zastupanje je potvrđeno"),
    "partners_eligible": _l("Partneri smiju učestvovati na pozivu"),
    "number_of_applications": _l("Broj prijava organizacije je u granicama"),
    "no_conflict": _l("Nema sukoba interesa u vezi s podnosiocem"),
    "no_outstanding_reports": _l("Nema neizmirenih izvještaja ni dugovanja prema općini"),
    "duration": _l("Trajanje projekta je u granicama"),
    "territory": _l("Projekat se provodi na području koje poziv obuhvata"),
    "plan": _l("Plan aktivnosti je priložen"),
    "amount": _l("Traženi iznos je u granicama"),
    "budget_sums": _l("Budžet je priložen i zbirovi su tačni"),
    "budget_rules": _l("Ograničenja budžeta su poštovana"),
    "cofinancing": _l("Vlastito učešće je dovoljno"),
    "no_double_funding": _l("Isti troškovi nisu finansirani iz drugog izvora"),
    "documents": _l("Svi obavezni dokumenti su priloženi"),
    "declarations": _l("Sve tražene izjave su date"),
}
GROUPS = {
    Group.RECEIPT: _l("Prijem i oblik"),
    Group.APPLICANT: _l("Podnosilac i partneri"),
    Group.PROJECT: _l("Projekat"),
    Group.BUDGET: _l("Budžet"),
    Group.PAPERS: _l("Dokumenti i izjave"),
}
FINDINGS = {
    Finding.YES: _l("da"),
    Finding.NO: _l("ne"),
    Finding.COMPLETION: _l("treba dopunu"),
    Finding.NOT_APPLICABLE: _l("ne odnosi se"),
}
# What the list of a call can be narrowed to.
FOUND = {
    Found.OPEN: _l("pitanja bez odgovora"),
    Found.CLEAR: _l("sve odgovoreno, bez nedostataka"),
    Found.AGAINST: _l("ima odgovor „ne“"),
    Found.COMPLETION: _l("treba dopunu"),
    Found.DIFFERENT: _l("dva službenika se razlikuju"),
}
STATES = {
    ApplicationStatus.SUBMITTED: _l("bez protokola"),
    ApplicationStatus.REGISTERED: _l("u provjeri"),
    ApplicationStatus.COMPLETION_REQUESTED: _l("čeka dopunu"),
    ApplicationStatus.COMPLETED: _l("dopunjena"),
    ApplicationStatus.ELIGIBLE: _l("prihvatljiva"),
    ApplicationStatus.DISMISSED: _l("odbačena"),
    ApplicationStatus.WITHDRAWN: _l("povučena"),
}
# What a step taken for many applications says of each.
DONE = {
    "register": _l("dobila je broj protokola %(number)s"),
    "confirm": _l("potvrđeno odgovora: %(count)s"),
    "eligible": _l("prihvatljiva je i ide komisiji"),
    "completion": _l("podnosilac je pozvan na dopunu"),
}
READINGS = {FIRST: _l("Prva provjera"), SECOND: _l("Druga provjera")}
# Formal grounds: an application is dismissed ("odbačena"); only on the merits is one refused.
GROUNDS = {
    Ground.LATE: _l("predata nakon roka"),
    Ground.INCOMPLETE: _l("nepotpuna i nakon poziva za dopunu"),
    Ground.UNAUTHORISED: _l("predala je osoba koja nije ovlaštena"),
    Ground.APPLICANT_NOT_ELIGIBLE: _l("podnosilac ne ispunjava uslove poziva"),
    Ground.OUT_OF_RANGE: _l("iznos ili trajanje je izvan granica poziva"),
    Ground.TOO_MANY: _l("više prijava nego što poziv dopušta"),
    Ground.BUDGET_RULES: _l("budžet prelazi ograničenja i nakon poziva za dopunu"),
    Ground.OUTSTANDING_REPORTS: _l("neizmireni izvještaji ili dugovanja"),
    Ground.CONFLICT: _l("sukob interesa"),
    Ground.OTHER: _l("drugi formalni razlog"),
}
UNITS = {
    Unit.WORKING_DAYS: _l("radnih dana"),
    Unit.DAYS: _l("dana"),
}
