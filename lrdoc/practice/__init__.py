"""Train on CIFAR-100 with any schedule: ``python -m lrdoc.practice --help``.

One module per reason to change: ``options`` (the command line), ``constructor`` (constructor code), ``plan`` (a schedule laid over a training), ``mistakes`` and ``preview`` (the dry run), ``data``, ``batches`` and ``augment`` (what is fed), ``model``, ``modes`` (eager and Graph), ``processes`` (several of them), ``checkpoint``, ``metrics``, and ``loop``, which puts them together.
"""
