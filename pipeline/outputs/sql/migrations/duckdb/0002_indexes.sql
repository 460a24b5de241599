CREATE INDEX claims_article_id ON claims (article_id);

CREATE INDEX claims_speaker_name ON claims (speaker_name);
