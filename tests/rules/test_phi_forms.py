"""The 18 identifiers of Safe Harbor in the forms in which people write them, through the real rules."""

import pytest

from postcheck.checker import Checker
from postcheck.draft import Span
from postcheck.packs import Rulebook
from postcheck.readers import read
from postcheck.readers.metadata import Metadata

# (format, text with the identifier between marks)
FORMS = [
    ("txt", "my patient [[marisol ortega]] finished chemo today"),
    ("txt", "MY PATIENT [[MARISOL ORTEGA]] FINISHED CHEMO TODAY"),
    ("txt", "Our patient [[Anna S.]] rang the bell"),
    ("txt", "[[J.T.]] coded twice on our unit last night"),
    ("txt", "praying for our patient tonight #PrayFor[[Marisol]]"),
    ("txt", "#prayfor[[marisol]] she is on our unit and needs a transplant"),
    ("txt", "Our patient's handle is @[[marisol_fights]], she finished chemo with us"),
    ("txt", "[[Marisol]]'s scan was clean, my favorite patient"),
    ("txt", "My patient [[Nguyễn Thị Hạnh]] brought spring rolls to clinic"),
    ("txt", "My patient [[Oluwaseun Adeyemi-Okafor]] is being discharged"),
    ("txt", "Pt [[María de la Luz Hernández-Peña]] is in for chemo"),
    ("txt", "my patient's cell is [[seven one three]] five five five zero one four two, she needs a ride after chemo"),
    ("txt", "my patient's cell is [[7 1 3]] 5 5 5 0 1 4 2, she needs a ride after chemo"),
    ("txt", "patient's phone is (713)-[[555-0142]]"),
    ("txt", "patient email: [[marisol dot ortega]] at gmail dot com for the portal"),
    ("txt", "my patient was born on the [[third of May]] nineteen fifty-one and starts chemo"),
    ("txt", "my patient starts chemo the [[3rd of march]]"),
    ("txt", "our patient was admitted [[3 Mar]] '25"),
    ("txt", "our patient was admitted on [[2025-03-09]]"),
    ("txt", "my patient is [[ninety-three]] years young and still flirting"),
    ("txt", "our oldest patient, born in [[1931]], rang the bell"),
    ("txt", "my patient, a [[94]] y/o retired welder, beat the odds"),
    ("txt", "My patient [[M\u0430r\u0456sol]] Ortega rang the bell"),
    ("txt", "My patient [[Mar\u200bisol]] Ortega rang the bell"),
    ("txt", "patient's mrn: [[447]]\n1823 is locked"),
    ("txt", "my patient [[Marisol\nOrtega]] rang the bell"),
    ("txt", "mrn[[4471823]] is locked"),
    ("txt", "med rec # [[4471823]] is locked"),
    ("txt", "chart no. [[447-18-23]] is locked"),
    ("txt", "pt id [[4471823]] is locked"),
    ("txt", "MRN [[four four seven]] one eight two three is locked"),
    ("txt", "M R N [[4 4 7 1]] 8 2 3 is locked"),
    ("txt", "the patient's ssn is [[219 09 9999]]"),
    ("txt", "ssn [[two one nine]], zero nine, nine nine nine nine for the pt"),
    ("txt", "ssn [[219099999]] on the pt's form"),
    ("txt", "MBI [[1EG4TE5MK73]] came back inactive for the patient"),
    ("txt", "DEA [[AB1234563]] is on the patient's script"),
    ("txt", "NPI [[1234567893]] on the patient's referral"),
    ("txt", "device (01)[[00844588003288]](17)141120(10)7654321D(21)10987654d321 came out of our pt"),
    ("txt", "implant label +[[A99912345]]/$$52001510X3 from our patient's chart"),
    ("txt", "patient's car [[1HGCM82633A004352]] was towed"),
    ("txt", "patient's plate [[KLM 2207]] is in the garage"),
    ("txt", "card [[4111]] 1111 1111 1111 was declined for the patient's copay"),
    ("txt", "my patient lives at [[88 larkspur lane]]"),
    ("txt", "my patient lives in [[waxahachie]] and drives in for chemo"),
    ("txt", "my patient from zip [[77591]] drives in for chemo"),
    ("txt", "patient at [[29.7106]], -95.3973 needs pick up"),
    ("txt", "our patient's page: [[caringbridge.org]]/visit/marisolortega"),
    ("txt", "patient login from [[203.0.113.81]] keeps failing"),
    ("txt", "[[selfie with my favorite patient]] on her last day of chemo"),
    ("md", "![my patient [[Marisol]] ringing the bell](bell.jpg)"),
    ("md", "My patient rang the bell: [[[Marisol Ortega]]](https://example.com)"),
    ("md", "Read about [our patient](https://[[caringbridge.org/visit/marisolortega]]) today"),
    ("md", "| Patient | MRN |\n|---|---|\n| Marisol Ortega | [[4471823]] |\n"),
    ("md", "| Patient | MRN |\n|---|---|\n| [[Marisol Ortega]] | 4471823 |\n"),
    ("md", "---\ntitle: My patient [[Marisol Ortega]]\n---\nWe rang the bell today.\n"),
    ("txt", "Name\tMRN\tDOB\nOrtega, [[Marisol]]\t4471823\t05/03/1951\n"),
    ("txt", "Name\tMRN\tDOB\nOrtega, Marisol\t4471823\t[[05/03/1951]]\n"),
    ("txt", "Name,MRN,DOB\n[[Marisol Ortega]],4471823,05/03/1951\n"),
    ("md", "My patient **[[Mari**sol]] Ortega rang the bell"),
    ("md", "> my patient `[[Marisol Ortega]]` rang the bell"),
    ("txt", "my pt [[M4risol]] Ortega rang the bell"),
    ("txt", "Ms. Ortega in room [[714]] asked for ice"),
    ("txt", "lil [[Mateo]] rang the bell on our unit"),
    ("txt", "Had Big [[Tony]] in clinic today, chemo #4"),
]


@pytest.fixture(scope="module")
def checker(book: Rulebook) -> Checker:
    return Checker(book, [rule for rule in book.rules if rule.category == "phi"])


@pytest.mark.parametrize(("suffix", "marked"), FORMS)
def test_the_identifier_is_found_where_it_stands(checker: Checker, suffix: str, marked: str) -> None:
    text = marked.replace("[[", "").replace("]]", "")
    identifier = Span(marked.index("[["), marked.index("]]") - 2)
    (draft,) = read(text.encode(), f"post.{suffix}", Metadata())
    assert any(finding.span.overlaps(identifier) for finding in checker.check([draft]).findings)
