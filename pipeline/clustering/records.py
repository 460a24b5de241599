"""The lines of clusters.jsonl and speakers.jsonl: every key always there, as in the other files of a run."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from pipeline.clustering.repeats import Cluster, Member
from pipeline.clustering.speakers import Appearance, name_key, shared_evidence
from pipeline.clustering.utterances import Printed
from pipeline.record import sha256_hex

Json = dict[str, Any]

_MOST_LISTED: Final = 20  # namesakes, pieces of evidence


def cluster_record(cluster: Cluster) -> Json:
    """The line of a cluster; its id is that of its first claim's place."""
    first = cluster.first
    prints = [member.utterance.printed for member in cluster.members]
    return {
        "cluster_id": "clu_" + sha256_hex(first.claim_id)[:32],
        "text": first.text,
        "claims": len(cluster.members),
        "articles": cluster.articles,
        "publishers": _distinct(item.publisher for item in prints),
        "speakers": _distinct(member.utterance.speaker for member in cluster.members),
        "first": {"claim_id": first.claim_id, **_where(first.printed), "certain": cluster.is_first_certain},
        "last_published": max((item.day for item in prints if item.day), default=None),
        "members": [_member(member) for member in cluster.members],
    }


def _member(member: Member) -> Json:
    utterance = member.utterance
    return {
        "claim_id": utterance.claim_id,
        **_where(utterance.printed),
        "speaker": utterance.speaker,
        "text": utterance.text,
        "link": member.link,
        "similarity": member.similarity,
    }


def _where(printed: Printed) -> Json:
    return {
        "article_id": printed.article_id,
        "source": printed.source,
        "publisher": printed.publisher,
        "url": printed.url,
        "date_published": printed.date_published,
    }


def _distinct(values: Iterable[str | None]) -> list[str]:
    return list(dict.fromkeys(value for value in values if value is not None))


def speaker_records(groups: Sequence[Sequence[Appearance]], rare: frozenset[str]) -> list[Json]:
    """The lines of all speakers, those in the most articles first."""
    known = {_speaker_id(group): group for group in groups}
    namesakes = _namesakes(known)
    records = [_speaker(name, group, namesakes[name], rare) for name, group in known.items()]
    return sorted(records, key=lambda record: (-record["articles"], -record["claims"], record["speaker_id"]))


def _speaker_id(group: Sequence[Appearance]) -> str:
    first = group[0]
    return "spk_" + sha256_hex(f"{first.printed.article_id}:{first.name}")[:32]


def _speaker(
    identifier: str, group: Sequence[Appearance], namesakes: Sequence[str], rare: frozenset[str]
) -> Json:
    return {
        "speaker_id": identifier,
        "name": _fullest(item.name for item in group),
        "entity_type": group[0].entity_type,
        "claims": sum(len(item.claims) for item in group),
        "articles": len({item.printed.article_id for item in group}),
        "names": _counted("name", (item.name for item in group)),
        "roles": _counted("role", (role for item in group for role in item.roles)),
        "affiliations": _counted("affiliation", (item.affiliation for item in group)),
        "evidence": _evidence(group, rare),
        "namesakes": list(namesakes),
        "appearances": [_appearance(item) for item in group],
    }


def _evidence(group: Sequence[Appearance], rare: frozenset[str]) -> list[Json]:
    found = [
        {"kind": kind, "value": value, "articles": count}
        for (kind, value), count in shared_evidence(group, rare)
    ]
    return found[:_MOST_LISTED]


def _appearance(item: Appearance) -> Json:
    return {
        **_where(item.printed),
        "entity_ref": item.ref,
        "name": item.name,
        "claim_ids": list(item.claims),
    }


def _fullest(names: Iterable[str]) -> str:
    counts = Counter(names)
    return max(counts, key=lambda name: (len(name.split()), counts[name], name))


def _counted(key: str, values: Iterable[str | None]) -> list[Json]:
    counts = Counter(value for value in values if value is not None)
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return [{key: value, "articles": count} for value, count in ranked]


def _namesakes(known: Mapping[str, Sequence[Appearance]]) -> dict[str, list[str]]:
    """Speakers that share a name and were kept apart."""
    by_key: dict[tuple[str, ...], list[str]] = defaultdict(list)
    keys = {identifier: _keys(group) for identifier, group in known.items()}
    for identifier, own in keys.items():
        for key in own:
            by_key[key].append(identifier)
    return {
        identifier: _distinct(
            other for key in sorted(own) for other in by_key[key][: _MOST_LISTED + 1] if other != identifier
        )[:_MOST_LISTED]
        for identifier, own in keys.items()
    }


def _keys(group: Sequence[Appearance]) -> set[tuple[str, ...]]:
    return {name_key(item) for item in group}
