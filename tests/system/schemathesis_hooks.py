"""What schemathesis cannot learn from the document: the values of its own formats, and rules
between two members. Loaded by schemathesis itself, through SCHEMATHESIS_HOOKS."""

import schemathesis
from hypothesis import strategies

from genes import CHROMOSOME_LENGTH, read_bands

MOST_LOOKUPS = 1000  # IDs and names together


@strategies.composite
def regions(draw: strategies.DrawFn) -> str:
    positions = strategies.integers(1, CHROMOSOME_LENGTH)
    first, last = sorted((draw(positions), draw(positions)))
    style = draw(strategies.sampled_from(["21:{}-{}", "chr21:{}-{}", "21:{:,}-{:,}"]))
    return style.format(first, last)


def bands() -> strategies.SearchStrategy[str]:
    names = [band["band"] for band in read_bands()]
    regions_of_bands = ["p", "q", "p11", "q21", "q22"]
    return strategies.sampled_from(names + regions_of_bands + [f"21{name}" for name in names])


schemathesis.openapi.format("attribute", strategies.just("gene_name"))
schemathesis.openapi.format("region", regions())
schemathesis.openapi.format("karyotype-band", bands())


@schemathesis.hook
def before_load_schema(context: schemathesis.HookContext, raw_schema: dict) -> None:
    """The dataset that is served has no attributes, so there is no NAME to ask for."""
    for methods in raw_schema["paths"].values():
        for operation in methods.values():
            parameters = operation.get("parameters", [])
            parameters[:] = [one for one in parameters if one["name"] != "attribute.NAME"]


@schemathesis.hook
def filter_case(context: schemathesis.HookContext, case: schemathesis.Case) -> bool:
    """Leaves out what breaks the rules that OpenAPI 3.0 has no words for."""
    query = case.query if isinstance(case.query, dict) else {}
    if "search_in" in query and "search" not in query:
        return False  # it says where to search
    if "fields" in query and query.get("format") in ("bed", "gff3"):
        return False  # their columns are fixed, so `fields` is refused beside them
    inputs = case.body.values() if isinstance(case.body, dict) else ()
    return sum(len(one) for one in inputs if isinstance(one, list)) <= MOST_LOOKUPS
