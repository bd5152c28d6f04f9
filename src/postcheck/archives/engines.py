"""Where the parts of an archive are judged. What comes of them is the same everywhere, and in their order."""

import logging
import os
import pickle
import secrets
import warnings
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow

from postcheck.archives.auditor import Auditor
from postcheck.archives.findings import Audited
from postcheck.archives.part import Part
from postcheck.errors import PostcheckError, Problem

Prepare = Callable[[], Auditor]
"""Loads what judges. It's called once by each worker, in its process."""

_RETRIES = 3
"""How often a part is judged again when its worker dies."""

_SILENCE = {"RAY_USAGE_STATS_ENABLED": "0", "RAY_BACKEND_LOG_LEVEL": "fatal", "RAY_ENABLE_AUTO_CONNECT": "0"}
"""Without Ray's reports to its makers, its warnings about itself, and clusters that nobody asked for."""

_ALONE = {
    "RAY_AUTH_MODE": "token",
    "RAY_AUTH_TOKEN": secrets.token_hex(32),
    "http_proxy": "http://127.0.0.1:9",
}
"""For a cluster of this process: its key, and a way to nowhere for the question in whose cloud it runs, which Ray
asks the network even if it reports nothing."""

_MOST_BLOCKS = 100_000
"""As many pieces of work as Ray can keep books of. Where there are more parts, it hands out several at once."""


def here(parts: Sequence[Part], prepare: Prepare) -> Iterator[Audited]:
    """Judge the parts in this process."""
    yield from map(prepare(), parts)


def on_ray(parts: Sequence[Part], prepare: Prepare, workers: int | None = None) -> Iterator[Audited]:
    """Judge the parts by so many workers (without a number: one for each processor) of a Ray cluster.

    It's the cluster that `RAY_ADDRESS` names, else one on this machine that lasts as long as this does, and to
    which nobody else has the key. Through Ray go the places of parts and what was found in them: a worker reads the
    posts itself, so that they are in no store of Ray's, which writes to disk what it can't hold. Each worker needs
    the archive, and what `prepare` loads, at the same paths as this process.
    Raises `PostcheckError` if a worker can't load, if workers die again and again at one part, or the cluster fails.
    """
    ray = _connected(workers)
    judged = _judged(ray, parts, prepare, workers)
    try:
        for number in range(len(parts)):
            row = next(judged, None)
            if row is None or row["number"] != number:
                raise PostcheckError(Problem("the Ray cluster lost a part of the archive", hint="run it again"))
            if row["problems"]:
                raise PostcheckError(*pickle.loads(row["problems"]))
            yield Audited(int(row["posts"]), pyarrow.ipc.open_stream(row["table"]).read_all())
    except (ray.exceptions.RayError, OSError) as error:  # it may quote what a worker said: only the type is told
        message = f"the Ray cluster failed ({type(error).__name__})"
        raise PostcheckError(Problem(message, hint="its logs tell more; they hold no post")) from None
    finally:
        judged.close()
        ray.shutdown()


class _Worker:
    """An auditor, as Ray Data asks it. Nothing but its answer leaves it: no exception, which Ray would log."""

    def __init__(self, prepare: Prepare, folder: Path) -> None:
        self._auditor: Auditor | None = None
        self._problems: Sequence[Problem] = ()
        try:
            os.chdir(folder)
            self._auditor = prepare()
        except PostcheckError as error:
            self._problems = error.problems
        except Exception as error:
            hint = "it needs the same postcheck, and the archive and configuration at the same paths"
            self._problems = (Problem(f"a worker can't load ({type(error).__name__})", hint=hint),)

    def __call__(self, batch: Mapping[str, Any]) -> dict[str, list[Any]]:
        audited, problems = Audited(0, pyarrow.table({})), self._problems
        if self._auditor:
            try:
                audited = self._auditor(pickle.loads(batch["part"][0]))
            except Exception as error:
                problems = (Problem(f"a worker was stopped by an unexpected {type(error).__name__}"),)
        sink = pyarrow.BufferOutputStream()
        with pyarrow.ipc.new_stream(sink, audited.table.schema) as stream:
            stream.write_table(audited.table)
        return {
            "number": [int(batch["number"][0])],
            "posts": [audited.posts],
            "table": [sink.getvalue().to_pybytes()],
            "problems": [pickle.dumps(problems) if problems else b""],
        }


def _connected(workers: int | None) -> Any:
    """Ray, connected to a cluster. What it's told by the environment stays there: it reads it once in a process."""
    own = "RAY_ADDRESS" not in os.environ
    os.environ |= _SILENCE | (_ALONE if own else {})
    import ray
    import ray.data

    logging.getLogger("ray.data").setLevel(logging.CRITICAL)
    cluster: dict[str, Any] = {"address": "local", "num_cpus": workers, "include_dashboard": False} if own else {}
    try:
        ray.init(**cluster, log_to_driver=False, logging_level=logging.ERROR)
    except (OSError, RuntimeError, ValueError) as error:
        message = f"no Ray cluster can be {'started' if own else 'reached'} ({type(error).__name__})"
        hint = "Ray's documentation tells what it needs" if own else "RAY_ADDRESS names it"
        raise PostcheckError(Problem(message, hint=hint)) from None
    return ray


def _judged(
    ray: Any, parts: Sequence[Part], prepare: Prepare, workers: int | None
) -> Generator[Mapping[str, Any], None, None]:
    """What came of each part, in their order."""
    context = ray.data.DataContext.get_current()
    context.enable_progress_bars = False
    context.execution_options.preserve_order = True
    size = workers or int(ray.cluster_resources().get("CPU", 1))
    items = [{"number": number, "part": pickle.dumps(part)} for number, part in enumerate(parts)]
    if not items:
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Ray means to drop the one way to limit how often a part is tried
        judged = ray.data.from_items(items, override_num_blocks=min(len(items), _MOST_BLOCKS)).map_batches(
            _Worker,
            fn_constructor_args=(prepare, Path.cwd()),
            batch_size=1,
            compute=ray.data.ActorPoolStrategy(size=size),
            num_cpus=1,
            ray_remote_args_fn=lambda: {"max_restarts": -1, "max_task_retries": _RETRIES},
        )
    yield from judged.iter_rows()
