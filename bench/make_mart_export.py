#!/usr/bin/env python3
"""Writes a mart export of any size that looks real: make_mart_export.py GENES [--seed N] > FILE

Genes are drawn from the bundled table, in runs of neighbours, so that lengths, gene types, strands,
gaps and overlaps go together as they do on chromosome 21. Stable IDs, positions, and the letters
and digits of names and accessions are new. The same arguments give the same bytes.
"""

import argparse
import collections
import csv
import itertools
import pathlib
import random
import re
import string
import sys

TABLE = pathlib.Path(__file__).parent.parent / "data" / "chr21_genes.csv"
MOST_GENES = 100_000_000
GENES_OF_GENOME = 1_250_000  # more come in further genomes: a position must stay below 2**32
LONGEST_RUN = 40  # genes that stay neighbours
COLUMNS = ["Gene description", "Gene stable ID", "Gene name", "Chromosome/scaffold name",
           "Gene start (bp)", "Gene end (bp)", "Strand", "Gene type"]  # fmt: skip
ATTRIBUTES = ["GO term accession", "HGNC ID", "NCBI gene (formerly Entrezgene) ID"]

# Genes per chromosome, in thousands, roughly as Ensembl has them for human.
CHROMOSOMES = dict(zip([*map(str, range(1, 23)), "X", "Y"], [
    5.4, 4.2, 3.2, 2.6, 3.0, 3.0, 3.0, 2.5, 2.3, 2.3, 3.4, 3.0, 1.4, 2.3, 2.2, 2.6, 3.1, 1.2, 3.0,
    1.5, 0.9, 1.4, 2.5, 0.6], strict=True))  # fmt: skip


def read_table():
    """The columns and, for each gene, its row and how far it starts behind the one before it."""
    with TABLE.open(newline="", encoding="utf-8") as file:
        genes = {gene["Gene stable ID"]: gene for gene in csv.DictReader(file)}
    header = list(COLUMNS)
    rows = [[gene[name] for name in header] for gene in genes.values()]
    start = header.index("Gene start (bp)")
    rows.sort(key=lambda row: int(row[start]))
    gaps = [int(b[start]) - int(a[start]) for a, b in itertools.pairwise(rows)]
    longest = 20 * sum(gaps) // len(gaps)  # a centromere is no gap between genes
    return header, list(zip(rows, [1, *(min(gap, longest) for gap in gaps)], strict=True))


def renew(text, dice):
    """The text with other letters and digits of the same kind."""
    letter = dice.choice
    return "".join(
        letter(string.digits) if c.isdigit() else letter(string.ascii_uppercase) if c.isupper()
        else c for c in text)  # fmt: skip


def renew_accessions(description, dice):
    return re.sub(r"\d{3,}(?=\])", lambda digits: renew(digits[0], dice), description)


def share_out(genes):
    """How many genes each chromosome gets: "1", "2", ... and in further genomes "2-1", "2-2"."""
    whole = sum(CHROMOSOMES.values())
    shares = {}
    for genome in range(1, -(-genes // GENES_OF_GENOME) + 1):
        here = min(genes, GENES_OF_GENOME)
        genes -= here
        prefix = f"{genome}-" if genome > 1 else ""
        for name, share in CHROMOSOMES.items():
            shares[prefix + name] = int(here * share / whole)
        shares[prefix + "1"] += here - sum(shares[prefix + name] for name in CHROMOSOMES)
    return shares


def runs(table, dice):
    """Genes of the table without end, neighbours mostly together."""
    while True:
        begin = dice.randrange(len(table))
        yield from table[begin : begin + dice.randint(1, LONGEST_RUN)]


def make_genes(genes, seed):
    """Rows as dictionaries by header, in genome order of a kind: chromosome by chromosome."""
    dice = random.Random(seed)
    header, table = read_table()
    names = collections.Counter(row[header.index("Gene name")] for row, _ in table)
    ids = iter(dice.sample(range(10**11), genes))
    drawn = runs(table, dice)
    for chromosome, count in share_out(genes).items():
        start = 1
        for row, gap in itertools.islice(drawn, count):
            gene = dict(zip(header, row, strict=True))
            length = int(gene["Gene end (bp)"]) - int(gene["Gene start (bp)"])
            start += gap
            # A name that several genes share, such as Y_RNA, is shared here too.
            if names[gene["Gene name"]] == 1:
                gene["Gene name"] = renew(gene["Gene name"], dice)
            yield gene | {
                "Gene stable ID": f"ENSG{next(ids):011}",
                "Gene description": renew_accessions(gene["Gene description"], dice),
                "Chromosome/scaffold name": chromosome,
                "Gene start (bp)": str(start),
                "Gene end (bp)": str(start + length),
            }


def with_attributes(gene, dice):
    """The gene's rows: one for each of its GO terms, as BioMart writes them."""
    coding = gene["Gene type"] == "protein_coding"
    others = [f"HGNC:{dice.randrange(1, 60000)}" if gene["Gene name"] else "",
              str(dice.randrange(1, 10**8)) if coding else ""]  # fmt: skip
    terms = sorted({dice.randrange(1, 5000) for _ in range(dice.randrange(1, 9) if coding else 0)})
    for term in [f"GO:{term:07}" for term in terms] or [""]:
        yield gene | dict(zip(ATTRIBUTES, [term, *others], strict=True))


def write(out, genes, seed, attributes):
    """As BioMart does: fields are enclosed only for commas."""
    header, _ = read_table()
    if attributes:
        header = header + ATTRIBUTES
    dice = random.Random(f"attributes of {seed}")
    out.write(",".join(header) + "\n")
    for gene in make_genes(genes, seed):
        for row in with_attributes(gene, dice) if attributes else [gene]:
            cells = (f'"{row[name]}"' if "," in row[name] else row[name] for name in header)
            out.write(",".join(cells) + "\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("genes", type=int, help=f"how many, from 1 to {MOST_GENES:,}")
    parser.add_argument("--seed", type=int, default=21)
    parser.add_argument("--attributes", action="store_true",
                        help="with further columns, and a row for each GO term")  # fmt: skip
    given = parser.parse_args()
    if not 1 <= given.genes <= MOST_GENES:
        parser.error(f"GENES must be from 1 to {MOST_GENES}")
    with open(sys.stdout.fileno(), "w", encoding="utf-8", newline="\n", closefd=False) as out:
        write(out, given.genes, given.seed, given.attributes)


if __name__ == "__main__":
    main()
