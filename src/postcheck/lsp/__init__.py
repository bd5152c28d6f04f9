"""The language server: findings in an editor, while a draft is written.

    messages -> Page -> Judged (drafts, findings, what is wrong) -> diagnostics, hovers, actions

The only place that knows pygls. It talks over standard input and output alone, and what it sends
of a draft's text goes into edits of that same draft.
"""
