"""Reports put in through the browser: taken in, read one after another in the background, progress shown."""

from __future__ import annotations

import queue
import shutil
import tempfile
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path, PurePosixPath
from typing import Any
from uuid import uuid4

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

import dragoman
from dragoman.domain.reading import Reading
from dragoman.domain.report import Report
from dragoman.inputs.jsonl import parse_day
from dragoman.inputs.plain import InputError
from dragoman.inputs.reports import Arrived, Given, reports
from dragoman.store.accounts import Role
from dragoman.store.errors import StoreError
from dragoman.store.ingest import SETTLED, ingest, settle
from dragoman.store.opening import Store
from dragoman.store.reconciler import Reconciler
from dragoman.web.auth.changing import may, meant_form
from dragoman.web.settings import Settings
from dragoman.web.templating import is_partial, page

LARGEST = 50_000_000
"""How many bytes one upload may have."""
MOST_FILES = 500
ENDINGS = (".txt", ".jsonl", ".ndjson")
KEPT = 50
"""How many uploads are remembered; the results of older ones are in the store."""
SHOWN = 200
"""How many reports of an upload are listed one by one."""

Reader = Callable[[Report], Reading]


class Result(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one report; `report` is its id where it is in the store, `problem` why it is not."""

    name: str
    outcome: str
    report: str | None = None
    records: int = 0
    problem: str | None = None


class Job:
    """An upload: how far it is, and what became of its reports."""

    def __init__(self, folder: Path, names: dict[str, str], about: Given) -> None:
        self.id = uuid4().hex
        self.folder, self.names, self.about = folder, names, about
        self.total: int | None = None
        self.counts: Counter[str] = Counter()
        self.results: list[Result] = []
        self.failed: str | None = None
        self.over = False

    @property
    def done(self) -> int:
        """How many reports are dealt with."""
        return self.counts.total()

    def note(self, result: Result) -> None:
        """Keep what became of a report; of many, only those that were refused and the first ones one by one."""
        self.counts[result.outcome] += 1
        if len(self.results) < SHOWN:
            self.results.append(result)


class Ingesting:
    """Reads uploads in one thread, in the order in which they came."""

    def __init__(self, store: Store, settings: Settings, read: Reader | None = None, by: Reconciler | None = None):
        self._store, self._settings, self._read, self._by = store, settings, read, by
        self._waiting: queue.SimpleQueue[Job] = queue.SimpleQueue()
        self._jobs: dict[str, Job] = {}
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None

    def add(self, job: Job) -> None:
        """Take JOB in."""
        with self._lock:
            self._jobs[job.id] = job
            for old in [i for i, j in self._jobs.items() if j.over][: max(0, len(self._jobs) - KEPT)]:
                del self._jobs[old]
            self._waiting.put(job)
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="ingest", daemon=True)
                self._thread.start()

    def job(self, number: str) -> Job | None:
        """Return the upload with this id, or None."""
        return self._jobs.get(number)

    def _work(self) -> None:
        while True:
            job = self._waiting.get()
            try:
                self._run(job)
            except StoreError as error:
                job.failed = str(error)
            except Exception as error:  # a defect must not leave an upload that seems to go on
                job.failed = f"reading stopped: {type(error).__name__}: {error}"
            finally:
                shutil.rmtree(job.folder, ignore_errors=True)
                job.over = True

    def _run(self, job: Job) -> None:
        found = list(accepted(_named(job)))
        job.total = len(found)
        for name, each in found:
            if isinstance(each, str):
                job.note(Result(name=name, outcome="refused", problem=each))
            else:
                job.note(self._one(name, each))

    def _one(self, name: str, report: Report) -> Result:
        outcome = settle(self._store, report, dragoman.__version__)
        if outcome in SETTLED:
            return Result(name=name, outcome=outcome.value, report=report.id)
        result = ingest(self._store, self._reader()(report), self._reconciler())
        return Result(name=name, outcome=result.outcome.value, report=report.id, records=len(result.records))

    def _reader(self) -> Reader:
        if self._read is None:
            from dragoman.api import read_report, world_with  # loads the models

            world = world_with(next(iter(self._settings.actors), None))
            self._read = lambda report: read_report(report, world)
        return self._read

    def _reconciler(self) -> Reconciler:
        if self._by is None:
            from dragoman import reconcile

            self._by = reconcile
        return self._by


def accepted(found: Iterator[tuple[str, Arrived | InputError]]) -> Iterator[tuple[str, Report | str]]:
    """Yield each report with its language, or why it is refused: it is no single report, or not English."""
    from dragoman.screening import screened

    for name, arrived in found:
        if isinstance(arrived, InputError):
            yield name, arrived.problem
        else:
            report, wrong = screened(arrived.report)
            yield name, report if wrong is None else wrong.told


def _named(job: Job) -> Iterator[tuple[str, Arrived | InputError]]:
    """Yield the reports of JOB under the names that their files had where they came from."""
    for path, given in job.names.items():
        for arrived in reports([path], job.about):
            line = arrived.line
            name = given if line is None else f"{given}, line {line}"
            if isinstance(arrived, Arrived) and line is None:
                report = msgspec.structs.replace(arrived.report, given_id=PurePosixPath(given).stem)
                arrived = msgspec.structs.replace(arrived, report=report)
            elif isinstance(arrived, Arrived):
                name = arrived.report.title or arrived.report.given_id or name
            yield name, arrived


async def put_in(request: Request) -> Response:
    """Take reports in, and lead to the page that shows how they are read."""
    if request.app.state.settings.read_only:
        return _refused(request, "This Dragoman only shows records; reports can't be put in.", 403)
    if not may(request, Role.ADMIN):
        return _refused(request, "Putting reports in takes the role admin.", 403)
    length = request.headers.get("content-length", "")
    if not length.isdigit():
        return _refused(request, "The browser doesn't say how much it sends.", 411)
    if int(length) > LARGEST:
        size = f"{int(length) / 1_000_000:.0f} MB"
        told = f"That is {size} at once; at most {LARGEST // 1_000_000} MB can be put in. Take fewer files, or use"
        return _refused(request, f"{told} “dragoman ingest FOLDER” on this machine.", 413)
    try:
        form = await meant_form(request, Role.ADMIN, MOST_FILES)
        files = [f for f in form.getlist("files") if isinstance(f, UploadFile) and f.filename]
        fields = {name: value for name, value in form.items() if isinstance(value, str)}
        job = await run_in_threadpool(_job, files, fields)
        await form.close()
    except HTTPException as error:
        told = error.detail if error.status_code == 403 else f"That can't be read: {error.detail}"
        return _refused(request, told, error.status_code)
    except ValueError as error:
        return _refused(request, str(error), 400)
    request.app.state.ingesting.add(job)
    where = f"/ingest/{job.id}"
    if is_partial(request):
        return _state(request, job, headers={"HX-Push-Url": where})
    return RedirectResponse(where, status_code=303)


def show(request: Request) -> Response:
    """Return how far an upload is."""
    job = request.app.state.ingesting.job(request.path_params["job"])
    if job is None:
        told = "This upload is no longer remembered. What it brought is among the records."
        return page(request, "error.html", {"title": "Not found", "told": told}, status=404)
    return _state(request, job)


def _job(files: Sequence[UploadFile], fields: dict[str, str]) -> Job:
    """Return FILES kept in a folder, with what FIELDS say of them. Raises ValueError where there is nothing to read."""
    if not files:
        raise ValueError("Choose a file first.")
    names = [_base(f.filename or "") for f in files]
    if wrong := [n for n in names if not n.lower().endswith(ENDINGS)]:
        raise ValueError(f"“{wrong[0][:100]}” is neither .txt nor .jsonl; nothing was put in.")
    day = fields.get("published", "").strip()
    try:
        published = parse_day(day) if day else None
    except ValueError as error:
        raise ValueError(f"“{day[:40]}” is no day; write it like 2017-02-07.") from error
    folder = Path(tempfile.mkdtemp(prefix="dragoman-"))
    kept = {}
    for number, (name, file) in enumerate(zip(names, files, strict=True)):
        path = folder / f"{number}{PurePosixPath(name).suffix.lower()}"
        with path.open("wb") as out:
            shutil.copyfileobj(file.file, out)
        kept[str(path)] = name
    return Job(folder, kept, Given(published=published, source=fields.get("source", "").strip()[:200] or None))


def _base(name: str) -> str:
    """Return the last part of a file's name as a browser gives it."""
    return PurePosixPath(name.replace("\\", "/")).name


def _state(request: Request, job: Job, headers: dict[str, str] | None = None) -> Response:
    template = "ingest_state.html" if is_partial(request) else "ingest.html"
    share = round(100 * job.done / job.total, 1) if job.total else 0
    context: dict[str, Any] = {"job": job, "share": share, "shown": SHOWN}
    answer = page(request, template, context)
    answer.headers.update({"cache-control": "no-store", **(headers or {})})
    return answer


def _refused(request: Request, why: str, status: int) -> Response:
    template = "ingest_refused.html" if is_partial(request) else "error.html"
    return page(request, template, {"title": "Not put in", "told": why}, status=status)
