"""Names: their parts, titles, genders and countries, and which of them name one thing."""

from pipeline.components.names.clusters import cluster_names, person_genders
from pipeline.components.names.countries import country_of
from pipeline.components.names.extents import name_extent
from pipeline.components.names.forms import NameMention
from pipeline.components.names.genders import given_name_gender
from pipeline.components.names.heads import is_no_person, label_by_head
from pipeline.components.names.pairs import parted_pair
from pipeline.components.names.pronouns import PRONOUNS, Pronoun, pronoun
from pipeline.components.names.titles import TITLES, Gender, title_gender

__all__ = [
    "PRONOUNS",
    "TITLES",
    "Gender",
    "NameMention",
    "Pronoun",
    "cluster_names",
    "country_of",
    "given_name_gender",
    "is_no_person",
    "label_by_head",
    "name_extent",
    "parted_pair",
    "person_genders",
    "pronoun",
    "title_gender",
]
