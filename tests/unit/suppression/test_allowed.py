"""Words that configuration allows."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from postcheck.draft import Draft
from postcheck.suppression import Suppression, allowed
from postcheck.suppression.allowed import Allow
from tests.unit.suppression.samples import TODAY, found


def entry(*text: str, until: date | None = None, paths: tuple[str, ...] = ()) -> Allow:
    return Allow(text=text, rules=("phi/patient-name",), reason="our spokesperson", until=until, paths=paths)


def suppressions(draft: Draft, *entries: Allow) -> list[Suppression]:
    written = [(each, ".postcheck.yaml", number) for number, each in enumerate(entries, 1)]
    return [*allowed(written, lambda patterns, path: path in patterns, TODAY)(draft)]


def test_a_finding_within_an_allowed_text_is_silenced_whatever_its_case_and_spacing() -> None:
    draft = Draft("So JOAN  okafor\nspoke.")
    (allow,) = suppressions(draft, entry("Joan Okafor"))
    assert allow.holds(draft, found(draft, "JOAN  okafor"))
    assert allow.holds(draft, found(draft, "JOAN"))
    assert (allow.path, allow.line) == (".postcheck.yaml", 1)


def test_only_whole_words_are_allowed_and_only_where_the_whole_text_stands() -> None:
    draft = Draft("Joan Okafors spoke, then Joan did.")
    (allow,) = suppressions(draft, entry("Joan Okafor"))
    assert not allow.holds(draft, found(draft, "Joan Okafor"))
    assert not allow.holds(draft, found(draft, "Joan"))


def test_a_finding_of_more_than_the_allowed_text_stays() -> None:
    draft = Draft("Joan Okafor Lindqvist spoke.")
    (allow,) = suppressions(draft, entry("Joan Okafor"))
    assert not allow.holds(draft, found(draft, "Joan Okafor Lindqvist"))


def test_an_entry_may_be_for_some_files_only_and_may_expire() -> None:
    draft = Draft("Joan spoke.", "a.txt")
    assert len(suppressions(draft, entry("Joan", paths=("a.txt",)), entry("Joan", paths=("b.txt",)))) == 1
    (allow,) = suppressions(draft, entry("Joan", until=date(2026, 4, 30)))
    assert allow.flaw


@given(st.text(min_size=1, max_size=20).filter(str.strip), st.text(max_size=20))
def test_any_text_can_be_allowed(text: str, around: str) -> None:
    draft = Draft(f"{around} {text.strip()} {around}")
    (allow,) = suppressions(draft, entry(text))
    assert allow.holds(draft, found(draft, text.strip())) in {True, False}
