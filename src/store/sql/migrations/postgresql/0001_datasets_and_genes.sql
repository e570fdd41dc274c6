-- Datasets live side by side; the active one answers. Text is compared byte by byte: columns named
-- folded_... hold the text without case that the program compares with.

CREATE TABLE dataset (
    id              BIGINT NOT NULL PRIMARY KEY,
    name            TEXT COLLATE "C" NOT NULL,
    species         TEXT COLLATE "C",
    assembly        TEXT COLLATE "C",
    ensembl_release TEXT COLLATE "C",
    source          TEXT COLLATE "C" NOT NULL,
    sha256          TEXT COLLATE "C" NOT NULL,
    gene_count      BIGINT NOT NULL,
    loaded_at       TEXT COLLATE "C" NOT NULL,
    active          BIGINT NOT NULL
);

-- gene_order counts from 0 in genome order. Positions are 1-based and inclusive, lengths are in bp.
CREATE TABLE gene (
    dataset_id         BIGINT NOT NULL REFERENCES dataset (id),
    gene_order         BIGINT NOT NULL,
    gene_stable_id     TEXT COLLATE "C" NOT NULL,
    gene_name          TEXT COLLATE "C",
    gene_description   TEXT COLLATE "C",
    chromosome         TEXT COLLATE "C",
    gene_start         BIGINT,
    gene_end           BIGINT,
    strand             BIGINT,
    gene_type          TEXT COLLATE "C",
    gene_length        BIGINT,
    folded_id          TEXT COLLATE "C" NOT NULL,
    folded_name        TEXT COLLATE "C",
    folded_name_bytes  BIGINT,
    folded_description TEXT COLLATE "C",
    folded_type        TEXT COLLATE "C",
    PRIMARY KEY (dataset_id, gene_order),
    UNIQUE (dataset_id, gene_stable_id)
);

CREATE INDEX gene_by_folded_id ON gene (dataset_id, folded_id, gene_order);

CREATE INDEX gene_by_folded_name ON gene (dataset_id, folded_name, gene_order);

CREATE INDEX gene_by_start ON gene (dataset_id, chromosome, gene_start, gene_order, gene_end);

CREATE INDEX gene_by_end ON gene (dataset_id, chromosome, gene_end DESC, gene_order);
