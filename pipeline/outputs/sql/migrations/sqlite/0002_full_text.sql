CREATE VIRTUAL TABLE claims_text USING fts5 (
    text, content='claims', content_rowid='claim_row', tokenize='porter unicode61 remove_diacritics 2'
);

INSERT INTO claims_text (claims_text) VALUES ('rebuild');

CREATE TRIGGER claims_text_insert AFTER INSERT ON claims BEGIN
    INSERT INTO claims_text (rowid, text) VALUES (new.claim_row, new.text);
END;

CREATE TRIGGER claims_text_delete AFTER DELETE ON claims BEGIN
    INSERT INTO claims_text (claims_text, rowid, text) VALUES ('delete', old.claim_row, old.text);
END;

CREATE TRIGGER claims_text_update AFTER UPDATE OF claim_row, text ON claims BEGIN
    INSERT INTO claims_text (claims_text, rowid, text) VALUES ('delete', old.claim_row, old.text);
    INSERT INTO claims_text (rowid, text) VALUES (new.claim_row, new.text);
END;
