"""The report in a real headless Chromium, opened from disk."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from pipeline.outputs.report import write_report
from tests.outputs import finished
from tests.outputs.report import samples
from tests.outputs.report.browser import until
from tests.outputs.report.hostile import HOSTILE

Open = Callable[..., Any]

LIT = """() => Object.fromEntries(['q', 's', 'k', 'r'].map((letter) =>
  [letter, [...document.querySelectorAll('.lit-' + letter)].map((piece) => piece.textContent).join('')]))"""
ANSWERED = """() => {
  const told = document.getElementById('status').textContent;
  return told.startsWith('0 ') || (told !== '' && document.querySelectorAll('#results li').length > 0);
}"""
SUBJECTS = ("fares", "piers", "yachts", "tolls")


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    """A page that fails its test on an error, a dialog, or a request that leaves the disk."""
    problems: list[str] = []
    context = browser.new_context(viewport={"width": 1300, "height": 850})
    made = context.new_page()
    made.on("console", lambda message: problems.append(message.text))
    made.on("pageerror", lambda error: problems.append(str(error)))
    made.on("dialog", lambda dialog: (problems.append(dialog.message), dialog.dismiss()))
    made.on("request", lambda request: request.url.startswith("file:") or problems.append(request.url))
    yield made
    context.close()
    assert problems == []


@pytest.fixture
def article(page: Any, ferry: Path) -> Any:
    """The page of the ferry article."""
    page.goto((ferry / samples.page_of(samples.TEXT)).as_uri())
    return page


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report of ninety claims by three speakers, on days of their own."""
    folder = tmp_path_factory.mktemp("many")
    pairs = []
    for number in range(90):
        text = f"The council raised {SUBJECTS[number % 4]} in ward {number}."
        whole = samples.spot(text, text)
        kind = "direct" if number % 3 else "statement"
        sums = (samples.percent(samples.spot(text, f"{number}."), number),) if number % 9 == 0 else ()
        speaker = samples.named(["Ida Falk", "Noé Lindström", "Ada Moreno"][number % 3])
        made = samples.claim(
            text, whole, source=f"a{number}.txt", kind=kind, quantities=sums, speaker=speaker
        )
        day = f"2024-{1 + number // 28:02}-{1 + number % 28:02}"
        pairs.append((made, samples.article(text, [made], date_published=day)))
    run = finished.write_run(folder / "run", [made for made, _ in pairs], [record for _, record in pairs])
    write_report(run, folder / "report", samples.own_text)
    return folder / "report"


@pytest.fixture
def search(page: Any, many: Path) -> Callable[[str], list[str]]:
    """Opens the search with a query in its address; gives the texts of the claims that are shown."""

    def ask(query: str) -> list[str]:
        page.goto("about:blank")
        page.goto(f"{(many / 'search.html').as_uri()}#{query}")
        return results(page)

    return ask


def results(page: Any) -> list[str]:
    """The texts of the claims that are shown, when the search has answered."""
    until(page, ANSWERED)
    page.wait_for_timeout(50)
    return [item.inner_text() for item in page.locator("#results .said").all()]


def test_every_page_opens_from_disk_without_a_word_in_the_console(page: Any, ferry: Path) -> None:
    for file in sorted(ferry.rglob("*.html")):
        page.goto(file.as_uri())
        assert page.locator("h1").count() == 1


def test_pointing_at_a_claim_lights_its_parts_and_shows_its_record(article: Any) -> None:
    article.get_by_text("Fares rise", exact=False).first.hover()
    lit = article.evaluate(LIT)
    assert lit["q"] == "“Fares rise 4 percent on 3 May 2024,”"
    assert (lit["s"], lit["k"], lit["r"]) == ("harbour master Ida Falk", "said", "harbour master")
    record = article.locator(".card:visible")
    assert record.count() == 1
    assert "4 percent = 4 percent" in record.inner_text()
    assert "29 Apr 2024" in record.inner_text()


def test_pointing_inside_a_nested_quotation_takes_the_inner_claim(article: Any) -> None:
    article.get_by_text("the old pier is closed").first.hover()
    assert article.evaluate(LIT)["q"] == "“the old pier is closed”"
    assert "the council" in article.locator(".card:visible .who").inner_text()


def test_pointing_around_a_nested_quotation_takes_the_outer_claim_whole(article: Any) -> None:
    article.locator("[data-p]", has_text="until June").hover()
    assert article.evaluate(LIT)["q"] == ("the council had told her that “the old pier is closed” until June")


def test_the_keyboard_goes_from_claim_to_claim(article: Any) -> None:
    seen = []
    for key in ("j", "j", "j", "k"):
        article.keyboard.press(key)
        seen.append(article.locator(".card:visible").get_attribute("data-n"))
    assert seen == ["1", "2", "3", "2"]


def test_enter_on_a_claims_number_moves_to_its_record_and_escape_back(article: Any) -> None:
    article.locator("#m2").focus()
    assert article.locator(".card:visible").get_attribute("data-n") == "2"
    article.keyboard.press("Enter")
    assert article.evaluate("document.activeElement.dataset.n + document.activeElement.tagName") == "2SECTION"
    article.keyboard.press("Escape")
    assert article.evaluate("document.activeElement.id") == "m2"
    article.keyboard.press("Escape")
    assert article.locator(".card:visible").count() == 4


def test_all_claims_can_be_reached_with_the_tab_key(article: Any) -> None:
    article.locator("#legend input").last.focus()
    reached = []
    for _ in range(4):
        article.keyboard.press("Tab")
        reached.append(article.evaluate("document.activeElement.id"))
    assert reached == ["m1", "m2", "m3", "m4"]


def test_numbers_in_the_text_have_names_for_screen_readers(article: Any) -> None:
    assert article.get_by_role("link", name="Claim 3, direct, the council").count() == 1


def test_an_address_with_a_claim_opens_at_that_claim(page: Any, ferry: Path) -> None:
    claim = samples.ferry_claims()[3]
    page.goto(f"{(ferry / samples.page_of(samples.TEXT)).as_uri()}#{claim.claim_id}")
    assert page.evaluate(LIT)["q"] == "The pier cost $2.5 million"


def test_the_legend_turns_kinds_and_layers_off(article: Any) -> None:
    statement = article.locator("#text .quote.statement").first
    before = statement.evaluate("piece => getComputedStyle(piece).backgroundColor")
    article.get_by_role("checkbox", name="statement").uncheck()
    article.wait_for_timeout(400)
    assert statement.evaluate("piece => getComputedStyle(piece).backgroundColor") != before
    assert article.locator(".card:visible").count() == 3
    article.get_by_role("checkbox", name="number").uncheck()
    shadow = "piece => getComputedStyle(piece).boxShadow"
    assert article.locator("#text .quantity:not(.date)").first.evaluate(shadow) == "none"


def test_on_a_phone_the_record_comes_up_and_nothing_is_wider_than_the_screen(
    browser: Any, ferry: Path
) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    page = context.new_page()
    for file in sorted(ferry.rglob("*.html")):
        page.goto(file.as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, file
    page.goto((ferry / samples.page_of(samples.TEXT)).as_uri())
    page.get_by_text("Fares rise", exact=False).first.tap()
    assert page.locator(".card:visible").bounding_box()["y"] > 370
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_from_the_page_in_light_and_dark(browser: Any, ferry: Path, scheme: str) -> None:
    context = browser.new_context(color_scheme=scheme)
    page = context.new_page()
    page.goto((ferry / samples.page_of(samples.TEXT)).as_uri())
    ratios = page.evaluate(CONTRAST)
    assert ratios and min(ratios.values()) >= 4.5, ratios
    context.close()


# WCAG 2.2, contrast ratio: of each marked piece's ink against the nearest background that is painted.
CONTRAST = """() => {
  const rgb = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const part = (value) => value <= 10.3 ? value / 3294.6 : ((value / 255 + 0.055) / 1.055) ** 2.4;
  const light = ([r, g, b]) => 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b);
  const ground = (node) => {
    for (let at = node; at; at = at.parentElement) {
      const colour = rgb(getComputedStyle(at).backgroundColor);
      if (colour[3] !== 0) return colour;
    }
    return [255, 255, 255];
  };
  const ratio = (node) => {
    const [a, b] = [light(rgb(getComputedStyle(node).color)), light(ground(node))];
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  };
  document.querySelector('#m1').focus();
  return Object.fromEntries([...document.querySelectorAll('main *')]
    .filter((node) => node.textContent && !node.children.length)
    .map((node) => [node.className + ' ' + node.textContent.slice(0, 20), ratio(node)]));
}"""


def test_in_print_every_record_is_there_and_no_button(article: Any) -> None:
    article.keyboard.press("j")
    article.emulate_media(media="print")
    assert article.locator(".card dl:visible").count() == 4
    assert article.locator("button:visible, nav:visible").count() == 0


def test_words_are_found_by_their_beginning_newest_first(search: Callable[[str], list[str]]) -> None:
    found = search("q=yacht+council")
    assert len(found) == 20
    assert found[:2] == [
        "“The council raised yachts in ward 86.”".strip("“”"),
        "The council raised yachts in ward 82.",
    ]


def test_words_found_are_marked(search: Callable[[str], list[str]], page: Any) -> None:
    search("q=yach")
    assert page.locator("#results mark").first.inner_text() == "yachts"


def test_speakers_are_found_without_their_accents(search: Callable[[str], list[str]], page: Any) -> None:
    search("speaker=noe+lindstrom")
    assert page.locator("#status").inner_text() == "30 claims"
    assert page.locator("#results .who").first.inner_text() == "Noé Lindström"


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("", "90 claims"),
        ("kind=statement", "30 claims"),
        ("has=percent", "10 claims"),
        ("has=money", "0 claims"),
        ("kind=direct&has=number", "0 claims"),
        ("from=2024-02-01&to=2024-02-03", "3 claims"),
        ("to=2024-01-10", "10 claims"),
        ("from=2024-04-01", "6 claims"),
        ("q=yachts&from=2024-04-01", "1 claim"),
        ("q=no-such-word", "0 claims"),
        ("q=%22%3Cscript%3E", "0 claims"),
        ("q=__proto__", "0 claims"),
    ],
)
def test_filters_leave_what_they_name(
    search: Callable[[str], list[str]], page: Any, query: str, told: str
) -> None:
    search(query)
    assert page.locator("#status").inner_text() == told


def test_typing_searches_and_the_address_keeps_the_query(
    search: Callable[[str], list[str]], page: Any
) -> None:
    search("")
    page.get_by_label("Words").fill("ward 41")
    until(page, "document.getElementById('status').textContent === '1 claim'")
    assert page.url.endswith("#q=ward+41")


def test_more_results_come_on_demand(search: Callable[[str], list[str]], page: Any) -> None:
    shown = len(search("q=council"))
    page.get_by_role("button", name="Show more").click()
    until(page, f"document.querySelectorAll('#results li').length > {shown}")
    assert len(results(page)) == 2 * shown == 40


def test_the_search_of_any_page_leads_to_the_results(page: Any, many: Path) -> None:
    page.goto((many / "speakers.html").as_uri())
    page.keyboard.press("/")
    page.keyboard.type("tolls")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html**")
    assert "tolls" in results(page)[0]


def test_a_result_leads_to_its_claim_in_the_article(search: Callable[[str], list[str]], page: Any) -> None:
    search("q=ward+41")
    page.locator("#results .said a").first.click()
    until(page, "document.querySelector('.card.active') !== null")
    assert page.evaluate(LIT)["q"] == "The council raised piers in ward 41."


def test_a_list_is_sifted_as_one_types(page: Any, many: Path) -> None:
    page.goto((many / "speakers.html").as_uri())
    page.get_by_label("Filter this page").fill("lindstrom")
    assert page.locator("#rows tbody tr:visible").count() == 1
    assert page.locator("#sifted").inner_text() == "1 of 3"


def test_a_word_in_most_claims_is_told_to_be_too_common(
    page: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.outputs.report.search_index.COMMON", 1)
    write_report(samples.ferry_run(tmp_path / "run"), tmp_path / "report", samples.own_text)
    page.goto(f"{(tmp_path / 'report' / 'search.html').as_uri()}#q=pier")
    results(page)
    assert page.locator("#status").inner_text() == "4 claims; “pier” is too common to look up"


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report of hostile texts, ten to an article."""
    folder = tmp_path_factory.mktemp("hostile")
    claims, articles = [], []
    for start in range(0, len(HOSTILE), 10):
        texts = HOSTILE[start : start + 10]
        whole = "\n\n".join(texts)
        spots = [samples.spot(whole, text) for text in texts]
        made = [
            samples.claim(
                whole,
                at,
                text=at.exact,
                source=at.exact,
                speaker=samples.named(at.exact, at, at),
                addressee=at,
            )
            for at in dict.fromkeys(spots)
        ]
        claims += made
        articles.append(samples.article(whole, made, title=texts[0], publisher=texts[1], url=texts[2]))
    run = finished.write_run(folder / "run", claims, articles)
    write_report(run, folder / "report", samples.own_text)
    return folder / "report"


def test_hostile_texts_do_nothing_on_any_page(page: Any, hostile: Path) -> None:
    page.add_init_script("window.hacked = 0")
    pages = [
        *hostile.glob("*.html"),
        *(hostile / "articles").glob("*.html"),
        *list((hostile / "speakers").glob("*.html"))[:8],
    ]
    assert len(pages) > 20
    for file in sorted(pages):
        page.goto(file.as_uri())
        if page.locator("[data-p]").count():
            page.locator("[data-p]").first.hover()
        assert page.evaluate("window.hacked") == 0, file
        assert page.url.partition("#")[0] == file.as_uri()


def test_hostile_texts_do_nothing_among_the_results(page: Any, hostile: Path) -> None:
    page.add_init_script("window.hacked = 0")
    page.goto((hostile / "search.html").as_uri())
    results(page)
    while page.locator("#more").is_visible():
        shown = page.locator("#results li").count()
        page.locator("#more").click()
        until(page, f"document.querySelectorAll('#results li').length > {shown}")
    assert page.locator("#results li").count() >= 100
    assert page.evaluate("window.hacked") == 0
    assert (
        page.evaluate(
            "document.querySelectorAll('#results :is(script, img, svg, iframe, input, style)').length"
        )
        == 0
    )
