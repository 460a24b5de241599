-- Claims that articles repeat, and speakers who are one over articles. A cluster goes with its first claim,
-- a joined speaker with the article that has them first; views count what is there.
CREATE TABLE clusters (
    cluster_id TEXT PRIMARY KEY,
    first_claim_id TEXT NOT NULL,
    first_certain BOOLEAN NOT NULL
);

CREATE TABLE claim_clusters (
    claim_id TEXT PRIMARY KEY,
    cluster_id TEXT NOT NULL,
    number BIGINT NOT NULL,
    link TEXT NOT NULL,
    similarity DOUBLE NOT NULL
);

CREATE TABLE joined_speakers (
    speaker_id TEXT PRIMARY KEY,
    first_article_id TEXT NOT NULL,
    name TEXT NOT NULL,
    entity_type TEXT
);

CREATE TABLE claim_speakers (
    claim_id TEXT NOT NULL,
    speaker_id TEXT NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (claim_id, speaker_id)
);

CREATE TABLE speaker_evidence (
    speaker_id TEXT NOT NULL,
    number BIGINT NOT NULL,
    kind TEXT NOT NULL,
    value TEXT NOT NULL,
    articles BIGINT NOT NULL,
    PRIMARY KEY (speaker_id, number)
);

CREATE VIEW repeats AS
SELECT
    clusters.cluster_id,
    first_claim.text,
    first_claim.claim_id AS first_claim_id,
    first_claim.date_published AS first_published,
    clusters.first_certain,
    max(member.date_published) AS last_published,
    count(*) AS claims,
    count(DISTINCT member.article_id) AS articles,
    count(DISTINCT articles.publisher) AS publishers,
    count(DISTINCT CASE WHEN member.speaker_status = 'named' THEN member.speaker_name END) AS speakers
FROM clusters
JOIN claims AS first_claim ON first_claim.claim_id = clusters.first_claim_id
JOIN claim_clusters ON claim_clusters.cluster_id = clusters.cluster_id
JOIN claims AS member ON member.claim_id = claim_clusters.claim_id
JOIN articles ON articles.article_id = member.article_id
GROUP BY
    clusters.cluster_id,
    first_claim.text,
    first_claim.claim_id,
    first_claim.date_published,
    clusters.first_certain
HAVING count(DISTINCT member.article_id) > 1;

DROP VIEW speakers;

CREATE VIEW speakers AS
SELECT
    coalesce(joined_speakers.name, claims.speaker_name) AS name,
    CASE WHEN joined_speakers.speaker_id IS NULL THEN claims.speaker_entity_type ELSE joined_speakers.entity_type END
        AS entity_type,
    count(*) AS claims,
    sum(CASE WHEN claims.kind = 'direct' THEN 1 ELSE 0 END) AS direct,
    count(DISTINCT claims.article_id) AS articles,
    min(claims.date_published) AS first_published,
    max(claims.date_published) AS last_published,
    joined_speakers.speaker_id
FROM claims
LEFT JOIN claim_speakers ON claim_speakers.claim_id = claims.claim_id
LEFT JOIN joined_speakers ON joined_speakers.speaker_id = claim_speakers.speaker_id
WHERE claims.speaker_status = 'named'
GROUP BY
    joined_speakers.speaker_id,
    coalesce(joined_speakers.name, claims.speaker_name),
    CASE WHEN joined_speakers.speaker_id IS NULL THEN claims.speaker_entity_type ELSE joined_speakers.entity_type END;
