-- +goose Up

-- The id of the release that a release came attached to, or ''.
ALTER TABLE versions ADD COLUMN parent TEXT NOT NULL DEFAULT '';
ALTER TABLE raws ADD COLUMN parent TEXT NOT NULL DEFAULT '';
CREATE INDEX versions_parent ON versions (parent) WHERE parent <> '';

-- +goose Down
DROP INDEX versions_parent;
ALTER TABLE raws DROP COLUMN parent;
ALTER TABLE versions DROP COLUMN parent;
