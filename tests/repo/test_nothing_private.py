"""No address of a package registry, no path of somebody's machine and no secret stands in the repository."""

import re

import pytest

from tests.repo.tree import files, name

# Each pattern is written so that it does not match its own line.
REGISTRIES = r"py[p]i\.(org|python)|python[h]osted|npm[j]s|un[p]kg|js[d]elivr|cdn[j]s|gh[c]r\.io|docker[.]io|qu[a]y\.io"
MACHINES = r"(?<![\w.:}])/(t[m]p|wo[r]k|ro[o]t|ho[m]e|Us[e]rs|va[r]/folders)/[\w.]"
SECRETS = r"BEGIN [A-Z ]*PRIV[A]TE KEY|\bAK[I]A[0-9A-Z]{16}\b|\bgh[p]_[A-Za-z0-9]{30,}|\bxox[b]-\d+"
PATTERNS = {"a package registry": REGISTRIES, "a machine's path": MACHINES, "a secret": SECRETS}


@pytest.mark.parametrize("what", PATTERNS)
def test_no_file_names(what):
    pattern = re.compile(PATTERNS[what])
    found = []
    for path in files():
        text = path.read_text("utf-8", errors="replace")
        found += [f"{name(path)}: {match.group()}" for match in pattern.finditer(text)]
    assert found == []


@pytest.mark.parametrize(
    ("what", "text"),
    [
        ("a package registry", "https://" + "py" + "pi.org/simple"),
        ("a machine's path", "open('/" + "tmp/x')"),
        ("a machine's path", "cd /" + "home/ada"),
        ("a secret", "-----BEGIN RSA " + "PRIVATE KEY-----"),
    ],
)
def test_the_search_finds(what, text):
    assert re.search(PATTERNS[what], text)
