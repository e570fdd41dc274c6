-- Further columns of an export, and what lets a database answer by itself without reading every
-- gene. A program that knows only the step before neither reads nor writes what is added here, and
-- needs nothing of what is taken away.
-- works with programs from schema 1 on

CREATE TABLE IF NOT EXISTS dataset_attribute (
    dataset_id BIGINT NOT NULL,
    attribute  BIGINT NOT NULL,
    name       MEDIUMTEXT NOT NULL,
    header     MEDIUMTEXT NOT NULL,
    PRIMARY KEY (dataset_id, attribute)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- attribute counts the columns of the dataset from 0, value_number the values of one gene.
CREATE TABLE IF NOT EXISTS gene_attribute (
    dataset_id   BIGINT NOT NULL,
    gene_order   BIGINT NOT NULL,
    attribute    BIGINT NOT NULL,
    value_number BIGINT NOT NULL,
    value        MEDIUMTEXT NOT NULL,
    folded_value MEDIUMBLOB NOT NULL,
    PRIMARY KEY (dataset_id, gene_order, attribute, value_number)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Which genes have a term: three bytes of a folded name or description, a stretch of a chromosome,
-- a value of an attribute. gene_orders is NULL where too many genes have it for it to help.
CREATE TABLE IF NOT EXISTS gene_posting (
    dataset_id  BIGINT NOT NULL,
    term        BIGINT NOT NULL,
    gene_count  BIGINT NOT NULL,
    gene_orders LONGTEXT CHARACTER SET ascii,
    PRIMARY KEY (dataset_id, term)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- The genes of one chromosome follow each other in genome order, from first_gene_order on.
CREATE TABLE IF NOT EXISTS dataset_chromosome (
    dataset_id       BIGINT NOT NULL,
    first_gene_order BIGINT NOT NULL,
    chromosome       VARBINARY(1020) NOT NULL,
    gene_count       BIGINT NOT NULL,
    PRIMARY KEY (dataset_id, first_gene_order)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- The ids that datasets have had. A row stays when its dataset is dropped, so that no other dataset
-- is given its id.
CREATE TABLE IF NOT EXISTS taken_dataset_id (
    dataset_id BIGINT NOT NULL PRIMARY KEY
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- What these answered, gene_posting and dataset_chromosome answer for less: every row of a load goes
-- into every index. The program checks that stable IDs differ and that genes have a dataset. What
-- comes first in an index should differ from row to row.
ALTER TABLE gene
    DROP FOREIGN KEY gene_of_dataset,
    DROP INDEX gene_by_stable_id,
    DROP INDEX gene_by_start,
    DROP INDEX gene_by_end,
    DROP INDEX gene_by_folded_id,
    ADD INDEX gene_by_folded_id (folded_id, dataset_id),
    DROP INDEX gene_by_folded_name,
    ADD INDEX gene_by_folded_name (folded_name, dataset_id, gene_order);
