"""The page in a real browser, as the one who writes there meets it."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

Serve = Callable[..., "tuple[subprocess.Popen[str], str]"]
Open = Callable[..., Page]

NAMED = "Our patient Marisol rang the bell, and we cried."
ADVICE = "You should stop taking the letrozole. Sending love."
REFERRAL = "I can't advise here, but your care team or askMDAnderson can."


def marked(page: Page) -> list[str]:
    return page.locator("#marks mark").all_text_contents()


def written(page: Page, text: str) -> None:
    """Put a text in place of the draft, and wait until it's judged."""
    page.locator("#draft").fill(text)
    expect(page.locator("#cards")).not_to_have_attribute("aria-busy", "true")


def violations(page: Page) -> list[tuple[str, str]]:
    """What axe has against the page: the rule, and the elements."""
    found = Axe().run(page).response["violations"]
    return [(each["id"], str([node["html"] for node in each["nodes"]])) for each in found]


def test_what_is_typed_is_marked_with_its_reason(open_page: Open) -> None:
    page = open_page()
    page.locator("#draft").press_sequentially("Our patient Marisol rang the bell.", delay=5)
    card = page.locator(".card", has_text="phi/patient-name")
    expect(card).to_contain_text("This names a patient")
    expect(card).to_contain_text("Turn to")
    assert "Marisol" in marked(page)
    expect(page.locator("#outcome")).to_contain_text("error")


def test_marks_stand_where_the_words_are_after_characters_of_two_code_units(open_page: Open) -> None:
    page = open_page()
    written(page, f"🎉👩🏽‍⚕️ \N{MATHEMATICAL SCRIPT CAPITAL G}reat day!\n\n{NAMED}")
    expect(page.locator("#marks mark", has_text="Marisol")).to_have_text("Marisol")
    page.locator(".card", has_text="phi/patient-name").locator("q button").click()
    draft = page.locator("#draft")
    assert draft.evaluate("f => f.value.slice(f.selectionStart, f.selectionEnd)") == "Marisol"


def test_marks_lie_under_the_words_that_they_mark(open_page: Open) -> None:
    page = open_page()
    written(page, "A line that is long enough to be broken in the field, which is narrow. " * 4 + NAMED)
    field, marks = (page.locator(each).bounding_box() for each in ("#draft", "#marks"))
    assert field == marks
    sizes = "e => { const s = getComputedStyle(e); return [s.font, s.padding, s.letterSpacing, s.whiteSpace, s.width] }"
    assert page.locator("#draft").evaluate(sizes) == page.locator("#marks").evaluate(sizes)
    assert page.locator("#draft").evaluate("f => f.scrollHeight <= f.clientHeight")


def test_one_click_mends_a_finding_and_can_be_undone(open_page: Open) -> None:
    page = open_page()
    written(page, ADVICE)
    page.get_by_role("button", name=f"Write “{REFERRAL}”").click()
    expect(page.locator("#draft")).to_have_value(f"{REFERRAL} Sending love.")
    expect(page.locator("#outcome")).to_have_text("No findings")
    page.keyboard.press("Control+z")
    expect(page.locator("#draft")).to_have_value(ADVICE)


def test_the_disclosure_is_written_in_the_words_of_who_says_what_they_are(open_page: Open) -> None:
    page = open_page()
    written(page, "MD Anderson has free screening vans this Saturday!")
    expect(page.locator("#needs-role")).to_be_visible()
    page.get_by_label("What are you there?").fill("night nurse")
    page.get_by_role("button", name="Add “I work at MD Anderson (night nurse).”").click()
    expect(page.locator("#draft")).to_have_value(
        "MD Anderson has free screening vans this Saturday! I work at MD Anderson (night nurse)."
    )
    expect(page.locator("#outcome")).to_have_text("No findings")


def test_who_posts_and_what_is_answered_change_the_judgement(open_page: Open) -> None:
    page = open_page()
    written(page, "MD Anderson has free screening vans this Saturday!")
    expect(page.locator(".card", has_text="disclosure/")).to_be_visible()
    page.get_by_label("Who posts it?").select_option("official")
    expect(page.locator("#outcome")).to_have_text("No findings")
    page.get_by_text("It answers somebody").click()
    page.get_by_label("The post that you answer").fill("The front desk at MD Anderson lost my records twice!")
    page.locator("#draft").fill("We are sorry, that was our mistake. You were seen here on Monday.")
    expect(page.locator(".card", has_text="complaint/")).not_to_have_count(0)


def test_the_safe_version_is_shown_beside_the_draft_and_can_take_its_place(open_page: Open) -> None:
    page = open_page()
    written(page, "Our patient Marisol from Waxahachie, Texas is a delight.")
    page.get_by_role("tab", name="Safe version").click()
    expect(page.locator("#safe-text")).to_have_text("Our patient from Texas is a delight.")
    page.locator("#draft").press("Control+End")
    page.keyboard.type(" Her son Amado, too.")
    expect(page.locator("#safe-text")).to_have_text("Our patient from Texas is a delight. Her son, too.")
    page.get_by_role("button", name="Put it in place of my draft").click()
    expect(page.locator("#draft")).to_have_value("Our patient from Texas is a delight. Her son, too.")


def test_ten_thousand_characters_that_are_pasted_are_checked(open_page: Open) -> None:
    page = open_page(permissions=["clipboard-read", "clipboard-write"])
    text = ("The whole clinic sang along today, and the cake was good. " * 200)[:9_950] + f"\n\n{NAMED}"
    page.evaluate("text => navigator.clipboard.writeText(text)", text)
    page.locator("#draft").press("Control+v")
    expect(page.locator("#draft")).to_have_value(text)
    expect(page.locator("#marks mark", has_text="Marisol")).to_have_text("Marisol")


def test_what_is_copied_is_the_draft_and_says_what_is_left_to_mend(open_page: Open) -> None:
    page = open_page(permissions=["clipboard-read", "clipboard-write"])
    written(page, NAMED)
    expect(page.locator(".card")).not_to_have_count(0)
    page.locator("#copy").click()
    expect(page.locator("#done")).to_contain_text("still to mend")
    page.locator("#draft").fill("")
    page.locator("#draft").press("Control+v")
    expect(page.locator("#draft")).to_have_value(NAMED)


@pytest.mark.parametrize(
    ("channel", "text", "shown"),
    [
        ("x", "a" * 280, "280 of 280"),
        ("x", "a" * 281, "281 of 280: too long"),
        ("x", "café 👨‍👩‍👧‍👦 https://example.org/a/very/long/path?with=much", "31 of 280"),
        ("x", "日本", "4 of 280"),
        ("bluesky", "👨‍👩‍👧‍👦é", "2 of 300"),
        ("linkedin", "👍a", "2 of 3,000"),
        ("", "a" * 1000, "1,000 characters"),
    ],
)
def test_characters_are_counted_as_the_channel_does(open_page: Open, channel: str, text: str, shown: str) -> None:
    page = open_page()
    page.get_by_label("Where will it go?").select_option(channel)
    page.locator("#draft").fill(text)
    expect(page.locator("#count")).to_have_text(shown)


def test_a_file_that_is_opened_is_read_as_check_reads_it(open_page: Open, tmp_path: Path) -> None:
    page = open_page()
    posts = tmp_path / "posts.csv"
    posts.write_text("text,author\nCake for all!,employee\nOur patient Marisol is a delight.,official\n", "utf-8")
    page.locator("#file").set_input_files(posts)
    expect(page.locator("#draft")).to_have_value("Cake for all!")
    page.get_by_label("The file holds several drafts").select_option("1")
    expect(page.locator("#draft")).to_have_value("Our patient Marisol is a delight.")
    expect(page.get_by_label("Who posts it?")).to_have_value("official")
    expect(page.locator(".card", has_text="phi/patient-name")).to_be_visible()


def test_the_ignores_of_a_markdown_file_hold(open_page: Open, tmp_path: Path) -> None:
    page = open_page()
    draft = tmp_path / "draft.md"
    draft.write_text(
        '<!-- postcheck: ignore[phi/patient-name, patient-story] reason="our spokesperson" -->\n'
        "Our patient Marisol is a delight.\n"
    )
    page.locator("#file").set_input_files(draft)
    expect(page.locator("#outcome")).to_have_text("No findings")


def test_a_file_that_cant_be_read_is_said_and_nothing_passes_for_checked(open_page: Open, tmp_path: Path) -> None:
    page = open_page()
    old = tmp_path / "old.doc"
    old.write_bytes(b"\xd0\xcf\x11\xe0")
    page.locator("#file").set_input_files(old)
    expect(page.locator("#problems")).to_contain_text("save it as .docx")
    expect(page.locator("#outcome")).to_have_text("Not checked")


def test_two_tabs_dont_know_of_each_other(open_page: Open) -> None:
    one = open_page()
    other = one.context.new_page()
    other.goto(one.url)
    written(one, NAMED)
    written(other, "Cake for all!")
    expect(one.locator("#marks mark", has_text="Marisol")).to_be_visible()
    expect(other.locator("#outcome")).to_have_text("No findings")
    expect(one.locator("#draft")).to_have_value(NAMED)


def test_nothing_is_left_in_the_browser(open_page: Open) -> None:
    page = open_page()
    written(page, NAMED)
    kept = """async () => [localStorage.length, sessionStorage.length, document.cookie.length,
        (await indexedDB.databases()).length, (await caches.keys()).length,
        (await navigator.serviceWorker.getRegistrations()).length]"""
    assert page.evaluate(kept) == [0] * 6
    page.reload()
    expect(page.locator("#draft")).to_have_value("")


def test_the_browser_is_asked_to_send_no_text_to_its_maker(open_page: Open) -> None:
    page = open_page()
    expect(page.locator("html")).to_have_attribute("translate", "no")
    for field in page.locator("textarea").all():
        for name in ("spellcheck", "writingsuggestions"):
            expect(field).to_have_attribute(name, "false")


def test_when_the_server_has_ended_the_text_stays_and_counts_as_unchecked(open_page: Open, serve: Serve) -> None:
    process, address = serve()
    page = open_page(address)
    written(page, "Cake for all!")
    expect(page.locator("#outcome")).to_have_text("No findings")
    process.terminate()
    process.wait(20)
    page.locator("#draft").press("End")
    page.keyboard.type(" Marisol too.")
    expect(page.get_by_role("alert")).to_contain_text("Your text is still here")
    expect(page.locator("#outcome")).to_have_text("Not checked")
    expect(page.locator("#draft")).to_have_value("Cake for all! Marisol too.")


def test_the_keyboard_reaches_and_does_everything(open_page: Open) -> None:
    page = open_page()
    written(page, ADVICE)
    expect(page.locator(".card")).to_have_count(1)
    page.locator("#tab-findings").focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#safe")).to_be_visible()
    page.keyboard.press("ArrowLeft")
    expect(page.locator("#findings")).to_be_visible()
    mend = page.get_by_role("button", name=f"Write “{REFERRAL}”")
    for _ in range(5):
        page.keyboard.press("Tab")
        if mend.evaluate("each => each === document.activeElement"):
            break
    page.keyboard.press("Enter")
    expect(page.locator("#draft")).to_have_value(f"{REFERRAL} Sending love.")
    expect(page.locator("#draft")).to_be_focused()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_nothing(open_page: Open, width: int, scheme: str) -> None:
    page = open_page(width=width, color_scheme=scheme)
    assert violations(page) == []
    page.get_by_role("button", name="Try it on an example").click()
    expect(page.locator(".card.warning")).not_to_have_count(0)
    assert violations(page) == []
    page.get_by_role("tab", name="Safe version").click()
    expect(page.locator("#safe-text")).not_to_be_empty()
    assert violations(page) == []


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_nothing_is_wider_than_the_window(open_page: Open, width: int) -> None:
    page = open_page(width=width)
    page.locator("#draft").fill(f"{'x' * 500} {NAMED}")
    expect(page.locator(".card")).not_to_have_count(0)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_dark_mode_is_dark(open_page: Open) -> None:
    ground = "getComputedStyle(document.body).backgroundColor"
    light, dark = (open_page(color_scheme=scheme).evaluate(ground) for scheme in ("light", "dark"))
    assert light != dark
    assert sum(map(int, dark.removeprefix("rgb(").removesuffix(")").split(", "))) < 150
