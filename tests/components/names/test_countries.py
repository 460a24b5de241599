"""Countries of names, parts and demonyms."""

from __future__ import annotations

import unicodedata

import pycountry
import pytest

from pipeline.components.names import country_of
from pipeline.components.names.countries import place_key
from pipeline.components.names.lexicon import rows
from tests.components.names.marked import entities

USER_ASSIGNED = {"XK"}  # Kosovo: reserved for users by ISO 3166-1, so pycountry lacks it


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("United States", "US"), ("the U.S.", "US"), ("America", "US"), ("Americans", "US"), ("Dutch", "NL"),
        ("Côte d’Ivoire", "CI"), ("Türkiye", "TR"), ("Burma", "MM"), ("DPRK", "KP"), ("South Korean", "KR"),
        ("Nigerien", "NE"), ("Nigerians", "NG"), ("Kosovo", "XK"), ("Scotland", "GB"), ("Scots", "GB"),
        ("Texas", "US"), ("Texan", "US"), ("Sichuan", "CN"), ("Hubei Province", "CN"), ("Kursk region", "RU"),
        ("Republic of Karelia", "RU"), ("Catalan", "ES"), ("Nairobi", "KE"), ("Kiev", "UA"), ("FRANCE", "FR"),
        ("Timor-Leste", "TL"), ("Papua New Guinea", "PG"), ("Guinean", "GN"),
    ],
)  # fmt: skip
def test_a_certain_name_has_its_country(name: str, code: str) -> None:
    assert country_of(name) == code


@pytest.mark.parametrize(
    "name", ["Georgia", "Congo", "Korean", "Punjab", "Kurdish", "Europe", "Springfield", "", "s"]
)
def test_a_shared_or_stateless_name_has_no_country(name: str) -> None:
    assert country_of(name) is None


@pytest.mark.parametrize(
    ("marked", "code"),
    [
        ("[G:Georgia] and [G:Tbilisi] and the [G:United States]", "GE"),
        ("[G:Georgia] and [G:Atlanta]", "US"),
        ("[G:Georgia], [G:Atlanta] and [G:Tbilisi]", None),
        ("[N:Congolese] troops left [G:Goma]", "CD"),
        ("[N:Korean] ships left [G:South Korea]", "KR"),
        ("[N:Korean] ships, [G:South Korea], [G:North Korea]", None),
        ("[G:Springfield], [G:Illinois], said", "US"),
        ("[G:Paris], [G:Texas], said", "US"),
        ("[G:Paris], [G:Texas] and [G:Ohio]", "FR"),
        ("[G:Orlu, Nigeria] said", "NG"),
        ("[G:Springfield] and [G:Ohio]", None),
    ],
)
def test_the_article_tells_the_country_of_a_shared_name(marked: str, code: str | None) -> None:
    assert entities(marked)[0].country == code


def test_a_town_keeps_the_country_of_its_first_mention() -> None:
    found = entities("[G:Paris], [G:Texas], is small. [G:Paris] is flat.")
    assert (found[0].ref, found[0].country) == (found[2].ref, found[2].country)


def test_only_places_and_peoples_have_a_country() -> None:
    assert [e.country for e in entities("[O:France] played, said [P:Chad], at [L:Jordan]")] == [
        None,
        None,
        None,
    ]


def test_every_country_of_the_standard_is_listed() -> None:
    listed = {code for code, *_ in rows("countries", 3)}
    assert listed - USER_ASSIGNED == {country.alpha_2 for country in pycountry.countries}


def test_the_standards_own_names_lead_to_their_codes() -> None:
    wrong = {
        country.alpha_2: found
        for country in pycountry.countries
        if (found := country_of(getattr(country, "common_name", country.name))) not in (None, country.alpha_2)
    }
    assert wrong == {}


@pytest.mark.parametrize("listing", ["regions", "cities", "ambiguous"])
def test_codes_of_parts_are_codes_of_countries(listing: str) -> None:
    columns = 3 if listing == "ambiguous" else 2
    codes = {row[0].removesuffix(":people") for row in rows(listing, columns)} - USER_ASSIGNED
    assert {code for code in codes if pycountry.countries.get(alpha_2=code) is None} == set()


def test_no_part_bears_the_code_of_another_country_than_the_standards() -> None:
    owners: dict[str, set[str]] = {}
    for part in pycountry.subdivisions:
        owners.setdefault(place_key(unicodedata.normalize("NFC", part.name)), set()).add(part.country_code)
    wrong = [
        (code, name)
        for code, names in rows("regions", 2)
        if not code.endswith(":people")
        for name in names.replace("=", "|").split("|")
        if (known := owners.get(place_key(name))) and code not in known
    ]
    assert wrong == []
