"""JIB and account, as typed and as kept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grants.errors import Problem
from grants.organisations.rules.identifiers import (
    account_problems,
    is_account,
    is_jib,
    jib_problems,
    jib_warnings,
    normalised,
)


@pytest.mark.parametrize("jib", ["4201234500007", "4299999900003", "4699999900001"])
def test_jib_is_clean_when_its_control_digit_fits(jib: str) -> None:
    assert (jib_problems(jib), jib_warnings(jib)) == ([], [])


@pytest.mark.parametrize("jib", ["4209876543210", "4400000000001"])
def test_jib_only_warns_when_its_control_digit_differs(jib: str) -> None:
    assert jib_problems(jib) == []
    assert jib_warnings(jib) == [Problem("jib_control", "jib", {"typed": jib})]


def test_jib_problem_counts_digits_when_one_is_missing() -> None:
    typed = "420 1234 50000"
    facts = {"figure": 12, "limit": 13, "typed": typed}
    assert jib_problems(typed) == [Problem("jib", "jib", facts)]
    assert jib_warnings(typed) == []


@pytest.mark.parametrize(
    "account", ["1411965320011288", "1990490058487943", "0000020000000097", "5550000000000115"]
)
def test_account_is_clean_when_its_remainder_is_one(account: str) -> None:
    assert is_account(account)
    assert account_problems(f"{account[:3]}-{account[3:6]} {account[6:14]}–{account[14:]}") == []


def test_account_is_refused_when_its_remainder_is_not_one() -> None:
    typed = "338-730-22065363-12"
    assert account_problems(typed) == [Problem("account_control", "account", {"typed": typed})]


def test_account_is_never_padded_when_printed_short() -> None:
    typed = "571-010-0000736-87"
    facts = {"figure": 15, "limit": 16, "typed": typed}
    assert account_problems(typed) == [Problem("account_length", "account", facts)]


def test_digits_of_other_scripts_are_no_digits() -> None:
    assert not is_jib("٤٢٠١٢٣٤٥٠٠٠٠٧")
    assert not is_account("0000020000000097\n")
    assert not is_account("၀၀၀၀၀၂၀၀၀၀၀၀၀၀၉၇")


@given(st.from_regex(r"[0-9]{14}", fullmatch=True))
def test_account_made_by_the_rule_is_valid(first: str) -> None:
    control = 98 - int(first + "00") % 97
    account = f"{first}{control:02d}"
    assert is_account(account)
    assert normalised("-".join(account)) == account
