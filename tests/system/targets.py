"""Request targets that several tests ask for, with what a plain loop over the genes expects."""

from collections.abc import Callable

from genes import Gene, contains, length, overlaps, read_bands

DYRK1A = "ENSG00000157540"

# One target for every path of the OpenAPI document.
TARGETS = {
    "/": "/",
    "/genes": "/genes",
    "/genes/lookup": "/genes/lookup",
    "/genes/by-name/{name}": "/genes/by-name/dyrk1a",
    "/genes/{gene_stable_id}": f"/genes/{DYRK1A.lower()}.22",
    "/genes/{gene_stable_id}/neighbors": f"/genes/{DYRK1A}/neighbors",
    "/suggest": "/suggest?q=dyr",
    "/stats": "/stats",
    "/density": "/density",
    "/chromosomes": "/chromosomes",
    "/chromosomes/{name}": "/chromosomes/21",
    "/dataset": "/dataset",
    "/health": "/health",
    "/health/ready": "/health/ready",
    "/metrics": "/metrics",
    "/openapi.json": "/openapi.json",
    "/openapi.yaml": "/openapi.yaml",
}

# Those whose answers hold for a moment only.
MOMENTARY = ("/health", "/health/ready", "/metrics", "/genes/lookup")


def in_band(*names: str) -> Callable[[Gene], bool]:
    """Whether a gene touches a band whose name begins with one of `names`."""
    bands = [band for band in read_bands() if band["band"].startswith(names)]
    return lambda gene: any(overlaps(gene, band["start"], band["end"]) for band in bands)


# Queries of /genes and which genes they admit.
FILTERS = [
    ("", lambda _: True),
    ("chromosome=21", lambda _: True),
    ("chromosome=chr21", lambda _: True),
    ("chromosome=22", lambda _: False),
    ("chromosome=22&chromosome=21", lambda _: True),
    ("gene_type=PSEUDOGENE", lambda gene: contains(gene, "gene_type", "pseudogene")),
    ("gene_type=lncRNA&gene_type=mirna", lambda gene: gene["gene_type"] in ("lncRNA", "miRNA")),
    (
        "search=Kinase",
        lambda gene: (
            contains(gene, "gene_name", "kinase") or contains(gene, "gene_description", "kinase")
        ),
    ),
    (
        "search=krtap&search=keratin",
        lambda gene: any(
            contains(gene, field, part)
            for field in ("gene_name", "gene_description")
            for part in ("krtap", "keratin")
        ),
    ),
    ("name=app&name=DYRK1A&name=none-such", lambda gene: gene["gene_name"] in ("APP", "DYRK1A")),
    ("name=AP", lambda _: False),
    (f"gene_stable_id={DYRK1A.lower()}.9", lambda gene: gene["gene_stable_id"] == DYRK1A),
    ("region=21:25880550-26171128", lambda gene: overlaps(gene, 25_880_550, 26_171_128)),
    ("region=chr21:25,880,550-25,880,550", lambda gene: overlaps(gene, 25_880_550, 25_880_550)),
    (
        "region=21:5000000-5100000&region=21:46000000-46709983",
        lambda gene: overlaps(gene, 5_000_000, 5_100_000) or overlaps(gene, 46_000_000, 46_709_983),
    ),
    ("band=q21.3", in_band("q21.3")),
    ("band=21q21", in_band("q21")),
    ("band=p&band=q22.3", in_band("p", "q22.3")),
    ("strand=1", lambda gene: gene["strand"] == 1),
    ("strand=%2B", lambda gene: gene["strand"] == 1),
    ("strand=-1", lambda gene: gene["strand"] == -1),
    ("strand=-", lambda gene: gene["strand"] == -1),
    ("min_length=100000", lambda gene: length(gene) >= 100_000),
    ("max_length=80", lambda gene: length(gene) <= 80),
    ("min_length=5347&max_length=5347", lambda gene: length(gene) == 5347),
    (
        "gene_type=protein&strand=-1&min_length=2000&search=a&band=q22",
        lambda gene: (
            contains(gene, "gene_type", "protein")
            and gene["strand"] == -1
            and length(gene) >= 2000
            and (contains(gene, "gene_name", "a") or contains(gene, "gene_description", "a"))
            and in_band("q22")(gene)
        ),
    ),
]

# Values of `sort` and what they order by.
ORDERS = {
    "gene_start": lambda gene: gene["gene_start"],
    "-gene_start": lambda gene: -gene["gene_start"],
    "gene_end": lambda gene: gene["gene_end"],
    "-length": lambda gene: -length(gene),
    "length,gene_end": lambda gene: (length(gene), gene["gene_end"]),
    "gene_name": lambda gene: (gene["gene_name"] is None, (gene["gene_name"] or "").lower()),
    "gene_stable_id": lambda gene: gene["gene_stable_id"],
}

# Targets of what does not exist, and the closest that does.
UNKNOWN = [
    ("/genes/ENSG0000157540", "ENSG00000157540"),
    ("/genes/ENSGO0000157540.9", "ENSG00000157540"),
    ("/genes/ENSG157540/neighbors", "ENSG00000157540"),
    ("/genes/by-name/DYRK1B", "DYRK1A"),
    ("/genes/by-name/dyrka", "DYRK1A"),
    ("/genes/by-name/KRTAP10-99", "KRTAP10-9"),
    ("/chromosomes/chr22", "21"),
]
