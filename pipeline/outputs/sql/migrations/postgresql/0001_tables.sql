-- Hash indexes take names of any length; B-trees refuse those over 2,700 bytes.
CREATE TABLE runs (
    run_id TEXT PRIMARY KEY,
    started TEXT,
    finished TEXT,
    seconds DOUBLE PRECISION,
    tool TEXT,
    version TEXT,
    model_name TEXT,
    model_version TEXT,
    fingerprint TEXT,
    schema_version TEXT NOT NULL,
    articles BIGINT NOT NULL,
    claims BIGINT NOT NULL,
    dead_letters BIGINT NOT NULL
);

CREATE TABLE articles (
    article_id TEXT PRIMARY KEY,
    run_id TEXT NOT NULL REFERENCES runs (run_id),
    source TEXT NOT NULL,
    text_sha256 TEXT NOT NULL,
    media_type TEXT NOT NULL,
    url TEXT,
    publisher TEXT,
    title TEXT,
    authors TEXT NOT NULL,
    language TEXT,
    date_published DATE,
    published_at TEXT,
    date_published_source TEXT NOT NULL,
    text TEXT,
    words BIGINT NOT NULL,
    paragraphs BIGINT NOT NULL,
    claims BIGINT NOT NULL,
    warnings TEXT NOT NULL,
    tool TEXT NOT NULL,
    version TEXT NOT NULL,
    model_name TEXT NOT NULL,
    model_version TEXT NOT NULL,
    fingerprint TEXT NOT NULL
);

CREATE INDEX articles_run_id ON articles (run_id);

CREATE INDEX articles_source ON articles USING hash (source);

CREATE INDEX articles_date_published ON articles (date_published);

CREATE TABLE claims (
    claim_id TEXT PRIMARY KEY,
    article_id TEXT NOT NULL REFERENCES articles (article_id) ON DELETE CASCADE,
    claim_key TEXT NOT NULL,
    kind TEXT NOT NULL,
    mode TEXT,
    text TEXT NOT NULL,
    start_char BIGINT NOT NULL,
    end_char BIGINT NOT NULL,
    cue TEXT,
    cue_lemma TEXT,
    cue_class TEXT,
    speaker_status TEXT NOT NULL,
    speaker_name TEXT,
    speaker_surface TEXT,
    speaker_mention_type TEXT NOT NULL,
    speaker_entity_type TEXT,
    speaker_entity_ref TEXT,
    speaker_roles TEXT NOT NULL,
    speaker_affiliation TEXT,
    speaker_resolution TEXT NOT NULL,
    addressee TEXT,
    said_on DATE,
    date_published DATE,
    negated BOOLEAN NOT NULL,
    hedged BOOLEAN NOT NULL,
    conditional BOOLEAN NOT NULL,
    question BOOLEAN NOT NULL,
    money_value DOUBLE PRECISION,
    money_low DOUBLE PRECISION,
    money_high DOUBLE PRECISION,
    money_currency TEXT,
    percent_value DOUBLE PRECISION,
    percent_low DOUBLE PRECISION,
    percent_high DOUBLE PRECISION,
    first_date DATE,
    last_date DATE,
    paragraph BIGINT NOT NULL,
    zone TEXT NOT NULL,
    prefix TEXT NOT NULL,
    suffix TEXT NOT NULL,
    nested_in TEXT,
    confidence_claim DOUBLE PRECISION,
    confidence_speaker DOUBLE PRECISION,
    decided_by_claim TEXT NOT NULL,
    decided_by_speaker TEXT NOT NULL,
    warnings TEXT NOT NULL
);

CREATE INDEX claims_article_id ON claims (article_id);

CREATE INDEX claims_claim_key ON claims USING hash (claim_key);

CREATE INDEX claims_speaker_name ON claims USING hash (speaker_name) WHERE speaker_name IS NOT NULL;

CREATE INDEX claims_date_published ON claims (date_published);

CREATE INDEX claims_money ON claims (money_currency, money_value) WHERE money_currency IS NOT NULL;

CREATE INDEX claims_first_date ON claims (first_date, last_date) WHERE first_date IS NOT NULL;

CREATE TABLE claim_segments (
    claim_id TEXT NOT NULL REFERENCES claims (claim_id) ON DELETE CASCADE,
    number BIGINT NOT NULL,
    start_char BIGINT NOT NULL,
    end_char BIGINT NOT NULL,
    exact TEXT NOT NULL,
    PRIMARY KEY (claim_id, number)
);

CREATE TABLE claim_entities (
    claim_id TEXT NOT NULL REFERENCES claims (claim_id) ON DELETE CASCADE,
    number BIGINT NOT NULL,
    start_char BIGINT NOT NULL,
    end_char BIGINT NOT NULL,
    exact TEXT NOT NULL,
    ref TEXT NOT NULL,
    label TEXT NOT NULL,
    name TEXT NOT NULL,
    country TEXT,
    PRIMARY KEY (claim_id, number)
);

CREATE INDEX claim_entities_name ON claim_entities USING hash (name);

CREATE TABLE claim_quantities (
    claim_id TEXT NOT NULL REFERENCES claims (claim_id) ON DELETE CASCADE,
    number BIGINT NOT NULL,
    start_char BIGINT NOT NULL,
    end_char BIGINT NOT NULL,
    exact TEXT NOT NULL,
    kind TEXT NOT NULL,
    value DOUBLE PRECISION,
    low DOUBLE PRECISION,
    high DOUBLE PRECISION,
    modifier TEXT NOT NULL,
    unit TEXT NOT NULL,
    per TEXT,
    unit_code TEXT,
    unit_system TEXT,
    base_value DOUBLE PRECISION,
    base_unit_code TEXT,
    counted TEXT,
    change_direction TEXT,
    change_from DOUBLE PRECISION,
    change_to DOUBLE PRECISION,
    PRIMARY KEY (claim_id, number)
);

CREATE INDEX claim_quantities_kind ON claim_quantities (kind, unit_code, value);

CREATE TABLE claim_dates (
    claim_id TEXT NOT NULL REFERENCES claims (claim_id) ON DELETE CASCADE,
    number BIGINT NOT NULL,
    start_char BIGINT NOT NULL,
    end_char BIGINT NOT NULL,
    exact TEXT NOT NULL,
    type TEXT NOT NULL,
    value TEXT,
    mod TEXT,
    begin_date DATE,
    end_date DATE,
    granularity TEXT,
    relative BOOLEAN NOT NULL,
    anchor DATE,
    PRIMARY KEY (claim_id, number)
);

CREATE INDEX claim_dates_begin_date ON claim_dates (begin_date, end_date);
