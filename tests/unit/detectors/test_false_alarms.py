"""What looks like an identifier and is none: the traps of the tools that postcheck builds on, and others."""

from collections.abc import Callable
from random import Random

import pytest

Told = Callable[[str, str], list[str]]

NUMBERS = ("SSN", "MRN", "ACCOUNT", "LICENSE", "HEALTH_PLAN_ID", "DEVICE", "VEHICLE", "PHONE", "FAX", "OTHER_ID")

HARMLESS = [
    ("PERSON", "Our team walks for #EndCancer again"),
    ("PERSON", "Thanks @steady_rn for the pep talk"),
    ("PERSON", "The bus to MD Anderson was late"),
    ("PERSON", "Our Boot Walk shirts came"),
    ("PERSON", "#MDAndersonEmployee and proud"),
    ("PERSON", "What a Gleason score tells"),
    ("PERSON", "The Foley stays in until rounds."),
    ("PERSON", "A Whipple takes six hours."),
    ("PERSON", "New data on Hodgkin lymphoma survivors"),
    ("PERSON", "Started pembrolizumab and Oxaliplatin this week"),
    ("PERSON", "Patient Education is hiring!"),
    ("PERSON", "Happy Nurse Practitioner Week!"),
    ("PERSON", "Surgery moved. Drop your scrubs off."),
    ("PERSON", "BSN, OCN and proud of it"),
    ("PERSON", "max assist, min help, one jello"),
    ("LOCATION", "He flew in from Texas"),
    ("LOCATION", "colleagues from Nigeria and Brazil"),
    ("LOCATION", "A quilt from Dr. Osei"),
    ("LOCATION", "Good boy, that dog."),
    ("DATE", "It began in 2019."),
    ("DATE", "we start at 7:30 a.m. on 4 West"),
    ("DATE", "twelve hours, three days in a row, since last week"),
    ("DATE", "today, tomorrow and Friday"),
    ("DATE", "mail goes to 77030"),
    ("DATE", "chart 2048811 is open"),
    ("DATE", "pain 7/10 after the walk, strength 5/5"),
    ("DATE", "we may march on; you must"),
    ("DATE", "upgrade from build 9.4.17"),
    ("AGE_OVER_89", "90% of patients, 95 minutes, 99 problems"),
    ("AGE_OVER_89", "adults 45 and older"),
    ("AGE_OVER_89", "in the last 90 years of research"),
    ("AGE_OVER_89", "a born leader since 1999"),
    ("LICENSE", "B12 shots on P16 and G10"),
    ("LICENSE", "the publication list, p16 and B12 included"),
    ("LICENSE", "NCT04123456 is open to accrual"),
    ("HEALTH_PLAN_ID", "first of the age group 70-74"),
    ("SSN", "the form shows 000-00-0000"),
    ("MRN", "MRN 0000000 is the test patient"),
    ("ROOM", "21-15, 21-18, what a match"),
    ("ROOM", "a room full of 40 people"),
    ("ROOM", "walk in 1515 Holcombe"),
    ("PHOTO", "photo of the sunset over the garage"),
    ("PHOTO", "a picture is worth a thousand words"),
    ("BIOMETRIC", "my voicemail is full"),
    ("URL", "feet hurt.So tired.me too"),
    ("VEHICLE", "a plate of tacos and 12 friends"),
    ("ACCOUNT", "by all accounts, 2024 was long"),
    ("OTHER_ID", "in any case 12 of us went"),
    ("HANDLE", "lunch @ 12 in the lobby"),
]


@pytest.mark.parametrize(("kind", "text"), HARMLESS)
def test_harmless_text_is_not_taken_for_an_identifier(found: Told, kind: str, text: str) -> None:
    assert found(text, kind) == []


def test_trial_numbers_are_no_licence(found: Told) -> None:
    numbers = Random(7)
    text = " ".join(f"NCT{numbers.randrange(10**8):08}" for _ in range(300))
    assert [kind for kind in NUMBERS if found(text, kind)] == []


def test_telephone_numbers_of_houston_are_nothing_but_telephone_numbers(found: Told) -> None:
    numbers = Random(7)
    text = "; ".join(f"713-{numbers.randrange(200, 999)}-{numbers.randrange(10**4):04}" for _ in range(300))
    assert len(found(text, "PHONE")) == 300
    assert [kind for kind in NUMBERS if kind != "PHONE" and found(text, kind)] == []


def test_context_is_whole_words(found: Told) -> None:
    assert found("publication 22418873 is out", "LICENSE") == []
    assert found("license 22418873 is out", "LICENSE") == ["22418873"]


def test_context_may_follow(found: Told) -> None:
    assert found("2048811 is what the wristband says", "MRN") == ["2048811"]


def test_a_title_makes_a_name_of_an_everyday_word(found: Told) -> None:
    assert found("Mr. Bishop rang the bell", "PERSON") == ["Bishop"]
    assert found("Mrs. Foley rang the bell", "PERSON") == ["Foley"]


def test_a_name_has_no_title_and_no_possessive(found: Told) -> None:
    assert found("We hung up Mrs. Abernethy's quilt", "PERSON") == ["Abernethy"]
    assert found("Thanks to Dr. Ingrid Solheim, RN, for that", "PERSON") == ["Ingrid Solheim"]
