-- +goose Up

ALTER TABLE sources ADD COLUMN include TEXT NOT NULL DEFAULT '[]'; -- JSON lists of patterns
ALTER TABLE sources ADD COLUMN exclude TEXT NOT NULL DEFAULT '[]';
ALTER TABLE sources ADD COLUMN whole INTEGER NOT NULL DEFAULT 0;
ALTER TABLE sources ADD COLUMN private INTEGER NOT NULL DEFAULT 0;
ALTER TABLE sources ADD COLUMN every INTEGER NOT NULL DEFAULT 0; -- seconds
ALTER TABLE sources ADD COLUMN paused INTEGER NOT NULL DEFAULT 0;
ALTER TABLE sources ADD COLUMN last_success TEXT NOT NULL DEFAULT '';
ALTER TABLE sources ADD COLUMN next_run TEXT NOT NULL DEFAULT '';
ALTER TABLE sources ADD COLUMN failures INTEGER NOT NULL DEFAULT 0;
ALTER TABLE sources ADD COLUMN warning TEXT NOT NULL DEFAULT '';

-- Each run of each source, and what it yielded.
CREATE TABLE runs (
    num     INTEGER PRIMARY KEY AUTOINCREMENT,
    source  TEXT NOT NULL,
    began   TEXT NOT NULL,
    ended   TEXT NOT NULL,
    named   INTEGER NOT NULL, -- releases that its lists, feeds and sitemaps name; -1 where none was read
    tried   INTEGER NOT NULL,
    decoded INTEGER NOT NULL,
    text    INTEGER NOT NULL, -- bytes
    new     INTEGER NOT NULL,
    changed INTEGER NOT NULL,
    failed  INTEGER NOT NULL,
    error   TEXT NOT NULL,
    warning TEXT NOT NULL
);

CREATE INDEX runs_source ON runs (source, num);

-- +goose Down
DROP TABLE runs;
ALTER TABLE sources DROP COLUMN include;
ALTER TABLE sources DROP COLUMN exclude;
ALTER TABLE sources DROP COLUMN whole;
ALTER TABLE sources DROP COLUMN private;
ALTER TABLE sources DROP COLUMN every;
ALTER TABLE sources DROP COLUMN paused;
ALTER TABLE sources DROP COLUMN last_success;
ALTER TABLE sources DROP COLUMN next_run;
ALTER TABLE sources DROP COLUMN failures;
ALTER TABLE sources DROP COLUMN warning;
