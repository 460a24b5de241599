"""Names: their parts, titles, genders and countries, and which of them name one thing."""

from pipeline.components.names.clusters import cluster_names, person_genders
from pipeline.components.names.countries import country_of
from pipeline.components.names.forms import NameMention, trim_span
from pipeline.components.names.genders import given_name_gender
from pipeline.components.names.pronouns import PRONOUNS, Pronoun, pronoun
from pipeline.components.names.titles import TITLES, Gender, split_titles, title_gender

__all__ = [
    "PRONOUNS",
    "TITLES",
    "Gender",
    "NameMention",
    "Pronoun",
    "cluster_names",
    "country_of",
    "given_name_gender",
    "person_genders",
    "pronoun",
    "split_titles",
    "title_gender",
    "trim_span",
]
