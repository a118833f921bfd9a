-- +goose Up

-- One row for each version of each release. num is what the other tables point
-- at; published is EDTF (2021-05-17, 2021-05, 2021 or ''); hash is SHA-256 over
-- all that tells one version from another. Read the view documents for the
-- newest versions only.
CREATE TABLE versions (
    num       INTEGER PRIMARY KEY,
    id        TEXT    NOT NULL,
    version   INTEGER NOT NULL,
    lang      TEXT    NOT NULL,
    country   TEXT    NOT NULL,
    published TEXT    NOT NULL,
    publisher TEXT    NOT NULL,
    source    TEXT    NOT NULL,
    extractor TEXT    NOT NULL, -- version of the extractor of the annotations
    hash      BLOB    NOT NULL,
    url       TEXT    NOT NULL,
    title     TEXT    NOT NULL,
    text      TEXT    NOT NULL,
    UNIQUE (id, version)
);

-- What each version was decoded from; bytes are compressed (zstd), given is the
-- metadata that came beside them, in JSON.
CREATE TABLE raws (
    num          INTEGER PRIMARY KEY REFERENCES versions (num),
    source       TEXT NOT NULL,
    url          TEXT NOT NULL,
    path         TEXT NOT NULL,
    content_type TEXT NOT NULL,
    via          TEXT NOT NULL,
    fetched      TEXT NOT NULL,
    given        TEXT NOT NULL,
    bytes        BLOB NOT NULL
);

-- The newest version of each document, in the order of the last change to it.
CREATE TABLE changes (
    cursor INTEGER PRIMARY KEY AUTOINCREMENT,
    num    INTEGER NOT NULL UNIQUE REFERENCES versions (num)
);

-- The hash of the newest input seen under each key.
CREATE TABLE inputs (
    key  TEXT PRIMARY KEY,
    hash BLOB NOT NULL
) WITHOUT ROWID;

-- Inputs that gave no document, in the order of their failing.
CREATE TABLE failures (
    num    INTEGER PRIMARY KEY AUTOINCREMENT,
    key    TEXT NOT NULL UNIQUE,
    url    TEXT NOT NULL,
    path   TEXT NOT NULL,
    reason TEXT NOT NULL,
    detail TEXT NOT NULL,
    failed TEXT NOT NULL -- when
);

-- The annotations. In each table doc is the version's num and n the place in
-- its list; from_byte and to_byte are a half-open range of bytes of its text in
-- UTF-8. The view evidence shows the words themselves.

CREATE TABLE mentions (
    doc INTEGER NOT NULL REFERENCES versions (num), n INTEGER NOT NULL,
    from_byte  INTEGER NOT NULL,
    to_byte    INTEGER NOT NULL,
    kind       TEXT NOT NULL, -- person, organization, place
    entity     TEXT NOT NULL, -- entities.id, or ''
    confidence REAL NOT NULL,
    PRIMARY KEY (doc, n)
) WITHOUT ROWID;

CREATE TABLE roles (
    doc INTEGER NOT NULL REFERENCES versions (num), n INTEGER NOT NULL,
    from_byte INTEGER NOT NULL,
    to_byte   INTEGER NOT NULL,
    status    TEXT NOT NULL, -- '', acting, former, elect
    holders   TEXT NOT NULL, -- JSON list of entities.id
    orgs      TEXT NOT NULL, -- JSON list of entities.id
    PRIMARY KEY (doc, n)
) WITHOUT ROWID;

-- low and high are exact decimals; CAST(low AS REAL) compares them.
CREATE TABLE amounts (
    doc INTEGER NOT NULL REFERENCES versions (num), n INTEGER NOT NULL,
    from_byte     INTEGER NOT NULL,
    to_byte       INTEGER NOT NULL,
    unit          TEXT NOT NULL, -- ISO 4217 code or %
    low           TEXT NOT NULL,
    high          TEXT NOT NULL,
    bound         TEXT NOT NULL, -- '', min, max, over, under, about
    restates_from INTEGER NOT NULL, -- the amount that this one gives in another unit, or 0
    restates_to   INTEGER NOT NULL,
    PRIMARY KEY (doc, n)
) WITHOUT ROWID;

CREATE TABLE dates (
    doc INTEGER NOT NULL REFERENCES versions (num), n INTEGER NOT NULL,
    from_byte INTEGER NOT NULL,
    to_byte   INTEGER NOT NULL,
    edtf      TEXT NOT NULL,
    first     TEXT NOT NULL, -- first and last day, or '' where open or not known
    last      TEXT NOT NULL,
    bound     TEXT NOT NULL,
    PRIMARY KEY (doc, n)
) WITHOUT ROWID;

CREATE TABLE entities (
    doc INTEGER NOT NULL REFERENCES versions (num), n INTEGER NOT NULL,
    id      TEXT NOT NULL, -- p1, o1, l1: unique within the version
    kind    TEXT NOT NULL,
    name    TEXT NOT NULL, -- the longest form in the text
    aliases TEXT NOT NULL, -- JSON list of the other forms
    PRIMARY KEY (doc, n)
) WITHOUT ROWID;

CREATE TABLE facts (
    doc INTEGER NOT NULL REFERENCES versions (num), n INTEGER NOT NULL,
    holder    TEXT NOT NULL, -- entities.id
    role      TEXT NOT NULL,
    org       TEXT NOT NULL, -- entities.id, or ''
    status    TEXT NOT NULL,
    edtf      TEXT NOT NULL, -- when, or ''
    from_byte INTEGER NOT NULL, -- the words that say so
    to_byte   INTEGER NOT NULL,
    PRIMARY KEY (doc, n)
) WITHOUT ROWID;

CREATE TABLE sources (
    id         TEXT PRIMARY KEY,
    url        TEXT NOT NULL,
    kind       TEXT NOT NULL,
    publisher  TEXT NOT NULL,
    country    TEXT NOT NULL,
    lang       TEXT NOT NULL,
    added      TEXT NOT NULL,
    last_run   TEXT NOT NULL,
    last_new   INTEGER NOT NULL,
    last_error TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE bookmarks (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;

CREATE VIEW documents AS
SELECT v.* FROM changes c JOIN versions v ON v.num = c.num;

-- Everything found in the newest versions, with the words that say it.
CREATE VIEW evidence AS
SELECT d.id, d.version, f.kind, f.from_byte, f.to_byte,
       CAST(substr(CAST(d.text AS BLOB), f.from_byte + 1, f.to_byte - f.from_byte) AS TEXT) AS words,
       f.value, f.mod
FROM documents d JOIN (
    SELECT m.doc, m.kind, m.from_byte, m.to_byte, coalesce(e.name, '') AS value, '' AS mod
    FROM mentions m LEFT JOIN entities e ON e.doc = m.doc AND e.id = m.entity
    UNION ALL
    SELECT doc, 'role', from_byte, to_byte, '', status FROM roles
    UNION ALL
    SELECT doc, iif(unit = '%', 'percent', 'money'), from_byte, to_byte,
           iif(unit = '%', '', unit || ' ') || low || iif(high = low, '', '..' || high), bound
    FROM amounts
    UNION ALL
    SELECT doc, 'date', from_byte, to_byte, edtf, bound FROM dates
) f ON f.doc = d.num;

-- Who holds or held which role where, with the words that say so.
CREATE VIEW positions AS
SELECT d.id, d.version, d.published, d.publisher, h.name AS holder, f.role,
       coalesce(o.name, '') AS org, f.status, f.edtf,
       CAST(substr(CAST(d.text AS BLOB), f.from_byte + 1, f.to_byte - f.from_byte) AS TEXT) AS words
FROM documents d
JOIN facts f ON f.doc = d.num
JOIN entities h ON h.doc = f.doc AND h.id = f.holder
LEFT JOIN entities o ON o.doc = f.doc AND o.id = f.org;

-- +goose Down
DROP VIEW positions;
DROP VIEW evidence;
DROP VIEW documents;
DROP TABLE bookmarks;
DROP TABLE sources;
DROP TABLE facts;
DROP TABLE entities;
DROP TABLE dates;
DROP TABLE amounts;
DROP TABLE roles;
DROP TABLE mentions;
DROP TABLE failures;
DROP TABLE inputs;
DROP TABLE changes;
DROP TABLE raws;
DROP TABLE versions;
