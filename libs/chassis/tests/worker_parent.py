"""A process with one worker in the middle of a job; prints the worker's process id."""

import asyncio

from hotgigs.chassis.workers import worker_pool


async def main() -> None:
    async with worker_pool("sample_service.jobs:run", size=1, memory_limit_bytes=2**30) as pool:
        await pool.run(b"forever", time_limit_s=600, on_progress=lambda pid: print(pid.decode(), flush=True))


if __name__ == "__main__":
    asyncio.run(main())
