-- Claims that articles repeat, and speakers who are one over articles. A cluster goes with its first claim,
-- a joined speaker with the article that has them first; views count what is there.
CREATE TABLE clusters (
    cluster_id TEXT PRIMARY KEY,
    first_claim_id TEXT NOT NULL REFERENCES claims (claim_id) ON DELETE CASCADE,
    first_certain INTEGER NOT NULL
) WITHOUT ROWID;

CREATE INDEX clusters_first_claim_id ON clusters (first_claim_id);

CREATE TABLE claim_clusters (
    claim_id TEXT PRIMARY KEY REFERENCES claims (claim_id) ON DELETE CASCADE,
    cluster_id TEXT NOT NULL REFERENCES clusters (cluster_id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    link TEXT NOT NULL,
    similarity REAL NOT NULL
) WITHOUT ROWID;

CREATE INDEX claim_clusters_cluster_id ON claim_clusters (cluster_id);

CREATE TABLE joined_speakers (
    speaker_id TEXT PRIMARY KEY,
    first_article_id TEXT NOT NULL REFERENCES articles (article_id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    entity_type TEXT
) WITHOUT ROWID;

CREATE INDEX joined_speakers_first_article_id ON joined_speakers (first_article_id);

CREATE INDEX joined_speakers_name ON joined_speakers (name COLLATE NOCASE);

CREATE TABLE claim_speakers (
    claim_id TEXT NOT NULL REFERENCES claims (claim_id) ON DELETE CASCADE,
    speaker_id TEXT NOT NULL REFERENCES joined_speakers (speaker_id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    PRIMARY KEY (claim_id, speaker_id)
) WITHOUT ROWID;

CREATE INDEX claim_speakers_speaker_id ON claim_speakers (speaker_id);

CREATE TABLE speaker_evidence (
    speaker_id TEXT NOT NULL REFERENCES joined_speakers (speaker_id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    kind TEXT NOT NULL,
    value TEXT NOT NULL,
    articles INTEGER NOT NULL,
    PRIMARY KEY (speaker_id, number)
) WITHOUT ROWID;

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
