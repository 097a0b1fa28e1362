"""Many askings at once, and one thread that does something with their answers, in batches."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from contextlib import suppress
from typing import Any, TypeVar

Question = TypeVar("Question")
Answer = TypeVar("Answer")


async def in_batches(
    questions: Sequence[Question],
    ask: Callable[[Question], Awaitable[Answer]],
    use: Callable[[list[Answer]], None],
    *,
    stop: asyncio.Event,
    at_once: int,
    seconds: float,
) -> None:
    """Ask all questions, at most `at_once` of them at the same time, and use the answers.

    `use` is called in a thread, never twice at once, with all that has come by then. The end is
    when all is done, `stop` is set, or after `seconds`; answers that came by then are used. What
    `use` raises ends it, too.
    """
    room, queue = asyncio.Semaphore(at_once), asyncio.Queue[Answer | None](at_once)

    async def ask_one(question: Question) -> None:
        async with room:
            await queue.put(await ask(question))

    using = asyncio.create_task(_use_all(queue, use))
    stopping = asyncio.create_task(stop.wait())
    asking = asyncio.gather(*map(ask_one, questions))
    await asyncio.wait(
        (asking, using, stopping), timeout=seconds, return_when=asyncio.FIRST_COMPLETED
    )
    stopping.cancel()
    try:
        await _ended(asking)
    finally:
        if not using.done():
            await queue.put(None)
        await using


async def until(stop: asyncio.Event, work: Coroutine[Any, Any, object], seconds: float) -> None:
    """Work to its end, unless `stop` is set or the time is over before. Raises what it raises."""
    working, stopping = asyncio.create_task(work), asyncio.create_task(stop.wait())
    await asyncio.wait((working, stopping), timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    working.cancel()
    with suppress(asyncio.CancelledError):
        await working


async def _ended(asking: "asyncio.Future[list[None]]") -> None:
    """Break off what is still asked. Raises what asking raised."""
    asking.cancel()
    with suppress(asyncio.CancelledError):
        await asking


async def _use_all(
    queue: "asyncio.Queue[Answer | None]", use: Callable[[list[Answer]], None]
) -> None:
    """Use answers as they come, until None comes."""
    some: list[Answer | None] = []
    while None not in some:
        some = [await queue.get()]
        while not queue.empty():
            some.append(queue.get_nowait())
        if answers := [one for one in some if one is not None]:
            await asyncio.to_thread(use, answers)
