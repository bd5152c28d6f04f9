"""Rule packs: YAML files into rules that are known to be sound."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path

from postcheck.analysis import Analysis
from postcheck.cachefolder import Keep, keep_nothing
from postcheck.channel import Channel
from postcheck.errors import PostcheckError, Problem
from postcheck.evaluation import Search, Vocabulary, merged
from postcheck.finding import Severity
from postcheck.foreign import silencing, too_slow
from postcheck.kinds import KINDS, Judge
from postcheck.kinds.operators import promising
from postcheck.lexicon import Lexicon
from postcheck.organization import Organization
from postcheck.pack import Pack
from postcheck.recognizer import Definition
from postcheck.rule import Fix, Match, Rule
from postcheck.rulecache import RuleCache
from postcheck.rulefiles import RuleFile, RuleFiles, read
from postcheck.rulefolders import SHIPPED, RuleFolder, rule_folders, shipped_rules
from postcheck.soundness import circular_rules, file_problems
from postcheck.timelimit import time_limit
from postcheck.yaml_source import did_you_mean

SECONDS, SECONDS_A_CHARACTER = 10.0, 0.00005
"""How long a rule may take for a draft, many times of what any needs. One that takes longer has failed."""


@dataclass(frozen=True, slots=True)
class PackRule:
    """A rule in its pack. `id` is `pack/rule`, permanent; `path` and `line` are where it is written.

    `doubt` is the pack's, and so is `fix` if the rule has none of its own.
    """

    id: str
    category: str
    rule: Rule
    doubt: float
    fix: Fix | None
    path: str
    line: int


@dataclass(frozen=True)
class Rulebook:
    """All packs, the words that they share, and the institution that they speak for.

    `files` is where all of it is written. `judges` holds by a rule's id where it fires in a draft,
    found at most once for each draft. `keep` keeps what is made of the files,
    and `digest` tells the book from any other.
    """

    files: RuleFiles = field(repr=False)
    keep: Keep = field(repr=False)
    digest: str
    packs: tuple[Pack, ...]
    rules: tuple[PackRule, ...]
    vocabulary: Vocabulary
    organization: Organization
    recognizers: tuple[Definition, ...] = field(repr=False)
    channels: Mapping[str, Channel] = field(repr=False)
    judges: Mapping[str, Judge] = field(repr=False)
    no_names: tuple[str, ...] = ()

    @cached_property
    def names(self) -> frozenset[str]:
        """The ids of all rules and packs."""
        return frozenset((*(rule.id for rule in self.rules), *(pack.pack for pack in self.packs)))

    @cached_property
    def firm(self) -> frozenset[str]:
        """The ids of the rules whose findings can't be silenced."""
        return frozenset(rule.id for rule in self.rules if rule.rule.suppression == "none")

    def choose(self, select: Iterable[str] = (), ignore: Iterable[str] = ()) -> tuple[PackRule, ...]:
        """The rules that `select` names (all, if it names none) without those that `ignore` names.

        Both name rules or packs. Raises `PostcheckError` for a name that there is not.
        """
        select, ignore = tuple(select), tuple(ignore)
        unknown = [name for name in (*select, *ignore) if name not in self.names]
        if unknown:
            raise PostcheckError(
                *(Problem(f'there is no rule or pack "{n}"', hint=did_you_mean(n, {*self.names})) for n in unknown)
            )
        return tuple(
            rule
            for rule in self.rules
            if (not select or {rule.id, rule.category} & {*select}) and not {rule.id, rule.category} & {*ignore}
        )

    def rule(self, name: str) -> PackRule:
        """The rule of that id. Raises `PostcheckError` if there is none."""
        chosen = [rule for rule in self.rules if rule.id == name]
        if not chosen:
            hint = did_you_mean(name, {rule.id for rule in self.rules})
            raise PostcheckError(Problem(f'there is no rule "{name}"', hint=hint or "postcheck rules list shows all"))
        return chosen[0]


def load(folders: Sequence[Path] = (), organization: str | None = None, may_silence: Sequence[Path] = ()) -> Rulebook:
    """Read the shipped rules and those in `folders`, for an organization or the default one.

    A folder may be `package:NAME` (see `postcheck.rulefolders`). Those that are in `may_silence`,
    too, may keep the rules of other packs from finding something. Raises `PostcheckError` with
    all that is wrong.
    """
    asked = _folders(folders)
    cache = RuleCache(asked, organization)
    files = cache.made("files", lambda: sound(read(asked, organization)))
    if problems := [*silencing(files, {folder.origin for folder in rule_folders(may_silence)})]:
        raise PostcheckError(*problems)
    return _assembled(files, cache.made, cache.digest)


def digest(folders: Sequence[Path] = (), organization: str | None = None) -> str:
    """What tells the rulebook that would be loaded from any other. Raises `PostcheckError`."""
    return RuleCache(_folders(folders), organization).digest


def _folders(asked: Sequence[Path]) -> tuple[RuleFolder, ...]:
    return RuleFolder(shipped_rules(), SHIPPED), *rule_folders(asked)


def sound(files: RuleFiles) -> RuleFiles:
    """The files, if they make a sound rulebook. Raises `PostcheckError` if not."""
    book = _assembled(files, keep_nothing)
    problems = [*file_problems(files, book.vocabulary)]
    problems += [] if problems else _circular(book)
    problems += _twice(book.rules)
    problems += [] if problems else too_slow(files, book.vocabulary.lexicon)
    if problems:
        raise PostcheckError(*problems)
    return files


def _assembled(files: RuleFiles, keep: Keep, digest: str = "") -> Rulebook:
    """The rulebook that the files make, be it sound or not."""
    rules = tuple(_pack_rules(files.packs))
    profile = files.profile.content
    lists = {name: terms for _, name, terms in files.term_lists()}
    signals = {file.content.pack: file.content.signals for file in files.packs}
    fires: dict[str, Search] = {}
    packs = tuple(file.content for file in files.packs)
    lexicon = Lexicon(lists, _Asked(packs, _phrases), _Asked(packs, _expressions), keep)
    vocabulary = Vocabulary(lexicon, signals, pack="", rules=fires)
    judges = dict(_judges(rules, vocabulary))
    fires.update((name, _places(judge)) for name, judge in judges.items())
    return Rulebook(
        files=files,
        keep=keep,
        digest=digest,
        packs=packs,
        rules=rules,
        vocabulary=vocabulary,
        organization=profile,
        recognizers=tuple(each for _, recognizers in files.all_recognizers() for each in recognizers),
        channels=files.all_channels(),
        judges=judges,
        no_names=tuple(name for file in files.recognizers for name in file.content.no_names),
    )


@dataclass(frozen=True, slots=True)
class _Asked:
    """What packs look for, gathered where it's needed: most runs have kept what is made of it."""

    packs: Sequence[Pack]
    gather: Callable[[Iterable[Pack]], Iterator[str]]

    def __iter__(self) -> Iterator[str]:
        return self.gather(self.packs)


def _phrases(packs: Iterable[Pack]) -> Iterator[str]:
    """The phrases that rules and signals look for."""
    for pack in packs:
        yield from (template for rule in pack.rules for _, template in rule.templates())
        yield from (template for part in pack.parts() for template in part.phrase)


def _expressions(packs: Iterable[Pack]) -> Iterator[str]:
    """The regular expressions that rules and signals look for."""
    for pack in packs:
        yield from (source for rule in pack.rules for source in getattr(rule, "regex", ()))
        yield from (source for part in pack.parts() for source in part.regex)


def _circular(book: Rulebook) -> Iterator[Problem]:
    circular = {*circular_rules(book.packs, book.vocabulary)}
    for rule in book.rules:
        if rule.id in circular:
            yield Problem(f'the rule "{rule.id}" asks whether it fires itself', rule.path, rule.line)


def _twice(rules: Sequence[PackRule]) -> Iterator[Problem]:
    ids = [rule.id for rule in rules]
    for rule in rules:
        if ids.count(rule.id) > 1:
            yield Problem(f'there are two rules "{rule.id}"', rule.path, rule.line)


def _judges(rules: Iterable[PackRule], vocabulary: Vocabulary) -> Iterator[tuple[str, Judge]]:
    """Where each rule fires, compiled when it is first asked for: by the checker or by another rule."""

    def judged(rule: PackRule) -> Judge:
        own = vocabulary.of(rule.category)
        promises = cache(lambda: promising(rule.rule, own))
        compiled = cache(lambda: KINDS[rule.rule.kind].compile(rule.rule, own))

        def found(analysis: Analysis) -> tuple[Match, ...]:
            if not rule.rule.concerns(analysis.draft) or not promises()(analysis):
                return ()
            with time_limit(SECONDS + SECONDS_A_CHARACTER * len(analysis.text)):
                matches = tuple(compiled()(analysis))
            return () if matches and _doubted(rule, analysis) else matches

        return lambda analysis: iter(analysis.once(("rule", rule.id), lambda: found(analysis)))

    return ((rule.id, judged(rule)) for rule in rules)


def _doubted(rule: PackRule, analysis: Analysis) -> bool:
    """Whether the learned model finds what the rule's pack is about too improbable. Reminders aren't doubted."""
    if not rule.doubt or rule.rule.severity is Severity.INFO:
        return False
    opinion = analysis.opinions.get(rule.category)
    return opinion is not None and opinion.probability < rule.doubt


def _places(judge: Judge) -> Search:
    return lambda analysis: merged(match.span for match in judge(analysis))


def _pack_rules(files: Iterable[RuleFile[Pack]]) -> Iterator[PackRule]:
    for file in files:
        pack, source = file.content, file.source
        for index, rule in enumerate(pack.rules):
            line, _ = source.places.get(("rules", index), (1, 1))
            fix = rule.fix or (None if rule.learned else pack.fix)
            yield PackRule(f"{pack.pack}/{rule.id}", pack.pack, rule, pack.doubt, fix, source.path, line)
