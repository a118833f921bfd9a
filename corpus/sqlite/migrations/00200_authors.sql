-- +goose Up

-- Who signed a release, the part of the site that it stands in, the day of its
-- last change in EDTF, and where each field was found as a JSON object of names.
ALTER TABLE versions ADD COLUMN author TEXT NOT NULL DEFAULT '';
ALTER TABLE versions ADD COLUMN section TEXT NOT NULL DEFAULT '';
ALTER TABLE versions ADD COLUMN modified TEXT NOT NULL DEFAULT '';
ALTER TABLE versions ADD COLUMN origins TEXT NOT NULL DEFAULT '{}';

-- +goose Down
ALTER TABLE versions DROP COLUMN origins;
ALTER TABLE versions DROP COLUMN modified;
ALTER TABLE versions DROP COLUMN section;
ALTER TABLE versions DROP COLUMN author;
