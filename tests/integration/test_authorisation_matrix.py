"""Every address of the product, as every kind of person, with every object, by every method: nothing to find."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from needlework.vault import ring
from tests.factories import accounts
from tests.integration.authorisation import world
from tests.integration.authorisation.crawl import Address, World, addresses, findings, undeclared, url
from tests.integration.authorisation.policy import POLICY

pytestmark = pytest.mark.one_engine

ADDRESSES = addresses()


def test_every_address_declares_its_permission_and_has_a_row():
    assert undeclared(ADDRESSES, POLICY) == []


@pytest.fixture(scope="module")
def everything(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """One world for all addresses: the crawl takes back whatever it does."""
    with django_db_blocker.unblock(), transaction.atomic():
        ring.forget()
        yield world.build()
        transaction.set_rollback(True)


@pytest.mark.parametrize("address", [one for one in ADDRESSES if one.name in POLICY], ids=lambda one: one.name)
def test_nobody_gets_more_than_the_policy_allows(everything: World, address: Address):
    assert findings(address, POLICY[address.name], everything) == []


@pytest.mark.parametrize("address", ADDRESSES, ids=lambda one: one.name)
def test_a_change_without_the_forms_token_is_refused(db, address: Address):
    accounts.organisation()  # until there is one, every page leads to the set-up
    stranger = Client(enforce_csrf_checks=True, raise_request_exception=False)
    response = stranger.post(url(address, None, world.EMPTY))
    assert response.status_code in {403, 405}
