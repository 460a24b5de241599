CREATE VIEW speakers AS
SELECT
    speaker_name AS name,
    speaker_entity_type AS entity_type,
    count(*) AS claims,
    sum(CASE WHEN kind = 'direct' THEN 1 ELSE 0 END) AS direct,
    count(DISTINCT article_id) AS articles,
    min(date_published) AS first_published,
    max(date_published) AS last_published
FROM claims
WHERE speaker_status = 'named'
GROUP BY speaker_name, speaker_entity_type;
