"""How the refusals about contracts are said."""

from grants.i18n.languages import lazy_gettext as _l

SENTENCES = {
    "award_not_open": _l(
        "Ova dodjela još nije izdata ili je podnosilac od nje odustao, pa se ugovor ne može "
        "pripremiti."
    ),
    "revision_missing": _l(
        "Dodijeljeno je %(amount)s, a budžet prijave iznosi %(sum)s. Prvo unesite umanjeni budžet, "
        "stavku po stavku."
    ),
    "revision_line": _l(
        "Stavka %(code)s: upisano je %(amount)s, a u prijavi je traženo %(cap)s. Iznos stavke može "
        "samo ostati isti ili se umanjiti."
    ),
    "revision_sum_over": _l(
        "Stavke zajedno iznose %(sum)s, a dodijeljeno je %(expected)s. Umanjite ih za još "
        "%(excess)s."
    ),
    "revision_sum_under": _l(
        "Stavke zajedno iznose %(sum)s, a dodijeljeno je %(expected)s. Rasporedite još %(excess)s."
    ),
    "revision_rule": _l(
        "Pravilo „%(rule)s“: ove stavke iznose %(numerator)s, a smiju najviše %(limit)s od "
        "%(base)s. Umanjite ih za %(excess)s."
    ),
    "contract_account": _l(
        "„%(typed)s“ nije transakcijski račun: potrebno je svih 16 cifara, s kontrolnim na kraju."
    ),
    "contract_file_missing": _l(
        "Ta datoteka još nije napravljena ili priložena. Pokušajte ponovo za koji trenutak."
    ),
    "contract_before_award": _l("Provedba ne može početi prije odluke o dodjeli (%(on)s)."),
    "contract_ends_early": _l("Završetak mora biti poslije početka (%(on)s)."),
    "contract_too_long": _l("Ugovor može trajati najviše %(months)s mjeseci."),
    "signed_copy_missing": _l(
        "Prvo priložite skeniran ugovor s potpisima obje strane, pa upišite dan potpisivanja."
    ),
    "signed_too_early": _l(
        "U ime davaoca sredstava ugovor je potpisan %(on)s, pa druga strana nije mogla potpisati "
        "ranije."
    ),
    "signed_in_future": _l("Dan potpisivanja je u budućnosti. Danas je %(today)s"),
}
