"""The service that chr21 takes the place of, as a function of AWS Lambda: FastAPI, SQLAlchemy and
Mangum, with the two routes that are measured, over a table of the bundled genes.

usage: original_handler.py DATABASE   (with AWS_LAMBDA_RUNTIME_API set, as Lambda sets it)
"""

import http.client
import json
import os
import sys
import typing

import fastapi
import mangum
import pydantic
import sqlalchemy
from sqlalchemy import orm


class Base(orm.DeclarativeBase):
    pass


class GeneRow(Base):
    __tablename__ = "genes"

    gene_stable_id: orm.Mapped[str] = orm.mapped_column(primary_key=True)
    gene_name: orm.Mapped[str | None]
    gene_description: orm.Mapped[str | None]
    chromosome: orm.Mapped[str]
    gene_start: orm.Mapped[int]
    gene_end: orm.Mapped[int]
    strand: orm.Mapped[int]
    gene_type: orm.Mapped[str]


class Gene(pydantic.BaseModel):
    model_config = pydantic.ConfigDict(from_attributes=True)

    gene_stable_id: str
    gene_name: str | None
    gene_description: str | None
    chromosome: str
    gene_start: int
    gene_end: int
    strand: int
    gene_type: str


class Page(pydantic.BaseModel):
    total: int
    page: int
    page_size: int
    items: list[Gene]


ENGINE = sqlalchemy.create_engine(f"sqlite:///{sys.argv[1]}")
SESSIONS = orm.sessionmaker(ENGINE)
APP = fastapi.FastAPI()


def session() -> typing.Iterator[orm.Session]:
    with SESSIONS() as opened:
        yield opened


OneSession = typing.Annotated[orm.Session, fastapi.Depends(session)]


@APP.get("/genes")
def list_genes(opened: OneSession, page: int = 1, page_size: int = 25) -> Page:
    total = opened.scalar(sqlalchemy.select(sqlalchemy.func.count()).select_from(GeneRow)) or 0
    rows = opened.scalars(
        sqlalchemy.select(GeneRow)
        .order_by(GeneRow.gene_start)
        .offset((page - 1) * page_size)
        .limit(page_size)
    )
    items = [Gene.model_validate(row) for row in rows]
    return Page(total=total, page=page, page_size=page_size, items=items)


@APP.get("/genes/{gene_stable_id}")
def find_gene(opened: OneSession, gene_stable_id: str) -> Gene:
    row = opened.get(GeneRow, gene_stable_id)
    if row is None:
        raise fastapi.HTTPException(404, "gene not found")
    return Gene.model_validate(row)


def main() -> None:
    handler = mangum.Mangum(APP, lifespan="off")
    with ENGINE.connect() as connection:
        connection.execute(sqlalchemy.text("SELECT 1"))
    api = http.client.HTTPConnection(os.environ["AWS_LAMBDA_RUNTIME_API"])
    base = "/2018-06-01/runtime/invocation"
    while True:
        api.request("GET", f"{base}/next")
        given = api.getresponse()
        event = json.loads(given.read())
        answer = json.dumps(handler(event, None))
        request_id = given.headers["Lambda-Runtime-Aws-Request-Id"]
        api.request("POST", f"{base}/{request_id}/response", answer)
        api.getresponse().read()


if __name__ == "__main__":
    main()
