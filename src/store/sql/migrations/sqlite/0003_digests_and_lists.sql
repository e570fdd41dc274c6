-- What finds damage in the rows of a dataset. A program that knows only a step before neither reads
-- nor writes what is added here.
-- works with programs from schema 1 on

-- The digest of the dataset's genes as they were loaded, and how it is counted. A row is about the
-- dataset that has its sha256 and loaded_at as well: a program that knows only the first step may
-- give its id to another one once a program that knows only the second has dropped it.
CREATE TABLE dataset_digest (
    dataset_id BIGINT NOT NULL PRIMARY KEY,
    sha256     TEXT NOT NULL,
    loaded_at  TEXT NOT NULL,
    scheme     TEXT NOT NULL,
    digest     TEXT NOT NULL
);
