"""The contests with other tools in words: for the terminal after `make bench`, and for docs/accuracy.md."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from evaluation.peers.contest import PEERS, Contest, Peer, PeerError, alone, measure, save

Table = Callable[[list[str], list[list[str]]], list[str]]
"""Makes a table in Markdown of its head and rows."""

SHOWN = {
    "times": {"strict.f1": "strict", "relaxed.f1": "relaxed", "type.f1": "type", "value.f1": "value"},
    "quotations": {
        "content.precision": "content, precision", "content.recall": "content, recall", "content.f1": "content",
        "content_and_source.f1": "content and source", "content_and_cue.f1": "content and cue",
    },
    "places": {
        "exact.precision": "exact, precision", "exact.recall": "exact, recall", "exact.f1": "exact",
        "overlap.f1": "overlap", "within_161_km_of_all": "within 161 km, of all",
    },
}  # fmt: skip
"""The figures that are shown for each part (F1 unless named otherwise), with their heads."""

NOT_HERE = (
    ("SUTime (sutime 1.0.1)", "times", "its package holds only a bridge; CoreNLP and its models are to be downloaded "
     "by Maven"),
    ("BookNLP (1.0.8)", "quotations", "downloads its models from a university's server and a model hub when first run"),
    ("Giveme5W1H (1.0.18)", "places, times", "needs a running Stanford CoreNLP server, which its install command "
     "downloads"),
    ("Mordecai 3 (3.5.0)", "places", "needs an Elasticsearch server with an index of GeoNames, which its manual has as "
     "a container image and a download; Debian has no Elasticsearch. Its published figures stand beside those of "
     "geowebnews and lgl above"),
    ("Irchel Geoparser (geoparser 0.6.2)", "places", "downloads GeoNames, and the weights of its resolver from a model "
     "hub, before it can be used"),
    ("geograpy3 (0.3.0)", "places", "installs, but stops at the first text: it downloads NLTK's data when it runs, and "
     "then its own list of places"),
    ("geoparsepy (2.1.4)", "places", "needs a PostGIS database filled from OpenStreetMap, which no package holds"),
)  # fmt: skip
"""Tools that were tried and could not be run offline from PyPI, Debian or npm: which, for what, what stopped them."""


def missing(peers: tuple[Peer, ...] = PEERS) -> list[str]:
    """Return the titles of PEERS that are not installed."""
    return [peer.title for peer in peers if not peer.installed]


def _tell(line: str) -> None:
    print(line, flush=True)


def bench(share: int = 1, tell: Callable[[str], None] = _tell) -> None:
    """Measure the installed tools on one of every SHARE texts, TELL the results, and keep those of all texts."""
    done = []
    for peer in PEERS:
        if not peer.installed:
            continue
        try:
            done.append(measure(peer, share))
        except PeerError as error:
            tell(f"\n{peer.title} could not be run: {error}")
            continue
        for line in lines(peer, done[-1]):
            tell(line)
    if missing():
        tell(f"\nnot installed here, so not beside it: {', '.join(missing())}; `make peers` installs them")
    if share == 1 and done:
        save(done)


def lines(peer: Peer, contest: Contest) -> list[str]:
    """Return the contest for the terminal."""
    told = [f"\n{peer.title} ({numbers(contest)}) beside Dragoman, {texts(contest)}"]
    shown = SHOWN[peer.part]
    width = max(len(alone(p.part)) for p in PEERS) + 2
    for name, figures in contest.figures.items():
        told.append(f"{name:{width + 2}}" + "  ".join(f"{head:>18}" for head in shown.values()))
        for title, own in figures.items():
            cells = (_figure(peer, title, figure, own[figure]) for figure in shown)
            told.append(f"  {title:{width}}" + "  ".join(f"{cell:>18}" for cell in cells))
    for title, speed in contest.speed.items():
        told.append(
            f"  {title:{width}}{speed.cpu:8.2f} s CPU {speed.wall:8.2f} s wall "
            f"{speed.characters / max(speed.cpu, 0.01):12,.0f} characters/s CPU {speed.ratio:8.2f} x {peer.part} alone"
        )
    return told


def numbers(contest: Contest) -> str:
    """Return the versions of the other tool and of what it stands on."""
    return ", ".join(f"{name} {version}" for name, version in contest.versions.items() if name != "dragoman")


def texts(contest: Contest) -> str:
    """Return which texts, and how many, a contest was on."""
    return ", ".join(f"{count} texts of {name}" for name, count in contest.texts.items())


def render(contests: Sequence[Contest], table: Table) -> list[str]:
    """Return the section of docs/accuracy.md on CONTESTS, made with TABLE."""
    told = [
        "## Beside other tools",
        "",
        "Other tools for one of the tasks, run by `make bench` (after `make peers`) on the same texts in the same run",
        "as Dragoman's part for that task, and scored by the same scorer. The texts are dealt into three rounds; in",
        "each, one tool runs after the other. Seconds leave out loading; *ratio* is the median round's CPU seconds to",
        "those of Dragoman's part alone. The full reading is timed on the first round's texts, a third. `, direct` has",
        "only the quotations that begin with a quotation mark, in gold and in what was found. What Dragoman's author",
        "has seen of these sets stands above: its errors in them were looked at. None of these tools is part of",
        "Dragoman or comes with it.",
        "",
    ]  # fmt: skip
    by_name = {peer.name: peer for peer in PEERS}
    for contest in contests:
        told += _contest(by_name[contest.peer], contest, table)
    return [
        *told,
        "### What could not be run beside it",
        "",
        "`make bench` ran on a machine that reaches the packages of PyPI, Debian and npm, and nothing else.",
        "",
        *table(["tool", "for", "what stopped it"], [list(row) for row in NOT_HERE]),
        "",
    ]


def _contest(peer: Peer, contest: Contest, table: Table) -> list[str]:
    shown = SHOWN[peer.part]
    good = [
        [name, title, *(_figure(peer, title, figure, own[figure]) for figure in shown)]
        for name, figures in contest.figures.items()
        for title, own in figures.items()
    ]
    fast = [
        [title, f"{s.characters:,}", f"{s.cpu:.1f}", f"{s.wall:.1f}", f"{s.characters / max(s.cpu, 0.01):,.0f}",
         f"{s.ratio:.2f}"]
        for title, s in contest.speed.items()
    ]  # fmt: skip
    return [
        f"### {peer.title}: {peer.part}",
        "",
        *table(
            [peer.title, ""],
            [
                ["version", numbers(contest)], ["licence", peer.licence], ["made for", peer.made_for],
                ["settings", peer.settings], ["texts", texts(contest)], ["machine", contest.machine],
            ],
        ),
        "",
        *table(["set", "tool", *shown.values()], good),
        "",
        *table(["tool", "characters", "CPU s", "wall s", "characters per CPU s", "ratio"], fast),
        "",
    ]  # fmt: skip


def _figure(peer: Peer, title: str, figure: str, value: float) -> str:
    """Return VALUE, or a dash where the tool does not try."""
    return "–" if figure in peer.untried and title == peer.title else f"{value:.1f}"
