"""Which findings are silenced, and which suppressions are of no use."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence, Set
from dataclasses import dataclass

from postcheck.draft import Draft, Span
from postcheck.finding import Finding, Suppressed, SuppressedBy, Unused
from postcheck.spans import SpanIndex
from postcheck.suppression.suppression import Source, Suppression
from postcheck.yaml_source import did_you_mean

_ACCOUNTABLE = {SuppressedBy.INLINE, SuppressedBy.SIDECAR, SuppressedBy.BASELINE}
"""What is written for one file, so that a check of that file tells whether it's of use."""

_NAMES = {
    SuppressedBy.INLINE: "this ignore",
    SuppressedBy.SIDECAR: "this ignore",
    SuppressedBy.ALLOWED: "this entry",
    SuppressedBy.BASELINE: "this entry",
}
_WAYS_OUT = {
    SuppressedBy.INLINE: "take it out: postcheck fix does so",
    SuppressedBy.SIDECAR: "take it out",
    SuppressedBy.BASELINE: "take it out: postcheck baseline prune does so",
}


class _Lookup:
    """The suppressions of one source for a draft, by what they are about."""

    def __init__(self, every: Iterable[Suppression]) -> None:
        self.every = tuple(every)
        self.source = every
        self.weighed = ""
        self._fingerprints: defaultdict[str, list[int]] = defaultdict(list)
        self._others: list[int] = []
        placed: list[tuple[Span, int]] = []
        for number, each in enumerate(self.every):
            if each.fingerprint is not None:
                self._fingerprints[each.fingerprint].append(number)
            elif each.where is not None:
                placed.append((each.where, number))
            else:
                self._others.append(number)
        self._placed = sorted(placed)
        self._index = SpanIndex([span for span, _ in self._placed])

    def concerning(self, finding: Finding) -> Iterator[Suppression]:
        """Those that may be about a finding, in the order in which they are written."""
        placed = (self._placed[at][1] for at in self._index.touching(finding.span))
        numbers = (*self._fingerprints.get(finding.fingerprint, ()), *placed, *self._others)
        return (self.every[number] for number in sorted(numbers))


@dataclass(frozen=True, slots=True)
class Silenced:
    """The findings in a draft that stay, and those that don't."""

    kept: tuple[Finding, ...]
    suppressed: tuple[Suppressed, ...]


class Silencer:
    """Silences findings in the drafts of one check, and remembers what was of use.

    `known` are the ids of all rules and packs. The findings of `firm` rules can't be silenced,
    except on lines that haven't changed. `asked` tells the ids of the rules, and of whole packs, that
    a draft was checked by.
    """

    def __init__(
        self,
        sources: Sequence[Source],
        known: Collection[str],
        firm: Collection[str],
        asked: Callable[[Draft], Set[str]],
    ) -> None:
        self._sources = sources
        self._known = {*known}
        self._firm = {*firm}
        self._asked = asked
        self._lookups = [_Lookup(()) for _ in self._sources]
        self._used: set[Suppression] = set()
        self._doubtful: dict[Suppression, None] = {}

    def silence(self, draft: Draft, findings: Iterable[Finding]) -> Silenced:
        """What is silenced of a draft's findings. Raises `PostcheckError` if a source can't be read."""
        self._lookups = [self._lookup(*each, draft) for each in zip(self._sources, self._lookups, strict=True)]
        if not any(lookup.every for lookup in self._lookups):
            return Silenced(tuple(findings), ())
        kept: list[Finding] = []
        suppressed: list[Suppressed] = []
        for finding in findings:
            concerning = (each for lookup in self._lookups for each in lookup.concerning(finding))
            silencing = [each for each in concerning if self._silences(each, draft, finding)]
            self._used.update(silencing)
            if silencing:
                suppressed.append(Suppressed(finding, silencing[0].by, silencing[0].path, silencing[0].line))
            else:
                kept.append(finding)
        self._weigh(draft)
        return Silenced(tuple(kept), tuple(suppressed))

    def _lookup(self, source: Source, last: _Lookup, draft: Draft) -> _Lookup:
        """What a source says of a draft: most say the same of all drafts of a file."""
        found = source(draft)
        return last if found is last.source else _Lookup(found)

    def _weigh(self, draft: Draft) -> None:
        """Note what must be of use in a draft's file."""
        asked = self._asked(draft)
        for lookup in self._lookups:
            if lookup.weighed != draft.path:
                lookup.weighed = draft.path
                self._doubtful |= {each: None for each in lookup.every if each.rules <= asked or self._wrong(each)}

    def useless(self) -> Iterator[Unused]:
        """What is wrong with the suppressions that silenced nothing, although their rules were asked."""
        for each in self._doubtful:
            if each in self._used:
                continue
            wrong = self._wrong(each)
            message, hint = wrong or ("silences nothing", _WAYS_OUT.get(each.by))
            if wrong or each.by in _ACCOUNTABLE:
                what = f"{_NAMES[each.by]} of {', '.join(sorted(each.rules)) or 'no rule'}"
                removable = each.by is SuppressedBy.INLINE and not wrong
                yield Unused(f"{what}: {message}", each.path, each.line, each.column, hint, removable)

    def _silences(self, suppression: Suppression, draft: Draft, finding: Finding) -> bool:
        firm = finding.rule in self._firm and suppression.by is not SuppressedBy.UNCHANGED
        return not suppression.flaw and not firm and suppression.concerns(finding) and suppression.holds(draft, finding)

    def _wrong(self, suppression: Suppression) -> tuple[str, str] | None:
        """Why a suppression can silence nothing, whatever is found, and the way out."""
        unknown = suppression.rules - self._known
        if suppression.flaw:
            return suppression.flaw, "mend it, or take it out"
        if unknown:
            name = min(unknown)
            return f'there is no rule "{name}"', did_you_mean(name, self._known) or "postcheck rules list shows all"
        if suppression.by is not SuppressedBy.UNCHANGED and suppression.rules & self._firm:
            return f"{min(suppression.rules & self._firm)} can't be silenced", "take out what it finds"
        return None
