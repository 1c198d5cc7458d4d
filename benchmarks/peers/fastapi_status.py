"""The peer of the status read on FastAPI, around the gateway's own query; it answers anybody."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any
from uuid import UUID

from fastapi import FastAPI, HTTPException, Request
from pydantic import BaseModel, ConfigDict
from serving import open_pool, serve

from hotgigs.gateway import store
from hotgigs.gateway.status import status_of


class Status(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    resume_id: UUID
    status: str
    progress_percentage: int
    current_step: str
    error_message: str | None
    processing_started_at: datetime | None
    processing_completed_at: datetime | None


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    app.state.pool = await open_pool()
    yield
    app.state.pool.terminate()


app = FastAPI(lifespan=lifespan, openapi_url=None)


@app.get("/{resume_id}/status", response_model=Status)
async def status(resume_id: UUID, request: Request) -> Any:
    async with request.app.state.pool.acquire() as connection:
        row = await store.resume(connection, resume_id)
    if row is None:
        raise HTTPException(404)
    return status_of(row)


if __name__ == "__main__":
    serve(app)
