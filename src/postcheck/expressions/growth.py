"""Whether the time that an expression takes may grow faster than the text.

An engine that backtracks tries every way in which an expression can match a part of a text, from
every place on, until one leads to a match. That takes time in proportion to the text exactly if
the number of ways to any place in it is limited. It isn't, if there are two repetitions without
end, or one and the search for a beginning, so that the same text leads around the first, from
the first to the second, and around the second: each time that this text is repeated, there is a
further place to change over (Weber and Seidl, "On the degree of ambiguity of finite automata",
1991; Weideman, van der Merwe, Berglund and Watson, "Analyzing matching time behavior of
backtracking regular expression matchers by using ambiguity of NFA", 2016).

What is asked here is a little stricter: a look-around of several characters counts for one of
them alone, so an expression may be taken for one that runs away although it isn't. What passes is
steady, as far as the characters that stand for their kind in `automaton` tell all others. How
large the limit is, isn't told: a repetition of up to 200 characters may take 200 steps for each;
only a part of several characters that may be repeated more than three times counts as endless
where repetitions stand within each other. Nor is what the engine does between its own steps.
"""

from collections import deque
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import permutations
from typing import TypeAlias, TypeVar

from postcheck.expressions.automaton import WHOLE, Automaton, Step, automaton
from postcheck.expressions.syntax import Compiled, UnknownSyntaxError, tree, without_end

_SEARCH = -1
"""In place of a position: a match that has yet to begin."""

_Node = TypeVar("_Node", bound=Hashable)
_Pair: TypeAlias = tuple[int, int, int]
_Triple: TypeAlias = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Runaway:
    """Why an expression may take more time for each character, the longer a text is.

    A text that holds `pump` over and over again shows it, unless that is empty.
    """

    reason: str
    pump: str = ""


@lru_cache(maxsize=4096)
def runaway(pattern: Compiled) -> Runaway | None:
    """What makes an expression run away, if anything does. One that isn't understood is told as such."""
    try:
        expression = tree(pattern)
        found = automaton(pattern, expression)
    except UnknownSyntaxError as error:
        return Runaway(f'"{error}" can\'t be judged')
    if found.unbounded_behind:
        return Runaway("it looks behind without a limit")
    search, endless = _Search(found), without_end(expression)
    nesting = search if endless == expression else _Search(automaton(pattern, endless))
    return nesting.nested() or search.runaway()


class _Search:
    """Looks for a text that an automaton can take in ever more ways."""

    def __init__(self, found: Automaton) -> None:
        self._automaton = found
        self._group = self._groups()
        self._made: dict[tuple[int, int, int], list[Step]] = {}
        self._within_reach: dict[tuple[int, int], frozenset[int]] = {}
        self._kinds = range(len(found.kinds))
        self._steps = [[*self._possible(at, steps)] for at, steps in enumerate(found.steps)]
        self._loops = [loop for loop in _components(self._steps) if self._turns(loop)]
        self._loop_of = {at: number for number, loop in enumerate(self._loops) for at in loop}

    def nested(self) -> Runaway | None:
        """A repetition that a text leads through in ever more ways, each of which leads on."""
        for loop in self._loops:
            if pump := self._two_ways(loop):
                return Runaway("there are many ways to part a text among repetitions within each other", pump)
        return None

    def runaway(self) -> Runaway | None:
        """What else makes the automaton run away."""
        for loop in self._loops:
            if pump := self._begins_again(loop):
                return Runaway("a match can begin within the text that an earlier try has already run through", pump)
        for first, second in permutations(self._loops, 2):
            if pump := self._changes_over(first, second):
                return Runaway("there are many ways to part a text between two repetitions", pump)
        return None

    # Three kinds of ambiguity.

    def _two_ways(self, loop: frozenset[int]) -> str:
        """A text that leads from a position of a loop to itself in two ways."""

        def steps(at: _Pair) -> Iterator[tuple[_Pair, int]]:
            one, other, group = at
            for kind, a in self._taken(one, group, loop):
                for b in self._by_kind(other, group, kind):
                    if b.to in loop:
                        yield (a.to, b.to, self._group[kind]), kind

        for start in loop:
            for group in self._groups_behind(start):
                for kind, step in self._taken(start, group, loop):
                    again = [s for s in self._by_kind(start, group, kind) if s.to in loop and s is not step]
                    apart = [(step.to, s.to, self._group[kind]) for s in again]
                    apart += [(step.to, step.to, self._group[kind])] if step.twice else []
                    goal = (start, start, group)
                    for each in apart:
                        if each == goal:
                            return self._automaton.kinds[kind]
                        pump = _path(each, steps, goal)
                        if pump is not None:
                            return self._said([kind, *pump])
        return ""

    def _begins_again(self, loop: frozenset[int]) -> str:
        """A text that leads around a loop, and from the beginning of a match to the same place."""

        def steps(at: _Pair) -> Iterator[tuple[_Pair, int]]:
            one, other, group = at
            for kind, b in self._unended(other, group, WHOLE):
                if one == _SEARCH:
                    yield (_SEARCH, b.to, self._group[kind]), kind
                for a in self._by_kind(one, group, kind):
                    yield (a.to, b.to, self._group[kind]), kind

        for at in loop & self._reached(_SEARCH, self._alphabet(loop)):
            if self._ends_anyhow(at, WHOLE):
                continue
            for group in self._groups_behind(at):
                pump = _path((_SEARCH, at, group), steps, (at, at, group))
                if pump:
                    return self._said(pump)
        return ""

    def _changes_over(self, first: frozenset[int], second: frozenset[int]) -> str:
        """A text that leads around two loops, and from the first to the second."""
        groups = self._automaton.groups
        alphabet = self._alphabet(first) & self._alphabet(second)
        for p in first:
            for q in second & self._reached(p, alphabet):
                if {*groups[p]} <= {*groups[q]} and not self._ends_anyhow(q, groups[p][-1]):
                    steps = partial(self._over, first, groups[p][-1])
                    for group in self._groups_behind(p):
                        pump = _path((p, p, q, group), steps, (p, q, q, group))
                        if pump:
                            return self._said(pump)
        return ""

    def _over(self, first: frozenset[int], within: int, at: _Triple) -> Iterator[tuple[_Triple, int]]:
        """The steps around a loop, away from it, and around another, taken at once."""
        one, between, other, group = at
        for kind, c in self._unended(other, group, within):
            for a in self._by_kind(one, group, kind):
                if a.to in first:
                    for b in self._by_kind(between, group, kind):
                        yield (a.to, b.to, c.to, self._group[kind]), kind

    # Steps.

    def _groups(self) -> list[int]:
        """For each kind of character (and the beginning of the text) what is alike as far as conditions look back."""
        every = {s.where for steps in (*self._automaton.steps, self._automaton.beginning) for s in steps}
        every |= {where for ends in self._automaton.ends for where in ends.values()}
        rows = [tuple(where[at] for where in every) for at in range(len(self._automaton.kinds) + 1)]
        names = {row: at for at, row in reversed([*enumerate(rows)])}
        return [names[row] for row in rows]

    def _possible(self, at: int, steps: Iterable[Step]) -> Iterator[Step]:
        """The steps that some character before and some after allow."""
        takes = self._automaton.takes
        before = [kind for kind in range(len(self._automaton.kinds)) if takes[at] >> kind & 1]
        for step in steps:
            if any(step.where[kind] & takes[step.to] for kind in before):
                yield step

    def _groups_behind(self, at: int) -> set[int]:
        return {self._group[kind] for kind in _bits(self._automaton.takes[at])}

    def _after(self, at: int) -> Iterable[Step]:
        return self._automaton.beginning if at == _SEARCH else self._steps[at]

    def _taken(self, at: int, group: int, within: frozenset[int]) -> Iterator[tuple[int, Step]]:
        """The characters, by kind, and the steps that can be taken behind a character of a group."""
        for step in self._after(at):
            if step.to in within:
                mask = step.where[group] & self._automaton.takes[step.to]
                yield from ((kind, step) for kind in _bits(mask))

    def _by_kind(self, at: int, group: int, kind: int) -> Sequence[Step]:
        """The steps that a character of a kind makes."""
        key = (at, group, kind)
        if key not in self._made:
            takes = self._automaton.takes
            self._made[key] = [step for step in self._after(at) if step.where[group] & takes[step.to] & 1 << kind]
        return self._made[key]

    def _reached(self, start: int, alphabet: int) -> frozenset[int]:
        """The positions that a text of an alphabet may lead to, at most."""
        key = (start, alphabet)
        if key not in self._within_reach:
            found, waiting = set[int](), [start]
            while waiting:
                for step in self._after(waiting.pop()):
                    if step.to not in found and self._automaton.takes[step.to] & alphabet:
                        found.add(step.to)
                        waiting.append(step.to)
            self._within_reach[key] = frozenset(found)
        return self._within_reach[key]

    def _turns(self, loop: frozenset[int]) -> bool:
        return len(loop) > 1 or any(step.to in loop for at in loop for step in self._steps[at])

    def _alphabet(self, positions: Iterable[int]) -> int:
        mask = 0
        for at in positions:
            mask |= self._automaton.takes[at]
        return mask

    def _ends_anyhow(self, at: int, group: int) -> bool:
        """Whether a group ends behind a position, whatever comes, unless the loop goes on."""
        full = self._automaton.everything * 2 + 1
        loop = self._loops[self._loop_of[at]]
        for kind in self._kinds:
            if self._automaton.takes[at] >> kind & 1:
                goes_on = 0
                for step in self._steps[at]:
                    if step.to in loop:
                        goes_on |= step.where[kind] & self._automaton.takes[step.to]
                if full & ~goes_on & ~self._automaton.ends[at][group][kind]:
                    return False
        return True

    def _unended(self, at: int, group: int, within: int) -> Iterator[tuple[int, Step]]:
        """The steps around a loop where the part `within` can't end: whoever can end there finds something."""
        ended = self._automaton.ends[at][within][group]
        loop = self._loops[self._loop_of[at]]
        return ((kind, step) for kind, step in self._taken(at, group, loop) if not ended >> kind & 1)

    def _said(self, kinds: Iterable[int]) -> str:
        return "".join(self._automaton.kinds[kind] for kind in kinds)


@lru_cache(maxsize=65536)
def _bits(mask: int) -> tuple[int, ...]:
    return tuple(at for at in range(mask.bit_length()) if mask >> at & 1)


def _path(start: _Node, steps: Callable[[_Node], Iterator[tuple[_Node, int]]], goal: _Node) -> list[int] | None:
    """The kinds of characters on a shortest way of at least one step; `None` if there is no way."""
    came: dict[_Node, tuple[_Node, int]] = {}
    waiting = deque([start])
    while waiting:
        at = waiting.popleft()
        for to, kind in steps(at):
            if to in came:
                continue
            came[to] = (at, kind)
            if to == goal:
                return [*_back(came, start, goal)][::-1]
            waiting.append(to)
    return None


def _back(came: dict[_Node, tuple[_Node, int]], start: _Node, goal: _Node) -> Iterator[int]:
    at = goal
    while True:
        at, kind = came[at]
        yield kind
        if at == start:
            return


def _components(steps: list[list[Step]]) -> list[frozenset[int]]:
    """The strongly connected components (Tarjan 1972), without recursion."""
    index: dict[int, int] = {}
    low: dict[int, int] = {}
    stack: list[int] = []
    held: set[int] = set()
    found: list[frozenset[int]] = []
    for root in range(len(steps)):
        if root in index:
            continue
        work = [(root, iter(steps[root]))]
        index[root] = low[root] = len(index)
        stack.append(root)
        held.add(root)
        while work:
            at, following = work[-1]
            for step in following:
                if step.to not in index:
                    index[step.to] = low[step.to] = len(index)
                    stack.append(step.to)
                    held.add(step.to)
                    work.append((step.to, iter(steps[step.to])))
                    break
                if step.to in held:
                    low[at] = min(low[at], index[step.to])
            else:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[at])
                if low[at] == index[at]:
                    members = set()
                    while True:
                        member = stack.pop()
                        held.discard(member)
                        members.add(member)
                        if member == at:
                            break
                    found.append(frozenset(members))
    return found
