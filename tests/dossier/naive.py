"""A second, deliberately naive reading of scoring.md, to compare the real one with.

It shares no code with the package, works on the JSON of a dossier and recounts everything from
lists of awards whenever it needs a sum.
"""

# Long methods on purpose: each follows one paragraph of the text, sentence by sentence.
# ruff: noqa: C901, PLR0912, PLR0915

from fractions import Fraction
from typing import Any

F = Fraction
Json = dict[str, Any]


class Naive:
    def __init__(self, dossier: Json) -> None:
        self.dossier = dossier
        self.call = dossier["call"]
        self.allocation = self.call["allocation"]
        self.outcome: dict[str, str] = {}
        self.reason: dict[str, str] = {}
        self.amount: dict[str, F] = {}
        self.awards: list[tuple[str, F]] = []  # organisation and amount, in the order awarded
        self.blocking: list[tuple[str, str]] = []
        self.points: dict[str, dict[str, F]] = {}
        self.total: dict[str, F] = {}
        self.rank: dict[str, int] = {}
        self.tied: set[str] = set()

    def result(self) -> Json:
        for application in self.dossier["applications"]:
            self.score(application)
        lots = []
        orders = {}
        for lot in self.call["lots"]:
            orders[lot["code"]] = order = self.ordered(self.above_thresholds(lot["code"]))
            place = 1
            for group in order:
                for each in group:
                    self.rank[each["reference"]] = place
                    if len(group) > 1:
                        self.tied.add(each["reference"])
                place += len(group)
            envelope = F(lot["envelope"])
            if self.allocation["mode"] == "proportional":
                self.proportional(order, envelope)
            else:
                self.walk(order, envelope)
            inside = [each["reference"] for group in order for each in group]
            awarded = sum((self.amount.get(each, F(0)) for each in inside), F(0))
            lots.append((lot["code"], envelope, awarded))
        pool = self.pool(lots, orders) if self.allocation.get("leftover") == "pool" else None
        return self.printed(lots, pool)

    # 2. The result of an application
    def score(self, application: Json) -> None:
        reference = application["reference"]
        if application["eligibility"]["outcome"] == "dismissed":
            self.outcome[reference] = "dismissed"
            if application["eligibility"].get("reason") is not None:
                self.reason[reference] = application["eligibility"]["reason"]
            return
        mine = [each for each in self.dossier["reviews"] if each["application"] == reference]
        good = [each for each in mine if each["signed"] and not each["conflict"]]
        consensus = [each for each in good if each.get("consensus")]
        counted = [each for each in good if not each.get("consensus")]
        if consensus:
            used = consensus
        elif len(counted) < self.call.get("min_reviews", 2):
            self.outcome[reference] = "not_scored"
            self.blocking.append((reference, "not_scored"))
            return
        else:
            totals = sorted(self.sheet_total(each) for each in counted)
            limit = self.call.get("divergence_limit")
            if limit is not None and totals[-1] - totals[0] > F(limit):
                self.blocking.append((reference, "divergence"))
            used = self.trimmed(counted)
        self.points[reference] = {
            section["code"]: sum(
                (
                    sum((self.points_of(question, sheet) for sheet in used), F(0)) / len(used)
                    for question in section["questions"]
                ),
                F(0),
            )
            for section in self.call["grid"]["sections"]
        }
        self.total[reference] = sum(self.points[reference].values(), F(0))

    def points_of(self, question: Json, sheet: Json) -> F:
        return F(sheet["scores"][question["code"]]) * F(question["weight"])

    def sheet_total(self, sheet: Json) -> F:
        questions = [q for section in self.call["grid"]["sections"] for q in section["questions"]]
        return sum((self.points_of(question, sheet) for question in questions), F(0))

    def trimmed(self, counted: list[Json]) -> list[Json]:
        if self.call["aggregation"] != "trimmed_mean" or len(counted) < 5:
            return counted
        high = max(self.sheet_total(each) for each in counted)
        out = min(e["evaluator"] for e in counted if self.sheet_total(e) == high)
        rest = [each for each in counted if each["evaluator"] != out]
        low = min(self.sheet_total(each) for each in rest)
        out = min(e["evaluator"] for e in rest if self.sheet_total(e) == low)
        return [each for each in rest if each["evaluator"] != out]

    # 3. Thresholds
    def above_thresholds(self, lot: str) -> list[Json]:
        above = []
        for application in self.dossier["applications"]:
            reference = application["reference"]
            if application["lot"] != lot or reference in self.outcome:
                continue
            for section in self.call["grid"]["sections"]:
                least = section.get("threshold")
                if least is not None and self.points[reference][section["code"]] < F(least):
                    self.outcome[reference] = "refused_threshold"
                    self.reason.setdefault(reference, f"section:{section['code']}")
            if self.total[reference] < F(self.call["grid"]["threshold_total"]):
                self.outcome[reference] = "refused_threshold"
                self.reason.setdefault(reference, "total")
            if reference not in self.outcome:
                above.append(application)
        return above

    # 4. Order
    def ordered(self, applications: list[Json]) -> list[list[Json]]:
        groups: list[list[Json]] = [applications] if applications else []
        groups = self.split(groups, lambda each: -self.total[each["reference"]])
        for name in self.call["tie_breaks"]:
            if name.startswith("section:"):
                code = name[len("section:") :]
                groups = self.split(
                    groups, lambda each, code=code: -self.points[each["reference"]][code]
                )
            elif name == "requested:asc":
                groups = self.split(groups, lambda each: F(each["requested"]))
            elif name == "requested:desc":
                groups = self.split(groups, lambda each: -F(each["requested"]))
            elif name == "submitted_at:asc":  # both moments of the maker are the same instant
                pass
            else:
                votes = self.call.get("tie_votes") or []
                voted = []
                for group in groups:
                    if all(each["reference"] in votes for each in group):
                        voted += self.split(
                            [group], lambda e, votes=votes: votes.index(e["reference"])
                        )
                    else:
                        voted.append(group)
                groups = voted
        return [sorted(group, key=lambda each: each["reference"]) for group in groups]

    def split(self, groups: list[list[Json]], key: Any) -> list[list[Json]]:
        return [
            [each for each in group if key(each) == value]
            for group in groups
            for value in sorted({key(each) for each in group})
        ]

    # 5. Allocation
    def wanted(self, application: Json) -> F:
        proposed = application.get("proposed")
        return F(application["requested"] if proposed is None else proposed)

    def refused_by(self, application: Json, awards: list[tuple[str, F]]) -> str | None:
        organisation = application["organisation"]
        own = [amount for key, amount in awards if key == organisation]
        most = self.call["awards_per_organisation"]
        if most is not None and len(own) >= most:
            return "awards_per_organisation"
        cap = self.call["organisation_cap"]
        prior = next(
            F(each.get("prior_awards") or 0)
            for each in self.dossier["organisations"]
            if each["key"] == organisation
        )
        if cap is not None and prior + sum(own, F(0)) + self.wanted(application) > F(cap):
            return "organisation_cap"
        return None

    def refuse(self, application: Json, reason: str) -> None:
        self.outcome[application["reference"]] = "refused_limit"
        self.reason[application["reference"]] = reason

    def give(self, application: Json, amount: F) -> None:
        self.outcome[application["reference"]] = "awarded"
        self.amount[application["reference"]] = amount
        self.awards.append((application["organisation"], amount))

    def walk(self, order: list[list[Json]], money: F) -> F:
        stopped = False
        for group in order:
            left = []
            for each in group:
                reason = self.refused_by(each, self.awards)
                if reason:
                    self.refuse(each, reason)
                else:
                    left.append(each)
            if stopped:
                for each in left:
                    self.outcome[each["reference"]] = "reserve"
            elif len(left) > 1:
                if self.fits_together(left, money):
                    for each in left:
                        self.give(each, self.wanted(each))
                        money -= self.wanted(each)
                else:
                    stopped = True
                    for each in left:
                        self.outcome[each["reference"]] = "tie_unresolved"
            elif len(left) == 1:
                money, stopped = self.alone(left[0], money)
        return money

    def alone(self, application: Json, money: F) -> tuple[F, bool]:
        wanted = self.wanted(application)
        if wanted <= money:
            self.give(application, wanted)
            return money - wanted, False
        how = self.allocation["on_shortfall"]
        share = F(self.allocation.get("partial_min_share") or 0)
        enough = money > 0 and money >= F(self.call["grant_min"]) and money >= share * wanted
        if how == "partial" and enough:
            self.give(application, money)
            return F(0), True
        self.outcome[application["reference"]] = "reserve"
        return money, how != "skip"

    def fits_together(self, group: list[Json], money: F) -> bool:
        if sum((self.wanted(each) for each in group), F(0)) > money:
            return False
        awards = list(self.awards)
        for each in group:  # limits only grow: if the last of them fits, all fit together
            if self.refused_by(each, awards):
                return False
            awards.append((each["organisation"], self.wanted(each)))
        return True

    def pool(self, lots: list[Any], orders: Json) -> tuple[F, F]:
        available = sum((envelope - awarded for _, envelope, awarded in lots), F(0))
        if self.allocation["mode"] == "proportional" or "tie_unresolved" in self.outcome.values():
            return available, F(0)
        reserve = [
            each
            for each in self.dossier["applications"]
            if self.outcome.get(each["reference"]) == "reserve"
        ]
        return available, available - self.walk(self.ordered(reserve), available)

    def proportional(self, order: list[list[Json]], envelope: F) -> None:
        inside = list(self.awards)
        admitted = []
        for each in (each for group in order for each in group):
            reason = self.refused_by(each, inside)
            if reason:
                self.refuse(each, reason)
                continue
            inside.append((each["organisation"], self.wanted(each)))
            admitted.append(each)
        unit = F(self.allocation.get("round_to") or "0.01")
        sharing = [each for each in admitted if self.total[each["reference"]] > 0]
        exact = self.exact_shares(sharing, envelope)
        amount = {key: value // unit * unit for key, value in exact.items()}
        all_wanted = sum((self.wanted(each) for each in sharing), F(0))
        units = int((min(envelope, all_wanted) - sum(amount.values(), F(0))) // unit)
        remainder = {key: exact[key] - amount[key] for key in exact}
        sharing.sort(
            key=lambda e: (-remainder[e["reference"]], self.rank[e["reference"]], e["reference"])
        )
        given = True
        while units > 0 and given:
            given = False
            for each in sharing:
                if units > 0 and amount[each["reference"]] + unit <= self.wanted(each):
                    amount[each["reference"]] += unit
                    units -= 1
                    given = True
        for each in admitted:
            if amount.get(each["reference"], F(0)) > 0:
                self.give(each, amount[each["reference"]])
            else:
                self.outcome[each["reference"]] = "reserve"

    def exact_shares(self, sharing: list[Json], envelope: F) -> dict[str, F]:
        capped: dict[str, F] = {}
        while True:
            open_ones = [each for each in sharing if each["reference"] not in capped]
            money = envelope - sum(capped.values(), F(0))
            points = sum((self.total[each["reference"]] for each in open_ones), F(0))
            share = {
                each["reference"]: money * self.total[each["reference"]] / points
                for each in open_ones
            }
            full = [each for each in open_ones if share[each["reference"]] >= self.wanted(each)]
            if not full:
                return capped | share
            capped |= {each["reference"]: self.wanted(each) for each in full}

    # 6. The result
    def printed(self, lots: list[Any], pool: tuple[F, F] | None) -> Json:
        applications = []
        for code, _, _ in lots:
            there = [each for each in self.dossier["applications"] if each["lot"] == code]
            there.sort(key=lambda e: (self.rank.get(e["reference"], 10**9), e["reference"]))
            applications += [self.one(each["reference"], code, there) for each in there]
        for reference, outcome in self.outcome.items():
            if outcome == "tie_unresolved":
                self.blocking.append((reference, "tie_unresolved"))
        result: Json = {
            "call": self.call["reference"],
            "lots": [
                {
                    "code": code,
                    "envelope": money(envelope),
                    "awarded": money(awarded),
                    "left": money(envelope - awarded),
                }
                for code, envelope, awarded in lots
            ],
            "applications": applications,
            "closable": not self.blocking,
            "blocking": [
                {"reference": reference, "reason": reason}
                for reference, reason in sorted(self.blocking)
            ],
        }
        if pool is not None:
            available, spent = pool
            result["pool"] = {
                "available": money(available),
                "awarded": money(spent),
                "left": money(available - spent),
            }
        return result

    def one(self, reference: str, lot: str, there: list[Json]) -> Json:
        outcome = self.outcome[reference]
        shown: Json = {
            "reference": reference,
            "outcome": outcome,
            "lot": lot,
            "amount": money(self.amount.get(reference, F(0))),
        }
        if reference in self.reason:
            shown["reason"] = self.reason[reference]
        if reference in self.rank:
            shown["rank"] = self.rank[reference]
        if reference in self.tied:
            shown["tie"] = True
        if outcome == "reserve":
            others = [e["reference"] for e in there if self.outcome[e["reference"]] == "reserve"]
            shown["reserve"] = 1 + sum(self.rank[e] < self.rank[reference] for e in others)
        if reference in self.total:
            shown["sections"] = {c: four(points) for c, points in self.points[reference].items()}
            shown["total"] = four(self.total[reference])
        return shown


def money(amount: F) -> str:
    fening = int(amount * 100)
    return f"{fening // 100}.{fening % 100:02d}"


def four(points: F) -> str:
    units = (points * 20000 + 1) // 2
    return f"{units // 10000}.{units % 10000:04d}"
