"""Train on CIFAR-100 with any schedule: ``python -m lrdoc.practice --help``.

One module per reason to change:

- the schedule: ``constructor`` (code becomes a schedule, here alone), ``plan`` (laid over a training), ``graph_rates`` (what Graph mode makes of it), ``mistakes`` with ``parts`` and ``course`` (what looks wrong), ``equality`` (the same, however it is spelled), ``preview`` and ``terminal`` (the dry run);
- what is fed: ``data``, ``tiny``, ``batches``, ``augment``, ``loader``;
- a training: ``model``, ``small``, ``modes`` (eager and Graph), ``accumulation``, ``ema``, ``precision``, ``processes`` and ``rendezvous`` (several of them), and ``loop``, which puts them together;
- what it leaves: ``claim`` (the folder is its own), ``record`` (what it was), ``metrics``, ``events``, ``checkpoint``, ``resuming``, ``progress`` (what it prints);
- the program: ``options`` (the command line), ``inputs``, ``refusal``, ``program``; ``compare`` with ``paired`` (several schedules), ``range_test``.
"""
