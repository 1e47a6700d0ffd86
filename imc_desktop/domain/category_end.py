"""How long a category lives: приказ 196 and its Kazakh twin № 83 by the rule set, and what the paper says."""

from __future__ import annotations

from dataclasses import dataclass

from imc_desktop.domain.dates import add_years, to_date
from imc_desktop.domain.kinds import OPEN_ENDED, CategoryName
from imc_desktop.domain.rule_data import RuleSet, Validity, last_day


@dataclass(frozen=True, slots=True)
class CategoryFact:
    """A category or СЗД; ``valid_until`` is an ISO day, "бессрочно" or "" (not said)."""

    category: CategoryName
    post: str = ""
    organisation: str = ""
    decision_date: str = ""
    valid_until: str = ""
    act_number: str = ""
    act_date: str = ""
    basis: str = ""


def valid_until_for(category: CategoryName, decision_date: str, rules: RuleSet) -> str:
    """Until when a category decided on this day lives: ISO day, "бессрочно", or "" when it cannot be told.

    The rule in force on the day of the decision counts, not that of the order (приказ 196; trap 4).
    """
    rule = validity_rule(category, decision_date, rules)
    if rule is None:
        return ""
    return add_years(last_day(decision_date), rule.years) if rule.years else OPEN_ENDED


def until_of(fact: CategoryFact, rules: RuleSet) -> str:
    """The end of a category: the rule of its decision's day decides whether there is one, the paper names the day."""
    rule = validity_rule(fact.category, fact.decision_date, rules)
    said = last_day(fact.valid_until)
    if rule is None:
        return said
    if not rule.years:
        return OPEN_ENDED
    return said if said not in ("", OPEN_ENDED) else valid_until_for(fact.category, fact.decision_date, rules)


def validity_rule(category: CategoryName, decision_date: str, rules: RuleSet) -> Validity | None:
    """The rule in force on the decision's day; None when a partial date leaves two rules possible."""
    if not decision_date:
        return None
    found = rules.validity_of(category, last_day(decision_date))
    first = to_date(decision_date).isoformat()
    return found if found is rules.validity_of(category, first) else None
