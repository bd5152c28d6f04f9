"""Each identifier of the Safe Harbor list, in the forms in which people write it."""

from collections.abc import Callable

import pytest

Told = Callable[[str, str], list[str]]

IDENTIFIERS = [
    # A: names
    ("PERSON", "Mrs. [[Abernethy]] brought cookies after her last infusion."),
    ("PERSON", "Señora [[Villarreal]] sang to the nurses."),
    ("PERSON", "mrs [[tillman]] asked for the window again"),
    ("PERSON", "my sweet patient [[Okafor]] walked the hall"),
    ("PERSON", "His wife [[Nneka]] slept in the chair."),
    ("PERSON", "her son [[Desmond]] drove all night"),
    ("PERSON", "a tough old rancher named [[Eustace]] beat it"),
    ("PERSON", "Rest in peace, [[Valentina]]."),
    ("PERSON", "Thinking of [[J.T.]] tonight, day 30 after transplant."),
    ("PERSON", "[[Hannah B.]] finished chemo"),
    ("PERSON", "Needs a callback: [[KOVALENKO, IRINA]]"),
    ("PERSON", "so happy for marisela [[Marisela]] today"),
    ("PERSON", "we lost [[keisha]] last night and i cannot stop crying"),
    ("PERSON", "MY PATIENT [[DESHAWN]] RANG THE BELL TODAY"),
    ("PERSON", "We all wore green today #PrayFor[[Xiomara]]"),
    ("PERSON", "green shirts today #prayfor[[xiomara]]"),
    ("PERSON", "the [[Castellano]] family brought tamales"),
    ("PERSON", "N0body saw [[D3smond]] leave"),
    # B: places smaller than a state
    ("LOCATION", "a rancher from [[Uvalde]] with the best hat"),
    ("LOCATION", "Sent the hospital bed to [[1902 Larkspur Ln]] yesterday."),
    ("LOCATION", "She drove in from [[Brazos County]] for this."),
    ("LOCATION", "labs go to zip [[77901]] by courier"),
    ("LOCATION", "Mail it to Lufkin, TX [[75901]]."),
    ("LOCATION", "He grew up in the [[Third Ward]], same street all his life."),
    ("LOCATION", "they pinned the spot at [[29.7074, -95.3987]] on the map"),
    ("LOCATION", "PO box note: [[P.O. Box 1182]], with a lock"),
    # C: dates
    ("DATE", "Her surgery is [[March 4]] at dawn."),
    ("DATE", "diagnosed in [[November 2019]]"),
    ("DATE", "admitted [[3/14/2024]], home by Friday"),
    ("DATE", "readmitted [[2024-03-14]]"),
    ("DATE", "DOB [[14MAR1961]]"),
    ("DATE", "he rang the bell on [[Christmas Eve]]"),
    ("DATE", "born on [[the third of August]]"),
    ("DATE", "scan moved to [[9/12]], bring him early"),
    ("AGE_OVER_89", "My [[93]]-year-old lymphoma patient danced."),
    ("AGE_OVER_89", "she is [[ninety-four]] and still gardens"),
    ("AGE_OVER_89", "we sang for her [[95th]] birthday"),
    ("AGE_OVER_89", "a lady born in [[1929]] taught me to knit"),
    ("AGE_OVER_89", "Walter, [[101]], told us about the war."),
    # D, E, F
    ("PHONE", "call his daughter at [[(713) 555-0142]]"),
    ("PHONE", "her cell is [[832.555.0166]]"),
    ("PHONE", "ring [[1-888-KIND-EAR]] for help"),
    ("PHONE", "it's [[seven one three, five oh five, nine one two two]]"),
    ("FAX", "fax the order to her home, [[281-555-0119]]"),
    ("EMAIL", "write her at [[w.okafor77@mailbox.example]]"),
    ("EMAIL", "write [[wanda dot okafor at mailbox dot example]]"),
    # G, H, I, J, K
    ("SSN", "his social is [[412-55-0198]]"),
    ("SSN", "only the last four [[7731]] match"),
    ("MRN", "MRN [[2048811]] has two charts"),
    ("MRN", "mrn#[[20-488-11]] please"),
    ("MRN", "MRNs 2048811 and [[2048812]] are the same man"),
    ("MRN", "the wristband says [[2048811]] on it"),
    ("HEALTH_PLAN_ID", "Medicare [[2FA8-WK1-RT44]] is rejected"),
    ("HEALTH_PLAN_ID", "member ID [[ZKT 4410 22 871]] was denied"),
    ("ACCOUNT", "guarantor account [[7700123456]] has a credit"),
    ("ACCOUNT", "his Visa is [[4111 1111 1111 1111]]"),
    ("ACCOUNT", "claim [[AB-7741-220]] bounced twice"),
    ("LICENSE", "TX DL [[22418873]] is on the copier"),
    ("LICENSE", "his DEA is [[AB1234563]]"),
    # L, M
    ("VEHICLE", "the tow truck has his car, VIN [[1M8GDM9AXKP042788]]"),
    ("VEHICLE", "somebody took [[1M8GDM9AXKP042788]] off the lot"),
    ("VEHICLE", "blue truck, license plate [[KLT-4410]], lights on"),
    ("DEVICE", "her port, serial [[PT-88-20417]], was recalled"),
    ("DEVICE", "scanned (01)[[00884838001234]](17)290331(10)A12"),
    ("DEVICE", "label reads [[+A99912345/$$52001510X3]]"),
    ("DEVICE", "pump shows [[3C:52:A1:0B:9F:20]] as its address"),
    # N, O
    ("URL", "follow along at [[caringpages.example/visit/eustace-w]]"),
    ("URL", "see [[https://fund.example/f/for-eustace]]"),
    ("IP", "a login at [[198.51.100.23]] failed"),
    ("HANDLE", "congrats [[@eustace_w_tx]], done with cycle four"),
    # P, Q, R
    ("PHOTO", "here's a [[pic of her ringing the bell]]!"),
    ("PHOTO", "([[selfie with our oldest patient]])"),
    ("PHOTO", "attached: [[IMG_2207.heic]]"),
    ("BIOMETRIC", "why is [[his fingerprint scan]] on the shared drive"),
    ("BIOMETRIC", "I saved [[her voice]] on my phone"),
    ("ROOM", "the gentleman in room [[714]] is a hoot"),
    ("ROOM", "bed [[22]] coded twice"),
    ("ROOM", "transport to [[9-114]] please"),
    ("OTHER_ID", "accession [[S24-10442]] is missing a stain"),
    ("OTHER_ID", "subject [[0312-044]] withdrew"),
]


@pytest.mark.parametrize(("kind", "marked"), IDENTIFIERS)
def test_identifier_is_found(found: Told, kind: str, marked: str) -> None:
    start, end = marked.index("[["), marked.index("]]") - 2
    text = marked.replace("[[", "").replace("]]", "")
    assert any(text[start:end] in each or each in text[start:end] for each in found(text, kind)), found(text, kind)
