"""What others wrote is listed with its licence and checksum, and the list holds nothing else."""

import tomllib
from hashlib import sha256
from pathlib import PurePosixPath

import pytest

from tests.repo.tree import PRODUCT, name

PACKAGES = tomllib.loads((PRODUCT / "vendored.toml").read_text("utf-8"))["package"]
LISTED = {PRODUCT / path: checksum for package in PACKAGES for path, checksum in package["files"].items()}
FOLDERS = ("vendor", "imaging/weights")
BINARY = {".woff2", ".woff", ".ttf", ".png", ".jpg", ".tflite"}


def test_every_vendored_file_is_listed():
    vendored = {path for folder in FOLDERS for path in PRODUCT.rglob(f"{folder}/**/*") if path.is_file()}
    assert {name(path) for path in vendored ^ set(LISTED)} == set()


@pytest.mark.parametrize("path", sorted(LISTED), ids=name)
def test_a_listed_file_is_the_one_that_was_taken_over(path):
    assert sha256(path.read_bytes()).hexdigest() == LISTED[path]


@pytest.mark.parametrize("package", PACKAGES, ids=lambda package: package["name"])
def test_a_package_names_its_version_licence_and_source(package):
    assert set(package) == {"name", "version", "licence", "source", "files"}
    assert package["licence"] in {"0BSD", "Apache-2.0", "OFL-1.1"}
    folders = {PurePosixPath(path).parent for path in package["files"]}
    assert {f"{folder}/LICENCE" for folder in folders} <= set(package["files"])


def test_nothing_that_others_drew_or_compiled_lies_elsewhere():
    strays = [name(path) for path in PRODUCT.rglob("*") if path.suffix in BINARY and path not in LISTED]
    assert strays == []


def test_scripts_of_our_own_are_short():
    own = [path for path in PRODUCT.rglob("static/**/*.js") if path not in LISTED]
    assert {name(path) for path in own if len(path.read_text("utf-8").splitlines()) >= 80} == set()
    assert len(own) >= 2
