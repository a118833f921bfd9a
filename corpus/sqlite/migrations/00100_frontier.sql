-- +goose Up

-- What each crawl knows of the addresses that it came upon. due is when to
-- fetch one next, '' where never again; rank orders the kinds.
CREATE TABLE visits (
    num           INTEGER PRIMARY KEY AUTOINCREMENT,
    crawl         TEXT NOT NULL, -- the source's id, or the address at which the crawl began
    url           TEXT NOT NULL,
    kind          TEXT NOT NULL, -- start, feed, sitemap, release, listing, known
    rank          INTEGER NOT NULL,
    due           TEXT NOT NULL,
    found_at      TEXT NOT NULL, -- the address that named it
    depth         INTEGER NOT NULL,
    barren        INTEGER NOT NULL,
    given         TEXT NOT NULL, -- what was said of it there, in JSON
    modified      TEXT NOT NULL,
    fetched       TEXT NOT NULL,
    changed       TEXT NOT NULL,
    etag          TEXT NOT NULL,
    last_modified TEXT NOT NULL,
    hash          TEXT NOT NULL,
    named         INTEGER NOT NULL, -- releases that it named when last read
    tries         INTEGER NOT NULL,
    note          TEXT NOT NULL, -- why it gave nothing
    UNIQUE (crawl, url)
);

CREATE INDEX visits_due ON visits (crawl, rank, due, num) WHERE due <> '';

-- +goose Down
DROP TABLE visits;
