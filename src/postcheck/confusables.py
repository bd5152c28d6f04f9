"""Characters that look like a plain letter or digit, and which one.

Styled letters are named after the plain one by Unicode (https://www.unicode.org/Public/15.1.0/ucd/UnicodeData.txt);
look-alikes of other scripts are those of Unicode Technical Standard 39 that fonts draw alike.
"""

import unicodedata
from collections.abc import Mapping
from itertools import chain

import regex

STYLED = regex.compile(
    r"[\uFF01-\uFF5E\uFB00-\uFB06\u2460-\u2473\u2474-\u2487\u249C-\u24E9\u24EA-\u24FE\u2776-\u2793\u2160-\u2188"
    r"\u02B0-\u02B8\u02E1-\u02E3\u1D00-\u1D25\u1D2C-\u1D6A\u1D9B-\u1DBF\u2071\u207F\u2090-\u209C\uA730\uA731\u0262\u026A\u0274\u0280"
    r"\u028F\u0299\u029C\u029F\uA7AE\u0251\u0261\u0131\u210A-\u2113\u2115\u2119-\u211D\u2124\u2128\u212C\u212D"
    r"\u212F-\u2134\u2139\u2145-\u2149\U0001D400-\U0001D7FF]"
    r"|[\U0001F110-\U0001F149\U0001F150-\U0001F169\U0001F170-\U0001F189]+"
    r"|(?<![\p{L}\p{N}])[\u2070\u00B9\u00B2\u00B3\u2074-\u2079\u2080-\u2089]+"
    r"|(?<!\p{N})[\u2070\u00B9\u00B2\u00B3\u2074-\u2079\u2080-\u2089]{2,}"
    r"|(?<![\U0001F1E6-\U0001F1FF])[\U0001F1E6-\U0001F1FF](?:[\u200B-\u200D\u2060][\U0001F1E6-\U0001F1FF])*"
    r"(?![\U0001F1E6-\U0001F1FF])"
)
"""Letters and digits in some style: mathematical, circled, squared, raised, small capitals ... Two letters of flags
in a row are a flag; a raised digit behind something is an exponent or a footnote.
"""

_IGNORED = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060"))
_WITHOUT_CASE = range(0x1F110, 0x1F200)
_ROWS: Mapping[int, str] = {
    0x2776: "123456789", 0x2780: "123456789", 0x278A: "123456789", 0x24F5: "123456789",
    0x249C: "abcdefghijklmnopqrstuvwxyz",
    **dict.fromkeys((0x1F110, 0x1F150, 0x1F170, 0x1F1E6), "ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
}  # fmt: skip
_STYLED: Mapping[str, str] = {chr(first + at): char for first, row in _ROWS.items() for at, char in enumerate(row)} | {
    "\u0251": "a", "\u0261": "g", "\u0131": "i",
}  # fmt: skip
_SMALL_CAPITAL = regex.compile(r"LATIN LETTER SMALL CAPITAL ([A-Z])")


def plain(styled: str) -> str:
    """The plain letters or digits that styled ones show; themselves, if they show none.

    Those that have no small letters are read as a word that begins with a capital.
    """
    shown = "".join(map(_plain, styled.translate(_IGNORED)))
    return shown.capitalize() if len(shown) > 1 and ord(styled[0]) in _WITHOUT_CASE else shown


def _plain(char: str) -> str:
    if char in _STYLED:
        return _STYLED[char]
    if capital := _SMALL_CAPITAL.fullmatch(unicodedata.name(char, "")):
        return capital[1].lower()
    return unicodedata.normalize("NFKC", char)


_LOOK_ALIKES = dict(
    chain(
        zip("АВЕЅІЈКМНОРСТУХЬҮӀԌԚԜ", "ABESIJKMHOPCTYXbYIGQW", strict=True),
        zip("аеѕіјкорсухһԁԛԝүӏгѵ", "aesijkopcyxhdqwylrv", strict=True),
        zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧϹ", "ABEZHIKMNOPTYXC", strict=True),
        zip("αικνορυχγϲϳ", "aikvopuxycj", strict=True),
        zip("ՕՏՍօոսհգցյ", "OSUonuhqgj", strict=True),
        zip("ᎪᏴᏟᎠᎬᏀᎻᎥᎫᏦᏞᎷᏢᏒᏚᎢᏙᏔᏃᏂ", "ABCDEGHiJKLMPRSTVWZh", strict=True),
        zip("ꓐꓑꓓꓔꓖꓗꓙꓚꓜꓝꓟꓠꓡꓢꓣꓦꓧꓪꓫꓬꓮꓰꓲꓳꓴ", "BPDTGKJCZFMNLSRVHWXYAEIOU", strict=True),
    )
)  # fmt: skip
LOOK_ALIKES = str.maketrans(_LOOK_ALIKES)
"""Letters of other scripts, and the Latin ones that they look like."""

OTHER_SCRIPTS = regex.compile(
    r"(?<![\p{L}\p{N}])(?=[\p{L}\p{N}]*\p{Latin})(?=[\p{L}\p{N}]*[\p{Cyrillic}\p{Greek}\p{Armenian}\p{Cherokee}\p{Lisu}])"
    r"[\p{L}\p{N}]+"
    rf"|(?<![\p{{L}}\p{{N}}])(?=[\p{{L}}\p{{N}}]*[^\p{{Greek}}\P{{L}}])[{''.join(_LOOK_ALIKES)}\d]{{2,}}(?![\p{{L}}\p{{N}}])"
    rf"|(?<=\p{{Latin}}['\u2019])[{''.join(_LOOK_ALIKES)}](?!\p{{L}})"
)
"""Words that mix scripts, words of nothing but look-alikes and digits, and an ending of another script."""
