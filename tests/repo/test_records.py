"""Facts about the models: who stands beside when, and nothing hides in a save."""

import ast

import pytest
from django.apps import apps
from django.db import models

from tests.repo.tree import imports, name, parsed, product_modules

OWN_USER = "the person is the row's own user"
PLAN = "a plan, not an act"
PROGRAM = "the program acts"
WITHOUT_A_PERSON = {
    "accounts.authenticator.confirmed_at": OWN_USER,
    "accounts.authenticator.made_at": OWN_USER,
    "accounts.passkey.added_at": OWN_USER,
    "accounts.passwordlink.expires_at": PLAN,
    "accounts.passwordlink.made_at": "its event says whether the user or a lead asked for it",
    "accounts.passwordlink.spent_at": OWN_USER,
    "accounts.recoverycode.made_at": OWN_USER,
    "accounts.recoverycode.used_at": OWN_USER,
    "accounts.recoverycode.withdrawn_at": OWN_USER,
    "accounts.signin.started_at": OWN_USER,
    "audit.seal.sealed_at": PROGRAM,
    "diary.calendarfeed.ended_at": "the person is the row's own user or patient",
    "diary.calendarfeed.made_at": "the person is the row's own user or patient",
    "diary.visitor.recorded_at": "the visitor is the person",
    "diary.waitingoffer.offered_at": PROGRAM,
    "diary.waitingoffer.settled_at": "its entry's own person settles it, or its time runs out",
    "outbox.answer.answered_at": "the provider answers",
    "outbox.attempt.started_at": PROGRAM,
    "outbox.message.due_at": PLAN,
    "payments.checkout.settled_at": "the provider answers",
    "vault.datakey.made_at": PROGRAM,
    "vault.datakey.retired_at": PROGRAM,
    "work.job.due_at": PLAN,
    "work.job.enqueued_at": PROGRAM,
    "work.job.finished_at": PROGRAM,
}
"""Moments that no person brought about, and who or what did."""

OWN = [model for model in apps.get_models() if model.__module__.startswith("needlework.")]
MOMENTS = [
    f"{model._meta.label_lower}.{field.name}"
    for model in OWN
    for field in model._meta.fields
    if field.name.endswith("_at")
]


@pytest.mark.parametrize("moment", MOMENTS)
def test_every_moment_names_who(moment):
    label, field = moment.rsplit(".", 1)
    names = {other.name for other in apps.get_model(label)._meta.fields}
    who = field.removesuffix("_at") + "_by"
    paired = {who, f"{who}_id", f"{who}_kind"} & names
    assert bool(paired) != (moment in WITHOUT_A_PERSON), f"{moment} needs {who}, or a reason in WITHOUT_A_PERSON"


def test_no_reason_outlives_its_field():
    assert set(WITHOUT_A_PERSON) - set(MOMENTS) == set()


@pytest.mark.parametrize("model", OWN, ids=lambda model: model._meta.label_lower)
def test_keys_are_unguessable_unless_the_model_is_a_log(model):
    key = model._meta.pk
    assert isinstance(key, models.UUIDField | models.BigAutoField | models.OneToOneField)


def test_nothing_happens_behind_a_save():
    hidden = []
    for path in product_modules():
        hidden += [f"{name(path)} imports {one}" for one in imports(path) if is_hidden_work(one)]
        hidden += [
            f"{name(path)} overrides {node.name}" for node in ast.walk(parsed(path)) if overrides_save(path, node)
        ]
    assert hidden == []


def is_hidden_work(imported: str) -> bool:
    """Say whether an import brings signals, model forms or Django's admin; post_migrate alone remakes guards."""
    if imported.startswith("django.db.models.signals"):
        return imported.rpartition(".")[2] not in {"post_migrate", "pre_migrate"}
    return imported.endswith((".ModelForm", ".modelform_factory")) or imported.startswith("django.contrib.admin")


def overrides_save(path, node) -> bool:
    """Say whether a model's save or delete does more than saving and deleting."""
    return (
        "models" in {path.stem, *path.parts} and isinstance(node, ast.FunctionDef) and node.name in {"save", "delete"}
    )
