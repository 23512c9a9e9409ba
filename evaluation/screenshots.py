"""Takes pictures of the web app for the docs: python -m evaluation.screenshots [--out docs/images/web].

The store is filled with the made clusters. Needs Chromium (Debian's package; DRAGOMAN_CHROMIUM names another).
"""

from __future__ import annotations

import argparse
import os
import shutil
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import uvicorn
from playwright.sync_api import sync_playwright

from dragoman import reconcile
from dragoman.store.ingest import ingest_many
from dragoman.store.looking import claims_by_id
from dragoman.store.opening import Store, open_store
from dragoman.store.queries import Wanted, records
from dragoman.web.app import make_app
from evaluation.clusters.made_set import clusters, reports_of
from evaluation.goldsets import ROOT, read_cached

OUT = ROOT / "docs" / "images" / "web"
CHROMIUM = os.environ.get("DRAGOMAN_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--no-first-run",
]  # fmt: skip
SIZE = {"width": 1280, "height": 860}


def pages(store: Store) -> dict[str, str]:
    """Return the address of one page of each kind, by name."""
    found = records(store, Wanted(other=False))
    big = max(found, key=lambda r: (len(r.conflicts) > 0, len(r.figures) > 0, r.reports, r.id))
    report = claims_by_id(store, [big.claims[0].id])[big.claims[0].id].report
    names = [p.name for r in found for p in r.actors]
    actor = max(set(names), key=lambda n: (names.count(n), n))
    return {
        "start": "/", "records": "/records?sort=reports", "timeline": "/timeline", "map": "/map",
        "record": f"/records/{big.id}", "why": f"/records/{big.id}/why?field=figures", "report": f"/reports/{report}",
        "actor": f"/actors?name={quote(actor)}", "review": "/review",
    }  # fmt: skip


@contextmanager
def served(store: Store) -> Iterator[str]:
    """Serve STORE at a free port of this machine and yield its address."""
    server = uvicorn.Server(uvicorn.Config(make_app(store), port=0, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join(timeout=10)


def main() -> int:
    """Fill a store, serve it and take the pictures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=OUT)
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    made = read_cached([r for c in clusters() for r in reports_of(c)])
    with tempfile.TemporaryDirectory() as folder, open_store(str(Path(folder) / "desk.db")) as store:
        for _ in ingest_many(store, made, reconcile):
            pass
        with served(store) as address, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
            page = browser.new_page(viewport=SIZE)  # type: ignore[arg-type]
            for name, url in pages(store).items():
                page.goto(address + url)
                page.wait_for_load_state("networkidle")
                page.screenshot(path=options.out / f"{name}.png")
            browser.close()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
