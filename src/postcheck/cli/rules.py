"""`postcheck rules`: list, show and test the rules."""

import json
from pathlib import Path
from typing import Any

import click

from postcheck.cli.loading import load_rulebook
from postcheck.cli.options import model_option, rulebook_options

KINDS = ("phrase", "tokens", "entity", "require", "combine", "remind", "classifier")
"""The kinds of rules, named here so that help needn't load them."""


@click.group()
def rules() -> None:
    """List, show and test the rules."""


@rules.command(name="list")
@rulebook_options
def list_(config_file: Path | None, **given: Any) -> None:
    """List every rule: its name, its severity and what it says; and where each pack comes from."""
    from postcheck.config import configuration

    book = load_rulebook(configuration(given, config_file))
    for file in book.files.packs:
        pack = file.content
        click.echo(f"{click.style(pack.pack, bold=True)}  {pack.about} ({file.origin})")
        for rule in (each for each in book.rules if each.category == pack.pack):
            click.echo(f"  {rule.id:38} {rule.rule.severity:8} {book.organization.fill(rule.rule.message)}")


@rules.command()
@click.argument("rule")
@rulebook_options
def show(rule: str, config_file: Path | None, **given: Any) -> None:
    """Print a rule as it is written."""
    from postcheck.config import configuration

    book = load_rulebook(configuration(given, config_file))
    found = book.rule(rule)
    lines = Path(found.path).read_text(encoding="utf-8").splitlines()[found.line - 1 :]
    indent = len(lines[0]) - len(lines[0].lstrip())
    own = [lines[0]]
    for line in lines[1:]:
        if line.strip() and len(line) - len(line.lstrip()) <= indent:
            break
        own.append(line)
    click.echo(f"# {found.path}:{found.line}")
    click.echo("\n".join(own).rstrip())


@rules.command()
@click.argument("rule", metavar="PACK/RULE")
@click.option("--kind", type=click.Choice(KINDS), default="phrase", show_default=True, help="What the rule looks for.")
@click.option("--folder", type=click.Path(path_type=Path, file_okay=False), help="The folder of your rules.")
@rulebook_options
def new(rule: str, kind: str, folder: Path | None, config_file: Path | None, **given: Any) -> None:
    """Write a new rule for you to fill in, into a folder of your own rules. Never changes what is there."""
    from postcheck.config import configuration
    from postcheck.errors import PostcheckError, Problem
    from postcheck.packs import load
    from postcheck.rulefolders import is_package, shipped_rules
    from postcheck.rulewriting import new_rule
    from postcheck.yaml_source import shown

    settings = configuration(given, config_file).settings
    asked = [Path(each) for each in settings.rules]
    own = [each for each in asked if not is_package(each)]
    if folder is None and len(own) != 1:
        raise PostcheckError(Problem("it isn't said in which folder the rule is to be", hint="name it with --folder"))
    home = folder or own[0]
    known = {each.resolve() for each in (*own, shipped_rules())}
    if home.is_dir() and home.resolve() not in known:
        asked.append(home)
    addition = new_rule(load(asked, settings.organization, [*map(Path, settings.may_silence)]), rule, kind, home)
    try:
        addition.path.parent.mkdir(parents=True, exist_ok=True)
        with addition.path.open("a", encoding="utf-8") as file:
            file.write(addition.text)
    except OSError as error:
        raise PostcheckError(Problem(f"can't be written: {error.strerror}", str(addition.path))) from None
    click.echo(f"wrote {rule} into {shown(addition.path)}, from line {addition.line} on")
    where = "" if home.resolve() in known else f" --rules {home}"
    click.echo(f"Next: write your own in place of every TODO, then run postcheck rules test {rule}{where}.")


@rules.command()
def schema() -> None:
    """Print the JSON Schema of a rule pack, for editors."""
    from postcheck.pack import Pack

    click.echo(json.dumps(Pack.model_json_schema(), indent=2))


@rules.command()
@click.option("--output", type=click.Path(path_type=Path, file_okay=False), required=True, help="The folder for them.")
@rulebook_options
def docs(output: Path, config_file: Path | None, **given: Any) -> None:
    """Write a page on each rule, in Markdown, and an index."""
    from postcheck.config import configuration
    from postcheck.errors import PostcheckError, Problem
    from postcheck.rulepage import pages

    made = pages(load_rulebook(configuration(given, config_file)))
    for name, text in made.items():
        try:
            (output / name).parent.mkdir(parents=True, exist_ok=True)
            (output / name).write_text(text, encoding="utf-8")
        except OSError as error:
            raise PostcheckError(Problem(f"can't be written: {error.strerror}", str(output / name))) from None
    click.echo(f"wrote {len(made)} pages into {output}")


@rules.command(name="test")
@click.argument("names", metavar="[RULE|PACK]...", nargs=-1)
@click.option("--coverage", "covering", is_flag=True, help="Tell what rules look for that no example proves.")
@model_option
@rulebook_options
def test_(names: tuple[str, ...], covering: bool, config_file: Path | None, **given: Any) -> int:
    """Run the examples of rules through the real engine, each clean one against all rules."""
    from postcheck.config import configuration
    from postcheck.reporters.summary import counted
    from postcheck.rulelint import unfinished
    from postcheck.ruletest import run_examples

    configured = configuration(given, config_file)
    book = load_rulebook(configured)
    chosen = book.choose(names)
    waiting = unfinished(book, chosen)
    ready = [rule for rule in chosen if not unfinished(book, [rule])]
    runs = list(run_examples(book, ready, configured.settings.learned))
    wrong = [run.problem for run in runs if run.problem]
    for problem in (*waiting, *wrong):
        click.echo(str(problem), err=True)
    left = f", {counted(len(waiting), 'placeholder')} left" if waiting else ""
    rules, passed = counted(len(chosen), "rule"), counted(len(runs) - len(wrong), "example")
    click.echo(f"{rules}, {passed} passed, {len(wrong)} failed{left}")
    if covering:
        from postcheck.rulecoverage import coverage

        told = coverage(book, ready, configured.settings.learned)
        for problem in told.unproved:
            click.echo(str(problem))
        proved = told.alternatives - len(told.unproved)
        click.echo(f"{proved} of {told.alternatives} alternatives covered ({told.percent:.0f} %)")
    return int(bool(wrong or waiting))


@rules.command()
@click.argument("names", metavar="[RULE|PACK]...", nargs=-1)
@rulebook_options
def lint(names: tuple[str, ...], config_file: Path | None, **given: Any) -> int:
    """Tell what is unwise in rules: an error that names no office, a phrase that another covers ...

    What only shows with all rules at hand, such as a term list that nothing uses, is told where
    no rule or pack is named.
    """
    from postcheck.config import configuration
    from postcheck.reporters.summary import counted
    from postcheck.rulelint import lint_book, lint_rules

    book = load_rulebook(configuration(given, config_file))
    chosen = book.choose(names)
    found = [*lint_rules(book, chosen), *(() if names else lint_book(book))]
    for problem in found:
        click.echo(str(problem), err=True)
    click.echo(f"{counted(len(chosen), 'rule')}, {counted(len(found), 'remark')}")
    return int(bool(found))
