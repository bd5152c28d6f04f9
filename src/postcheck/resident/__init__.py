"""A resident postcheck: a process of this user that has loaded the rules and the models, and checks at once.

Each check is an ordinary run of the command line in a process of its own, forked for it. It gets
the arguments, the environment, the folder and the standard streams of the process that asks, and it
ends when it has answered: the process that stays never sees a draft.

    client (postcheck check)             the process that was forked for it
      what it is, see `place.likeness` ->
                                         <- ACCEPTED, or the end
      arguments, environment, streams  ->
                                         <- USED, before a standard stream is first read or written
                                         <- the exit code

Who asks and gets no answer checks by itself. This package has no part in what a check says.
"""
