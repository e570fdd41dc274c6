-- Datasets live side by side; the active one answers. Text that is compared or sorted is in binary
-- columns, so that neither a collation nor trailing spaces matter: columns named folded_... hold the
-- text without case that the program compares with.
--
-- Each statement ends a transaction by itself, so each can be run again where a run was cut off.

CREATE TABLE IF NOT EXISTS dataset (
    id              BIGINT NOT NULL PRIMARY KEY,
    name            VARBINARY(1020) NOT NULL,
    species         TEXT,
    assembly        TEXT,
    ensembl_release TEXT,
    source          TEXT NOT NULL,
    sha256          VARBINARY(64) NOT NULL,
    gene_count      BIGINT NOT NULL,
    loaded_at       TEXT NOT NULL,
    active          BIGINT NOT NULL
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- gene_order counts from 0 in genome order. Positions are 1-based and inclusive, lengths are in bp.
CREATE TABLE IF NOT EXISTS gene (
    dataset_id         BIGINT NOT NULL,
    gene_order         BIGINT NOT NULL,
    gene_stable_id     VARBINARY(1020) NOT NULL,
    gene_name          TEXT,
    gene_description   LONGTEXT,
    chromosome         VARBINARY(1020),
    gene_start         BIGINT,
    gene_end           BIGINT,
    strand             BIGINT,
    gene_type          TEXT,
    gene_length        BIGINT,
    folded_id          VARBINARY(1020) NOT NULL,
    folded_name        VARBINARY(1020),
    folded_name_bytes  BIGINT,
    folded_description LONGBLOB,
    folded_type        VARBINARY(1020),
    PRIMARY KEY (dataset_id, gene_order),
    UNIQUE KEY gene_by_stable_id (dataset_id, gene_stable_id),
    KEY gene_by_folded_id (dataset_id, folded_id, gene_order),
    KEY gene_by_folded_name (dataset_id, folded_name, gene_order),
    KEY gene_by_start (dataset_id, chromosome, gene_start, gene_order, gene_end),
    KEY gene_by_end (dataset_id, chromosome, gene_end DESC, gene_order),
    CONSTRAINT gene_of_dataset FOREIGN KEY (dataset_id) REFERENCES dataset (id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
