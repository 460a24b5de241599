from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest

from pipeline.clustering import cluster
from pipeline.errors import ConfigurationError, ReadError
from pipeline.outputs.report import article_pages, speaker_pages, write_report
from pipeline.outputs.report.site import ReportError
from pipeline.record import DeadLetter, Span
from tests.outputs import finished
from tests.outputs.report import samples
from tests.outputs.report.hostile import HOSTILE

TAGS = {
    *(
        "html",
        "head",
        "meta",
        "title",
        "link",
        "script",
        "body",
        "header",
        "nav",
        "main",
        "footer",
        "noscript",
    ),
    *("form", "input", "fieldset", "legend", "label", "button", "select", "option", "details", "summary"),
    *("h1", "h2", "p", "a", "span", "bdi", "br", "code", "kbd", "section", "article", "aside", "div"),
    *("table", "caption", "thead", "tbody", "tr", "th", "td", "dl", "dt", "dd", "ol", "li"),
    *("svg", "rect", "figure", "figcaption"),
}
INLINE = ("span", "bdi", "a", "code")


class Page(HTMLParser):
    """What a page is made of."""

    def __init__(self, file: Path) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.links: list[str] = []
        self.scripts: list[str] = []
        self.ids: list[str] = []
        self.words: list[str] = []
        self.feed(file.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = dict(attrs)
        self.tags.add(tag)
        self.words.append("" if tag in INLINE else " ")
        self.attributes |= known.keys()
        self.links += [value for name in ("href", "src", "action") if (value := known.get(name))]
        self.ids += [value for name, value in attrs if name == "id" and value]
        if tag == "script":
            self.scripts.append(known.get("src") or "inline")

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join("".join(self.words).split())


def pages_of(report: Path) -> list[Path]:
    return sorted(report.rglob("*.html"))


def contents(folder: Path) -> dict[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def test_every_link_leads_to_a_page_and_a_place_in_it(ferry: Path) -> None:
    ids = {file: set(Page(file).ids) for file in pages_of(ferry)}
    for file in ids:
        for link in Page(file).links:
            path, _, anchor = link.partition("#")
            if link.startswith("https://"):
                continue
            target = (file.parent / unquote(path.partition("?")[0])).resolve() if path else file
            assert target.is_file(), (file, link)
            assert not anchor or anchor in ids[target], (file, link)


def test_no_page_names_a_place_twice(ferry: Path) -> None:
    for file in pages_of(ferry):
        ids = Page(file).ids
        assert len(ids) == len(set(ids)), file


def test_a_page_holds_the_whole_text_of_its_article(ferry: Path) -> None:
    assert " ".join(samples.TEXT.split()) in Page(ferry / samples.page_of(samples.TEXT)).text


def test_the_same_run_gives_the_same_bytes(ferry: Path, tmp_path: Path) -> None:
    write_report(samples.ferry_run(tmp_path / "run"), tmp_path / "again", samples.own_text)
    assert contents(tmp_path / "again") == contents(ferry)


def test_the_overview_counts_articles_claims_and_speakers(ferry: Path) -> None:
    text = Page(ferry / "index.html").text
    assert "articles 1" in text and "claims 4" in text and "speakers with a name 1" in text


def test_the_overview_tells_what_was_set_aside(ferry: Path) -> None:
    text = Page(ferry / "index.html").text
    assert "1 input was set aside: 1 E_JSON." in text and "broken.json" in text


def test_the_overview_tells_money_and_percentages(ferry: Path) -> None:
    text = Page(ferry / "index.html").text
    assert "US dollar 1 2.5 million" in text and "1 to 5 % 1" in text


def test_a_speakers_claims_stand_in_the_order_of_time(tmp_path: Path) -> None:
    days = ["2024-05-02", None, "2021-01-01", "2023-07-09"]
    claims = [finished.claim("a.txt", f"Text {number}.", said_on=day) for number, day in enumerate(days)]
    undated = replace(claims[1], article=replace(claims[1].article, date_published=None))
    run = finished.write_run(tmp_path / "run", [claims[0], undated, *claims[2:]])
    write_report(run, tmp_path / "report", samples.own_text)
    (page,) = (tmp_path / "report" / "speakers").glob("*.html")
    heads = re.findall(r"<h2>(.*?)</h2>", page.read_text(encoding="utf-8"))
    assert heads == ["1 Jan 2021", "9 July 2023", "2 May 2024", "no date"]


def test_sources_without_a_name_share_a_page_by_their_kind(ferry: Path) -> None:
    (page,) = (ferry / "speakers").glob("unnamed-*.html")
    assert "groups and officials" in Page(page).text and "the council" in Page(page).text


def test_dates_stand_in_the_timeline_under_their_month(ferry: Path) -> None:
    text = Page(ferry / "timeline" / "2024.html").text
    assert "May 2024 3 May 2024 “3 May 2024” Fares rise" in text


def test_a_long_article_is_cut_into_pages_and_its_claims_go_along(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(article_pages, "PART_LENGTH", 30)
    run = samples.ferry_run(tmp_path / "run")
    write_report(run, tmp_path / "report", samples.own_text)
    texts = [Page(file).text for file in sorted((tmp_path / "report" / "articles").glob("*.html"))]
    cards = [file.read_text(encoding="utf-8").count('class="card') for file in pages_of(tmp_path / "report")]
    assert len(texts) > 3
    assert sum(cards) == 4
    test_every_link_leads_to_a_page_and_a_place_in_it(tmp_path / "report")


def test_many_claims_of_a_speaker_are_cut_into_pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(speaker_pages, "CLAIMS_A_PAGE", 2)
    run = finished.write_run(tmp_path / "run", finished.claims_of(5))
    write_report(run, tmp_path / "report", samples.own_text)
    assert len(list((tmp_path / "report" / "speakers").glob("*.html"))) == 3
    test_every_link_leads_to_a_page_and_a_place_in_it(tmp_path / "report")


def test_an_article_without_text_shows_its_records_and_says_so(tmp_path: Path) -> None:
    run = finished.write_run(tmp_path / "run", [finished.claim("a.txt")])
    counts = write_report(run, tmp_path / "report", samples.own_text)
    text = Page(tmp_path / "report" / samples.page_of(finished.TEXT)).text
    assert counts.without_text == 1
    assert "The run holds no text" in text and "Ada Moreno" in text


def test_a_run_without_a_claim_has_a_report(tmp_path: Path) -> None:
    run = finished.write_run(tmp_path / "run", [], [samples.article("Nothing was said.", [])])
    counts = write_report(run, tmp_path / "report", samples.own_text)
    assert (counts.articles, counts.claims) == (1, 0)


def test_an_empty_run_has_a_report(tmp_path: Path) -> None:
    assert (
        write_report(finished.write_run(tmp_path / "run", []), tmp_path / "report", samples.own_text).articles
        == 0
    )


def test_claims_of_an_article_that_is_not_there_are_refused(tmp_path: Path) -> None:
    run = finished.write_run(
        tmp_path / "run", finished.claims_of(2), [finished.article(finished.claims_of(1))]
    )
    with pytest.raises(ReadError, match="not among the articles"):
        write_report(run, tmp_path / "report", samples.own_text)


def test_an_article_that_lists_more_claims_than_there_are_is_refused(tmp_path: Path) -> None:
    claims = finished.claims_of(1)
    listed = replace(finished.article(claims), claim_ids=(claims[0].claim_id, "clm_" + "0" * 32))
    run = finished.write_run(tmp_path / "run", claims, [listed])
    with pytest.raises(ReadError, match="lists 2 claims"):
        write_report(run, tmp_path / "report", samples.own_text)


def test_a_line_that_is_no_record_is_refused_with_its_code(tmp_path: Path) -> None:
    run = finished.write_lines(tmp_path / "run", [b'{"article_id":"a","claim_ids":[]}'], [])
    with pytest.raises(ReadError) as refused:
        write_report(run, tmp_path / "report", samples.own_text)
    assert refused.value.code == "E_RECORD"


def test_a_new_report_takes_the_place_of_the_old_one_whole(tmp_path: Path) -> None:
    write_report(samples.ferry_run(tmp_path / "one"), tmp_path / "report", samples.own_text)
    two = finished.write_run(tmp_path / "two", finished.claims_of(1))
    write_report(two, tmp_path / "report", samples.own_text)
    assert not (tmp_path / "report" / samples.page_of(samples.TEXT)).exists()
    assert {path.name for path in tmp_path.iterdir()} == {"one", "two", "report"}


def test_a_report_that_fails_leaves_the_old_one(tmp_path: Path) -> None:
    write_report(samples.ferry_run(tmp_path / "one"), tmp_path / "report", samples.own_text)
    before = contents(tmp_path / "report")
    broken = finished.write_run(
        tmp_path / "two", finished.claims_of(2), [finished.article(finished.claims_of(1))]
    )
    with pytest.raises(ReadError):
        write_report(broken, tmp_path / "report", samples.own_text)
    assert contents(tmp_path / "report") == before
    assert {path.name for path in tmp_path.iterdir()} == {"one", "two", "report"}


def test_a_folder_that_is_no_report_is_not_touched(tmp_path: Path) -> None:
    run = samples.ferry_run(tmp_path / "run")
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("years of work")
    with pytest.raises(ConfigurationError, match="no report"):
        write_report(run, tmp_path / "mine", samples.own_text)
    assert (tmp_path / "mine" / "thesis.txt").read_text() == "years of work"


def test_a_place_that_cannot_be_written_is_an_error_with_a_code(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ReportError) as failed:
        write_report(samples.ferry_run(tmp_path / "run"), tmp_path / "file" / "report", samples.own_text)
    assert failed.value.code == "E_REPORT"


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report in which every field that an article can fill is hostile."""
    folder = tmp_path_factory.mktemp("hostile")
    pairs = []
    for text in HOSTILE:
        surface = Span(0, len(text), text)
        person = replace(samples.named(text, surface, surface), affiliation=text)
        made = samples.claim(text, surface, source=text, text=text, speaker=person, addressee=surface)
        info = replace(made.article, title=text, publisher=text, url=text, authors=(text,), language=text)
        made = replace(made, article=info, warnings=(text,), said_on=text)
        changes = {"title": text, "publisher": text, "url": text, "authors": (text,), "language": text}
        pairs.append((made, samples.article(text, [made], warnings=(text,), **changes)))
    run = finished.write_run(folder / "run", [made for made, _ in pairs], [record for _, record in pairs])
    samples.write_letters(run, [DeadLetter(text, text, text, text, text, False) for text in HOSTILE])
    cluster(run)
    write_report(run, folder / "report", samples.own_text)
    return folder / "report"


def test_hostile_texts_become_no_elements_attributes_or_links(hostile: Path) -> None:
    known = None
    for file in pages_of(hostile):
        page = Page(file)
        assert page.tags <= TAGS, file
        assert not [name for name in page.attributes if name.startswith("on") or name == "style"], file
        assert all(src.startswith(("assets/", "../assets/")) for src in page.scripts), file
        assert not [link for link in page.links if re.match(r"(?!https?:)\w+:", link)], file
        known = page
    assert known is not None


def test_hostile_texts_are_shown_as_they_are(hostile: Path) -> None:
    for text in HOSTILE:
        shown = Page(hostile / samples.page_of(text)).text
        printable = text.translate(dict.fromkeys(map(ord, "\x00\u202c\u202e\u2066\u2067"), "\ufffd"))
        assert " ".join(printable.split())[:200] in shown


def test_hostile_texts_cannot_leave_a_data_file(hostile: Path) -> None:
    for file in (hostile / "search").glob("*.js"):
        script = file.read_text(encoding="utf-8")
        assert "<" not in script, file
        assert re.fullmatch(r'onrecordData\("[a-z0-9-]+",.*\);\n', script), file


def test_every_page_has_a_strict_policy(hostile: Path) -> None:
    for file in pages_of(hostile):
        head = file.read_text(encoding="utf-8").partition("</head>")[0]
        assert "default-src 'none'; script-src 'self' file:;" in head, file
