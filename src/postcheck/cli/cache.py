"""`postcheck cache`: what is kept between runs."""

import click


@click.group()
def cache() -> None:
    """What is kept between runs, so that drafts that haven't changed needn't be judged again.

    It holds no draft text, and nothing that text could be found out from.
    """


@cache.command()
def clear() -> None:
    """Forget what is kept: the results of earlier checks, and the rules as they were read."""
    from postcheck import resultcache, rulecache
    from postcheck.cachefolder import cache_folder
    from postcheck.errors import PostcheckError, Problem

    folder = cache_folder()
    try:
        resultcache.clear()
        rulecache.clear()
    except OSError as error:
        raise PostcheckError(Problem(f"can't be cleared: {error.strerror}", str(folder))) from None
    click.echo(f"Cleared {folder}")
