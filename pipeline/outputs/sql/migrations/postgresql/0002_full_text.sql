-- A tsvector holds one megabyte; the first 50,000 characters of a claim always fit.
ALTER TABLE claims ADD COLUMN text_search TSVECTOR
    GENERATED ALWAYS AS (to_tsvector('english', left(text, 50000))) STORED;

CREATE INDEX claims_text_search ON claims USING gin (text_search);
