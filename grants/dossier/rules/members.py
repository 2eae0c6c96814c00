"""Every member of a dossier and its shape, in the order of dossier.md."""

from grants.calls.rules.allocation import Leftover, Mode, Shortfall
from grants.calls.rules.criteria import CofinancingBase, RuleBase, Severity
from grants.dossier.rules.leaves import (
    ABOVE_ZERO,
    AMOUNT,
    ANSWER,
    AT_LEAST_ONE,
    COUNT,
    DAY,
    FLAG,
    INSTANT,
    NOT_NEGATIVE,
    NUMBER,
    ROUNDING,
    TEXT,
    WHOLE,
    one_of,
    one_of_enum,
)
from grants.dossier.rules.shapes import ListOf, MapOf, Members, Nullable, OneOfKind
from grants.evaluation.rules.scoring import Aggregation

FORMAT = "grants-dossier/1"
CHANNELS = ("online", "post", "in_person")

MUNICIPALITY = Members(
    {
        "code": TEXT,
        "name": TEXT,
        "kind": one_of("općina", "opština", "grad"),
        "entity": one_of("FBiH", "RS", "BD"),
    },
    optional={"canton": TEXT},
)
QUESTION = OneOfKind(
    {
        "scale": Members(
            {
                "code": TEXT,
                "text": TEXT,
                "kind": TEXT,
                "min": NOT_NEGATIVE,
                "max": NOT_NEGATIVE,
                "weight": NOT_NEGATIVE,
            },
            optional={"step": ABOVE_ZERO},
        ),
        "coefficient": Members(
            {
                "code": TEXT,
                "text": TEXT,
                "kind": TEXT,
                "values": ListOf(NOT_NEGATIVE, is_empty_allowed=False),
                "weight": NOT_NEGATIVE,
            }
        ),
        "bands": Members(
            {
                "code": TEXT,
                "text": TEXT,
                "kind": TEXT,
                "bands": ListOf(
                    Members({"code": TEXT, "label": TEXT, "points": NOT_NEGATIVE}),
                    is_empty_allowed=False,
                ),
            }
        ),
    }
)
GRID = Members(
    {
        "threshold_total": NUMBER,
        "sections": ListOf(
            Members(
                {
                    "code": TEXT,
                    "title": TEXT,
                    "questions": ListOf(QUESTION, is_empty_allowed=False),
                },
                optional={"threshold": NUMBER},
            ),
            is_empty_allowed=False,
        ),
    },
    optional={"declared_total": NUMBER},
)
ALLOCATION = Members(
    {"mode": one_of_enum(Mode)},
    optional={
        "on_shortfall": one_of_enum(Shortfall),
        "partial_min_share": NOT_NEGATIVE,
        "round_to": ROUNDING,
        "leftover": one_of_enum(Leftover),
    },
)
COFINANCING = Members({"share": NOT_NEGATIVE, "base": one_of_enum(CofinancingBase)})
BUDGET_RULE = Members(
    {
        "code": TEXT,
        "tags": ListOf(TEXT),
        "base": one_of_enum(RuleBase),
        "limit": NOT_NEGATIVE,
        "severity": one_of_enum(Severity),
    }
)
CALL = Members(
    {
        "reference": TEXT,
        "title": TEXT,
        "programme": TEXT,
        "currency": one_of("BAM"),
        "funding": ListOf(Members({"source": TEXT, "amount": AMOUNT})),
        "lots": ListOf(
            Members({"code": TEXT, "title": TEXT, "envelope": AMOUNT}), is_empty_allowed=False
        ),
        "grant_min": AMOUNT,
        "grant_max": AMOUNT,
        "duration_months": Members({"min": WHOLE, "max": WHOLE}),
        "opens_at": INSTANT,
        "deadline": INSTANT,
        "applications_per_organisation": Nullable(COUNT),
        "awards_per_organisation": Nullable(COUNT),
        "organisation_cap": Nullable(AMOUNT),
        "cofinancing": Nullable(COFINANCING),
        "grid": GRID,
        "aggregation": one_of_enum(Aggregation),
        "tie_breaks": ListOf(TEXT),
        "allocation": ALLOCATION,
        "budget_rules": ListOf(BUDGET_RULE),
        "required_documents": ListOf(Members({"code": TEXT, "title": TEXT, "mandatory": FLAG})),
    },
    optional={
        "min_reviews": AT_LEAST_ONE,
        "divergence_limit": NOT_NEGATIVE,
        "tie_votes": ListOf(TEXT),
    },
)
ORGANISATION = Members(
    {
        "key": TEXT,
        "name": TEXT,
        "legal_form": TEXT,
        "jib": TEXT,
        "account": TEXT,
        "registered_on": DAY,
    },
    optional={"prior_awards": AMOUNT},
)
BUDGET_LINE = Members(
    {
        "code": TEXT,
        "heading": TEXT,
        "description": TEXT,
        "unit": TEXT,
        "quantity": NOT_NEGATIVE,
        "unit_cost": AMOUNT,
        "grant": AMOUNT,
        "own": AMOUNT,
        "tags": ListOf(TEXT),
    },
    optional={"activity": TEXT},
)
APPLICATION = Members(
    {
        "reference": TEXT,
        "organisation": TEXT,
        "lot": TEXT,
        "title": TEXT,
        "requested": AMOUNT,
        "duration_months": WHOLE,
        "submitted_at": INSTANT,
        "channel": one_of(*CHANNELS),
        "documents": ListOf(TEXT),
        "budget": ListOf(BUDGET_LINE),
        "eligibility": Members(
            {"outcome": one_of("eligible", "dismissed")}, optional={"reason": TEXT}
        ),
    },
    optional={"proposed": AMOUNT, "posted_at": INSTANT},
)
REVIEW = Members(
    {
        "application": TEXT,
        "evaluator": TEXT,
        "signed": FLAG,
        "conflict": FLAG,
        "scores": MapOf(ANSWER),
        "comments": MapOf(TEXT),
    },
    optional={"consensus": FLAG},
)
DOSSIER = Members(
    {
        "format": one_of(FORMAT),
        "municipality": MUNICIPALITY,
        "call": CALL,
        "organisations": ListOf(ORGANISATION),
        "applications": ListOf(APPLICATION),
        "committee": ListOf(
            Members({"key": TEXT, "name": TEXT, "role": one_of("chair", "member")})
        ),
        "reviews": ListOf(REVIEW),
    }
)
