-- What finds damage in the rows of a dataset, short lists that spare a database from reading every
-- gene, and which attribute values stood together in a row of the export. A program that knows only a step before neither reads nor writes what is added here.
-- works with programs from schema 1 on

-- The digest of the dataset's genes as they were loaded, and how it is counted. A row is about the
-- dataset that has its sha256 and loaded_at as well: a program that knows only the first step may
-- give its id to another one once a program that knows only the second has dropped it.
CREATE TABLE IF NOT EXISTS dataset_digest (
    dataset_id BIGINT NOT NULL PRIMARY KEY,
    sha256     VARBINARY(64) NOT NULL,
    loaded_at  TEXT NOT NULL,
    scheme     TEXT NOT NULL,
    digest     TEXT NOT NULL
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Short answers, made once: the folded gene types of a dataset, each with the genes that have it
-- (as gene_posting lists them; NULL where they are too many).
CREATE TABLE IF NOT EXISTS dataset_gene_type (
    dataset_id  BIGINT NOT NULL,
    type_number BIGINT NOT NULL,
    folded_type VARBINARY(1020) NOT NULL,
    gene_count  BIGINT NOT NULL,
    gene_orders LONGTEXT CHARACTER SET ascii,
    PRIMARY KEY (dataset_id, type_number)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- The genes in the order of one sort key, in pieces of 1,000 from 0 on. sort_key is twice the number
-- of the field, and one more where it is descending.
CREATE TABLE IF NOT EXISTS gene_sort (
    dataset_id  BIGINT NOT NULL,
    sort_key    BIGINT NOT NULL,
    piece       BIGINT NOT NULL,
    gene_orders LONGTEXT CHARACTER SET ascii NOT NULL,
    PRIMARY KEY (dataset_id, sort_key, piece)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- The best genes for a text that many names or stable IDs begin with, and for every text of one or
-- two bytes that has any.
CREATE TABLE IF NOT EXISTS suggestion_list (
    dataset_id  BIGINT NOT NULL,
    folded_text VARBINARY(1020) NOT NULL,
    gene_orders LONGTEXT CHARACTER SET ascii NOT NULL,
    PRIMARY KEY (dataset_id, folded_text)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Which attribute values of a gene stood together in the rows of its export, packed. A gene without a
-- row here has its first values in one row, its second ones in the next, and so on.
CREATE TABLE IF NOT EXISTS gene_attribute_rows (
    dataset_id     BIGINT NOT NULL,
    gene_order     BIGINT NOT NULL,
    attribute_rows LONGTEXT CHARACTER SET ascii NOT NULL,
    PRIMARY KEY (dataset_id, gene_order)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- The headers of further columns that the export has for an attribute, in their order from 1.
CREATE TABLE IF NOT EXISTS dataset_further_column (
    dataset_id    BIGINT NOT NULL,
    attribute     BIGINT NOT NULL,
    column_number BIGINT NOT NULL,
    header        TEXT NOT NULL,
    PRIMARY KEY (dataset_id, attribute, column_number)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
