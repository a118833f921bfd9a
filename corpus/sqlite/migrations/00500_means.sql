-- +goose Up

-- What each failed input was tried with, and an index that finds the failures
-- of a file and of what lies in it.
ALTER TABLE failures ADD COLUMN means TEXT NOT NULL DEFAULT '';
CREATE INDEX failures_by_path ON failures (path);

-- +goose Down
DROP INDEX failures_by_path;
ALTER TABLE failures DROP COLUMN means;
