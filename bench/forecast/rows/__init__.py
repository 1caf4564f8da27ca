"""One module for each part of the table, run in a fresh process of its own on one core.

To add one, write `rows/<name>.py` with a first docstring line that says what is measured and how, and

    def rows() -> Iterator[Row]: ...

`python -m bench.forecast <name>` runs it alone.
"""
