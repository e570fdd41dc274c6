-- Further columns of an export, and what lets a database answer by itself without reading every
-- gene. A program that knows only the step before neither reads nor writes what is added here, and
-- needs nothing of what is taken away.
-- works with programs from schema 1 on

CREATE TABLE dataset_attribute (
    dataset_id BIGINT NOT NULL,
    attribute  BIGINT NOT NULL,
    name       TEXT NOT NULL,
    header     TEXT NOT NULL,
    PRIMARY KEY (dataset_id, attribute)
) WITHOUT ROWID;

-- attribute counts the columns of the dataset from 0, value_number the values of one gene.
CREATE TABLE gene_attribute (
    dataset_id   BIGINT NOT NULL,
    gene_order   BIGINT NOT NULL,
    attribute    BIGINT NOT NULL,
    value_number BIGINT NOT NULL,
    value        TEXT NOT NULL,
    folded_value TEXT NOT NULL,
    PRIMARY KEY (dataset_id, gene_order, attribute, value_number)
) WITHOUT ROWID;

-- Which genes have a term: three bytes of a folded name or description, a stretch of a chromosome,
-- a value of an attribute. gene_orders is NULL where too many genes have it for it to help.
CREATE TABLE gene_posting (
    dataset_id  BIGINT NOT NULL,
    term        BIGINT NOT NULL,
    gene_count  BIGINT NOT NULL,
    gene_orders TEXT,
    PRIMARY KEY (dataset_id, term)
) WITHOUT ROWID;

-- The genes of one chromosome follow each other in genome order, from first_gene_order on.
CREATE TABLE dataset_chromosome (
    dataset_id       BIGINT NOT NULL,
    first_gene_order BIGINT NOT NULL,
    chromosome       TEXT NOT NULL,
    gene_count       BIGINT NOT NULL,
    PRIMARY KEY (dataset_id, first_gene_order)
) WITHOUT ROWID;

-- The ids that datasets have had. A row stays when its dataset is dropped, so that no other dataset
-- is given its id.
CREATE TABLE taken_dataset_id (
    dataset_id BIGINT NOT NULL PRIMARY KEY
);

-- What these answered, gene_posting and dataset_chromosome answer for less: every row of a load goes
-- into every index.
DROP INDEX gene_by_start;

DROP INDEX gene_by_end;

-- The other way round: what comes first in an index should differ from row to row.
DROP INDEX gene_by_folded_id;

CREATE INDEX gene_by_folded_id ON gene (folded_id, dataset_id);

DROP INDEX gene_by_folded_name;

CREATE INDEX gene_by_folded_name ON gene (folded_name, dataset_id, gene_order);
