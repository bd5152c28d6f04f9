"""Rule packs: YAML files into rules that are known to be sound."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from postcheck.analysis import Analysis
from postcheck.errors import PostcheckError, Problem
from postcheck.evaluation import Search, Vocabulary, merged
from postcheck.finding import Severity
from postcheck.kinds import KINDS, Judge
from postcheck.lexicon import Lexicon, TermFile, TermList
from postcheck.organization import Organization
from postcheck.pack import Pack, Recognizers
from postcheck.rule import Fix, Match, Rule
from postcheck.soundness import circular_rules, pack_problems
from postcheck.yaml_source import YamlSource, did_you_mean, read_yaml, shown, validated

RECOGNIZERS = "recognizers.yaml"


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

    `judges` holds by a rule's id where it fires in a draft, found at most once for each draft.
    """

    packs: tuple[Pack, ...]
    rules: tuple[PackRule, ...]
    vocabulary: Vocabulary
    organization: Organization
    recognizers: tuple[dict[str, Any], ...] = field(repr=False)
    judges: Mapping[str, Judge] = field(repr=False)
    no_names: tuple[str, ...] = ()

    def choose(self, select: Iterable[str] = (), ignore: Iterable[str] = ()) -> tuple[PackRule, ...]:
        """The rules that `select` names (all, if it names none) without those that `ignore` names.

        Both name rules or packs. Raises `PostcheckError` for a name that there is not.
        """
        select, ignore = tuple(select), tuple(ignore)
        known = {rule.id for rule in self.rules} | {pack.pack for pack in self.packs}
        unknown = [name for name in (*select, *ignore) if name not in known]
        if unknown:
            raise PostcheckError(
                *(Problem(f'there is no rule or pack "{n}"', hint=did_you_mean(n, known)) for n in unknown)
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


def shipped_rules() -> Path:
    """The folder of the rules that come with postcheck."""
    installed = Path(__file__).parent / "rules"
    return installed if installed.is_dir() else Path(__file__).parents[2] / "rules"


def load(folders: Sequence[Path] = (), organization: str | None = None) -> Rulebook:
    """Read the shipped rules and those in `folders`, for an organization or the default one.

    Raises `PostcheckError` with all that is wrong.
    """
    every = (shipped_rules(), *folders)
    problems: list[Problem] = []

    def sound(model: type[Any], path: Path) -> tuple[YamlSource, Any] | None:
        try:
            source = read_yaml(path)
            return source, validated(model, source)
        except PostcheckError as error:
            problems.extend(error.problems)
            return None

    for folder in every:
        if not folder.is_dir():
            problems.append(Problem("there is no such folder of rules", shown(folder)))
    pack_paths = [p for folder in every for p in sorted(folder.glob("*.yaml")) if p.name != RECOGNIZERS]
    term_paths = [path for folder in every for path in sorted((folder / "terms").glob("*.yaml"))]
    recognizer_paths = [path for folder in every if (path := folder / RECOGNIZERS).is_file()]
    packs = [read for path in pack_paths if (read := sound(Pack, path))]
    term_files = [read for path in term_paths if (read := sound(TermFile, path))]
    recognizers = [read for path in recognizer_paths if (read := sound(Recognizers, path))]
    profile = _profile(every, organization, sound)
    if problems or profile is None:
        raise PostcheckError(*(problems or [Problem("no organization profile says default: true")]))

    vocabularies = [(source, ("terms",), file.terms) for source, file in term_files]
    vocabularies.append((profile[0], ("terms",), profile[1].terms))
    lists: dict[str, TermList] = {}
    for source, at, terms in vocabularies:
        for name in terms:
            if name in lists:
                problems.append(source.problem((*at, name), f'there are two term lists "{name}"'))
        lists |= terms
    names = [pack.pack for _, pack in packs]
    problems += [s.problem(("pack",), f'there are two packs "{p.pack}"') for s, p in packs if names.count(p.pack) > 1]
    signals = {pack.pack: pack.signals for _, pack in packs}
    rules = tuple(_pack_rules(packs))
    fires: dict[str, Search] = {}
    vocabulary = Vocabulary(Lexicon(lists), signals, pack="", rules=fires)
    judges = dict(_judges(rules, vocabulary))
    fires.update((name, _places(judge)) for name, judge in judges.items())
    book = Rulebook(
        tuple(pack for _, pack in packs),
        rules,
        vocabulary,
        profile[1],
        tuple(r for _, file in recognizers for r in file.expanded()) + profile[1].recognizers,
        judges,
        tuple(name for _, file in recognizers for name in file.no_names),
    )
    homes = {name: (source, at) for source, at, terms in vocabularies for name in terms}
    for entry, message in book.vocabulary.lexicon.problems():
        source, at = homes[entry[0]]
        problems.append(source.problem((*at, *entry), message))
    for source, file in recognizers:
        for index, name in enumerate(file.no_names):
            if name not in lists:
                problems.append(source.problem(("no_names", index), f'there is no term list "{name}"'))
    for source, pack in packs:
        problems += pack_problems(source, pack, book.vocabulary.of(pack.pack), book.organization)
    if not problems:
        circular = {*circular_rules(book.packs, book.vocabulary)}
        problems += [
            Problem(f'the rule "{r.id}" asks whether it fires itself', r.path, r.line)
            for r in book.rules
            if r.id in circular
        ]
    ids = [rule.id for rule in book.rules]
    problems += [Problem(f'there are two rules "{r.id}"', r.path, r.line) for r in book.rules if ids.count(r.id) > 1]
    if problems:
        raise PostcheckError(*problems)
    return book


def _profile(folders: Sequence[Path], name: str | None, sound: Any) -> tuple[YamlSource, Organization] | None:
    """The profile of that name, else the default one: that of the last folder which has one."""
    profiles = {path.stem: path for folder in folders for path in sorted((folder / "organizations").glob("*.yaml"))}
    if name is None:
        read = (sound(Organization, path) for path in reversed(profiles.values()))
        return next((each for each in read if each and each[1].default), None)
    if name not in profiles:
        known = ", ".join(sorted(profiles))
        raise PostcheckError(Problem(f'there is no organization profile "{name}"', hint=f"there are: {known}"))
    read_one: tuple[YamlSource, Organization] | None = sound(Organization, profiles[name])
    return read_one


def _judges(rules: Iterable[PackRule], vocabulary: Vocabulary) -> Iterator[tuple[str, Judge]]:
    """Where each rule fires, compiled when it is first asked for: by the checker or by another rule."""

    def judged(rule: PackRule) -> Judge:
        compiled = cache(lambda: KINDS[rule.rule.kind].compile(rule.rule, vocabulary.of(rule.category)))

        def found(analysis: Analysis) -> tuple[Match, ...]:
            matches = tuple(compiled()(analysis)) if rule.rule.concerns(analysis.draft) else ()
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


def _pack_rules(packs: Iterable[tuple[YamlSource, Pack]]) -> Iterator[PackRule]:
    for source, pack in packs:
        for index, rule in enumerate(pack.rules):
            line, _ = source.places.get(("rules", index), (1, 1))
            fix = rule.fix or (None if rule.learned else pack.fix)
            yield PackRule(f"{pack.pack}/{rule.id}", pack.pack, rule, pack.doubt, fix, source.path, line)
