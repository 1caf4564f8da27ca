"""Many processes write to one clinic's database, on either engine: nobody is refused and nobody starves."""

from statistics import mean

import pytest

from needlework.audit.models import Event
from tests.homes import environment
from tests.writing import together


@pytest.mark.slow
def test_eight_writers_are_all_served_and_nobody_starves(real_home):
    writers = together(8, 2.0, environment(real_home))
    done = [len(writer.waits) for writer in writers]
    assert [error for writer in writers for error in writer.errors] == []
    assert Event.objects.count() == 3 * sum(done)
    assert min(done) > mean(done) / 4
    assert max(max(writer.waits) for writer in writers) < 1.5
