"""Other tools' own nearest work: our model in libRoadRunner, and an episode of woundsim's wound."""

from collections.abc import Iterator

import numpy as np
import roadrunner
from woundsim.envs.macrophage import WoundMacrophageEnv

from bench.forecast.rows._courses import AFTER_LAST, PROTOCOL, practice, some
from bench.forecast.rows.course import COURSE
from bench.forecast.table import Row
from bench.forecast.timing import cpu_seconds
from needlework.forecast import sbml
from needlework.forecast.calibration.posterior import posterior
from needlework.forecast.cohort.practice import shares

OURS, COURSES, EPISODES = 200_000, 300, 5
SETTINGS = {"relative_tolerance": 1e-6, "absolute_tolerance": 1e-9}


def rows() -> Iterator[Row]:
    """Return courses per CPU-second, and what each tool's work is and is not."""
    many = some(OURS)
    equations = OURS / cpu_seconds(lambda: many.answers)
    whole = OURS / cpu_seconds(lambda: list(shares(practice(), OURS, seed=1)))
    theirs, exported = roadrunner_speed()
    yield Row(
        "libRoadRunner on our SBML, rtol 1e-6, compiled once, parameters set for each course",
        f"{theirs:,.0f} courses/s",
        "–",
        f"closed form {equations / theirs:,.0f} ×, with drawing people {whole / theirs:,.0f} ×; the same model, "
        f"{exported} parameters changed, five outputs",
    )
    episodes = EPISODES / cpu_seconds(wound)
    yield Row(
        "woundsim 0.1.0, WoundMacrophage-v0, one episode of at most 200 hourly steps",
        f"{episodes:,.1f} episodes/s",
        "–",
        f"our courses {whole / episodes:,.0f} × its episodes; another model: five states of one wound for training "
        "agents, with no sessions, collagen types, calibration or bands",
    )


def roadrunner_speed() -> tuple[float, int]:
    """Return courses per CPU-second of the exported model, and how many parameters differ between courses."""
    values = posterior().values
    first = {name: own[:1] for name, own in values.items()}
    runner = roadrunner.RoadRunner(sbml.document(COURSE, first, of="A benchmark."))
    for name, setting in SETTINGS.items():
        setattr(runner.integrator, name, setting)
    known = [name for name in sbml.USED if name in runner.model.getGlobalParameterIds()]
    outputs = [0.0, *(PROTOCOL.days[-1, 0] + np.array(AFTER_LAST))]

    def courses() -> None:
        for row in range(COURSES):
            runner.reset()
            for name in known:
                runner.model[name] = float(values[name][row])
            runner.simulate(times=outputs, selections=["organised"])

    return COURSES / cpu_seconds(courses), len(known)


def wound() -> None:
    """Run woundsim's episodes with no treatment."""
    for episode in range(EPISODES):
        world = WoundMacrophageEnv()
        world.reset(seed=episode)
        ended = False
        while not ended:
            *_, healed, out_of_time, _ = world.step(np.zeros(1, np.float32))
            ended = healed or out_of_time
