"""A baseline: what was found before, and is put up with.

It holds no text, and nothing that an identifier could be recovered from: see `fingerprint`.
"""

import json
import os
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from postcheck.draft import Draft
from postcheck.finding import Finding, Report, SuppressedBy
from postcheck.model import Model
from postcheck.suppression.suppression import Holds, Source, Suppression
from postcheck.yaml_source import read_yaml, validated

SCHEMA = "postcheck/baseline/v1"
FILE_NAME = ".postcheck-baseline.json"


class Verdict(StrEnum):
    """What somebody who looked at a finding says of it. A violation is found again until it is mended."""

    ACCEPTED = "accepted"
    FALSE_ALARM = "false-alarm"
    VIOLATION = "violation"


class Entry(Model):
    """A finding. `path` is relative to the baseline's folder, with slashes."""

    path: str
    rule: str
    fingerprint: str
    verdict: Verdict | None = None
    reason: str | None = None

    @property
    def key(self) -> tuple[str, str, str]:
        """What makes it this entry, whatever the verdict."""
        return self.path, self.rule, self.fingerprint


class _File(Model):
    name: Annotated[Literal["postcheck/baseline/v1"], Field(alias="schema")]
    findings: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Baseline:
    """The entries of a file, in order of their paths, rules and fingerprints."""

    path: Path
    entries: tuple[Entry, ...] = ()
    lines: tuple[int, ...] = ()

    @classmethod
    def read(cls, path: Path) -> "Baseline":
        """The baseline in a file. Raises `PostcheckError` if there is none, or it isn't sound."""
        source = read_yaml(path)  # JSON is YAML, and so has places
        entries = validated(_File, source).findings
        lines = tuple(source.places.get(("findings", at), (1, 1))[0] for at in range(len(entries)))
        return cls(path, entries, lines)

    def source(self) -> Source:
        """What it silences: everything but what somebody called a violation."""
        by_path: dict[str, list[Suppression]] = {}
        for entry, line in zip(self.entries, self.lines, strict=True):
            if entry.verdict is not Verdict.VIOLATION:
                by_path.setdefault(entry.path, []).append(_suppression(entry, str(self.path), line))
        found = {path: tuple(suppressions) for path, suppressions in by_path.items()}
        return lambda draft: found.get(self.name(draft), ())

    def files(self) -> tuple[Path, ...]:
        """The files that entries name and that are still there."""
        paths = (self.path.parent / name for name in sorted({entry.path for entry in self.entries}))
        return tuple(path for path in paths if path.is_file())

    def name(self, draft: Draft) -> str:
        """A draft's file as the entries name it."""
        return Path(os.path.relpath(draft.path, self.path.parent)).as_posix()

    def entry(self, report: Report, finding: Finding) -> Entry:
        """A finding of a report as an entry."""
        path = self.name(report.drafts[finding.draft])
        return Entry(path=path, rule=finding.rule, fingerprint=finding.fingerprint)

    def keeping(self, entries: Iterable[Entry]) -> "Baseline":
        """A baseline of these entries, each once, with the verdicts that this one holds."""
        verdicts = {entry.key: entry for entry in self.entries}
        kept = {entry.key: verdicts.get(entry.key, entry) for entry in entries}
        return replace(self, entries=tuple(kept[key] for key in sorted(kept)), lines=())

    def judged(self, entry: Entry, verdict: Verdict, reason: str | None) -> "Baseline":
        """The baseline with somebody's verdict on an entry."""
        new = entry.model_copy(update={"verdict": verdict, "reason": reason})
        return replace(self, entries=tuple(new if each == entry else each for each in self.entries))

    def content(self) -> bytes:
        """The file's bytes: an entry a line, so that versions of it can be compared and merged."""
        lines = ",\n".join(f"    {json.dumps(_plain(entry), ensure_ascii=False)}" for entry in self.entries)
        findings = f"[\n{lines}\n  ]" if lines else "[]"
        return f'{{\n  "schema": "{SCHEMA}",\n  "findings": {findings}\n}}\n'.encode()


def _plain(entry: Entry) -> dict[str, str]:
    return entry.model_dump(mode="json", exclude_none=True)


def _suppression(entry: Entry, path: str, line: int) -> Suppression:
    rules, same = frozenset({entry.rule}), _same(entry.fingerprint)
    return Suppression(SuppressedBy.BASELINE, rules, same, path, line, fingerprint=entry.fingerprint)


def _same(fingerprint: str) -> Holds:
    return lambda draft, finding: finding.fingerprint == fingerprint
