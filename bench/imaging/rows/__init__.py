"""One module for each figure of the table.

To add one, write `rows/<name>.py` with a first docstring line that says what is measured and how, and

    def rows(work: Work) -> list[Row]: ...

which does its cases by `work(each, items)`: `each` is a function of the module and takes and gives what can be
pickled. Cases come from `people.report()`, their nuisances from `nuisances.visit(nuisances.REPORT, number, shots)`;
priors and limits are fitted elsewhere, on `people.calibration()` and `nuisances.CALIBRATION`. Give a row for `all` and
one for each measured tone group. `python -m bench.imaging <name>` runs it alone.
"""
