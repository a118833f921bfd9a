-- +goose Up

-- Which releases are copies of which. texts has a row for each text that newest
-- versions have, by its words: what differs only in white space or punctuation
-- is one text. leader is the text that this one is a copy of, or the text
-- itself; published and first are those of its first release, in whose order
-- texts lead. Read the view copies.
CREATE TABLE texts (
    text      INTEGER PRIMARY KEY,
    hash      BLOB    NOT NULL UNIQUE,
    num       INTEGER NOT NULL REFERENCES versions (num), -- a version that has this text
    leader    INTEGER NOT NULL,
    published TEXT    NOT NULL, -- '~' where not known, so that it comes last
    first     INTEGER NOT NULL
);
CREATE INDEX texts_by_leader ON texts (leader);

-- The text of each release. first is the num of its first version.
CREATE TABLE members (
    first     INTEGER PRIMARY KEY REFERENCES versions (num),
    num       INTEGER NOT NULL UNIQUE REFERENCES versions (num), -- its newest version
    text      INTEGER NOT NULL REFERENCES texts (text),
    published TEXT    NOT NULL
);
CREATE INDEX members_by_text ON members (text, published, first);

-- Keys by which texts that may be copies find each other.
CREATE TABLE bands (
    key  INTEGER NOT NULL,
    text INTEGER NOT NULL,
    PRIMARY KEY (key, text)
) WITHOUT ROWID;

-- Texts that were compared and found to be copies, both ways round.
CREATE TABLE alike (
    text  INTEGER NOT NULL,
    other INTEGER NOT NULL,
    PRIMARY KEY (text, other)
) WITHOUT ROWID;

-- Every release that is a copy, with the one that is shown for it.
CREATE VIEW copies AS
SELECT d.id, d.version, d.published, d.publisher, d.url, d.title,
       s.id AS copy_of, s.publisher AS first_publisher,
       iif(t.leader = t.text, 'same words', 'few changes') AS likeness
FROM members m
JOIN texts t ON t.text = m.text
JOIN versions d ON d.num = m.num
JOIN versions s ON s.num = (SELECT r.num FROM members r WHERE r.text = t.leader ORDER BY r.published, r.first LIMIT 1)
WHERE s.num <> m.num;

-- +goose Down
DROP VIEW copies;
DROP TABLE alike;
DROP TABLE bands;
DROP TABLE members;
DROP TABLE texts;
