CREATE TABLE runs (
    run_id TEXT PRIMARY KEY,
    started TEXT,
    finished TEXT,
    seconds REAL,
    tool TEXT,
    version TEXT,
    model_name TEXT,
    model_version TEXT,
    fingerprint TEXT,
    schema_version TEXT NOT NULL,
    articles INTEGER NOT NULL,
    claims INTEGER NOT NULL,
    dead_letters INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE articles (
    article_id TEXT PRIMARY KEY NOT NULL,
    run_id TEXT NOT NULL REFERENCES runs (run_id),
    source TEXT NOT NULL,
    text_sha256 TEXT NOT NULL,
    media_type TEXT NOT NULL,
    url TEXT,
    publisher TEXT,
    title TEXT,
    authors TEXT NOT NULL,
    language TEXT,
    date_published TEXT,
    published_at TEXT,
    date_published_source TEXT NOT NULL,
    text TEXT,
    words INTEGER NOT NULL,
    paragraphs INTEGER NOT NULL,
    claims INTEGER NOT NULL,
    warnings TEXT NOT NULL,
    tool TEXT NOT NULL,
    version TEXT NOT NULL,
    model_name TEXT NOT NULL,
    model_version TEXT NOT NULL,
    fingerprint TEXT NOT NULL
);

CREATE INDEX articles_run_id ON articles (run_id);

CREATE INDEX articles_source ON articles (source);

CREATE INDEX articles_date_published ON articles (date_published);

-- claim_row is internal: the full text index needs an integer that VACUUM keeps.
CREATE TABLE claims (
    claim_row INTEGER PRIMARY KEY,
    claim_id TEXT NOT NULL UNIQUE,
    article_id TEXT NOT NULL REFERENCES articles (article_id) ON DELETE CASCADE,
    claim_key TEXT NOT NULL,
    kind TEXT NOT NULL,
    mode TEXT,
    text TEXT NOT NULL,
    start_char INTEGER NOT NULL,
    end_char INTEGER NOT NULL,
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
    said_on TEXT,
    date_published TEXT,
    negated INTEGER NOT NULL,
    hedged INTEGER NOT NULL,
    conditional INTEGER NOT NULL,
    question INTEGER NOT NULL,
    money_value REAL,
    money_low REAL,
    money_high REAL,
    money_currency TEXT,
    percent_value REAL,
    percent_low REAL,
    percent_high REAL,
    first_date TEXT,
    last_date TEXT,
    paragraph INTEGER NOT NULL,
    zone TEXT NOT NULL,
    prefix TEXT NOT NULL,
    suffix TEXT NOT NULL,
    nested_in TEXT,
    confidence_claim REAL,
    confidence_speaker REAL,
    decided_by_claim TEXT NOT NULL,
    decided_by_speaker TEXT NOT NULL,
    warnings TEXT NOT NULL,
    CHECK (typeof(start_char) = 'integer' AND typeof(end_char) = 'integer')
);

CREATE INDEX claims_article_id ON claims (article_id);

CREATE INDEX claims_claim_key ON claims (claim_key);

CREATE INDEX claims_speaker_name ON claims (speaker_name COLLATE NOCASE) WHERE speaker_name IS NOT NULL;

CREATE INDEX claims_date_published ON claims (date_published);

CREATE INDEX claims_money ON claims (money_currency, money_value) WHERE money_currency IS NOT NULL;

CREATE INDEX claims_first_date ON claims (first_date, last_date) WHERE first_date IS NOT NULL;

CREATE TABLE claim_segments (
    claim_id TEXT NOT NULL REFERENCES claims (claim_id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    start_char INTEGER NOT NULL,
    end_char INTEGER NOT NULL,
    exact TEXT NOT NULL,
    PRIMARY KEY (claim_id, number),
    CHECK (typeof(start_char) = 'integer' AND typeof(end_char) = 'integer')
) WITHOUT ROWID;

CREATE TABLE claim_entities (
    claim_id TEXT NOT NULL REFERENCES claims (claim_id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    start_char INTEGER NOT NULL,
    end_char INTEGER NOT NULL,
    exact TEXT NOT NULL,
    ref TEXT NOT NULL,
    label TEXT NOT NULL,
    name TEXT NOT NULL,
    country TEXT,
    PRIMARY KEY (claim_id, number),
    CHECK (typeof(start_char) = 'integer' AND typeof(end_char) = 'integer')
) WITHOUT ROWID;

CREATE INDEX claim_entities_name ON claim_entities (name COLLATE NOCASE);

CREATE TABLE claim_quantities (
    claim_id TEXT NOT NULL REFERENCES claims (claim_id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    start_char INTEGER NOT NULL,
    end_char INTEGER NOT NULL,
    exact TEXT NOT NULL,
    kind TEXT NOT NULL,
    value REAL,
    low REAL,
    high REAL,
    modifier TEXT NOT NULL,
    unit TEXT NOT NULL,
    per TEXT,
    unit_code TEXT,
    unit_system TEXT,
    base_value REAL,
    base_unit_code TEXT,
    counted TEXT,
    change_direction TEXT,
    change_from REAL,
    change_to REAL,
    PRIMARY KEY (claim_id, number),
    CHECK (typeof(start_char) = 'integer' AND typeof(end_char) = 'integer')
) WITHOUT ROWID;

CREATE INDEX claim_quantities_kind ON claim_quantities (kind, unit_code, value);

CREATE TABLE claim_dates (
    claim_id TEXT NOT NULL REFERENCES claims (claim_id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    start_char INTEGER NOT NULL,
    end_char INTEGER NOT NULL,
    exact TEXT NOT NULL,
    type TEXT NOT NULL,
    value TEXT,
    mod TEXT,
    begin_date TEXT,
    end_date TEXT,
    granularity TEXT,
    relative INTEGER NOT NULL,
    anchor TEXT,
    PRIMARY KEY (claim_id, number),
    CHECK (typeof(start_char) = 'integer' AND typeof(end_char) = 'integer')
) WITHOUT ROWID;

CREATE INDEX claim_dates_begin_date ON claim_dates (begin_date, end_date);
