"""Points that a person placed become a face, or a sentence that says what is wrong with them."""

import numpy as np
import pytest

from needlework.evidence.errors import InputError
from needlework.imaging.arrays import Points
from needlework.imaging.faces.mean import mean_face
from needlework.imaging.faces.placed import PLACES, SPREAD_MM, read
from needlework.imaging.faces.pose import pose
from needlework.imaging.shots import Shot, Source

SHOT = Shot("a.jpg", np.zeros((900, 1000, 3), np.uint8), "", Source("JPEG", 1000, 900))


def on_picture(points: Points) -> Points:
    return points * 3 + (500, 450, 0)


def places(points: Points, *names: str) -> dict[str, list[float]]:
    """Where a person who sees exactly would place points."""
    return {name: points[PLACES[name], :2].tolist() for name in names or PLACES}


MEAN = on_picture(mean_face().points)
ALL = places(MEAN)
SEVEN = {name: ALL[name] for name in list(PLACES)[:7]}


def test_the_mean_faces_own_points_give_the_mean_face():
    (face,) = read({"a.jpg": SEVEN}, [SHOT]).values()
    assert np.abs(face.points[:, :2] - MEAN[:, :2]).max() < 0.1
    assert np.abs(np.diff(face.points[:, 2] - MEAN[:, 2])).max() < 0.1
    assert face.placed
    assert face.spread_px == pytest.approx(SPREAD_MM / face.mm_per_px)


def test_a_wider_face_passes_by_every_point_within_a_millimetre():
    wide = on_picture(mean_face().points * (1.1, 0.95, 1) + np.sin(mean_face().points / 40) * (2, 1, 0))
    (face,) = read({"a.jpg": places(wide)}, [SHOT]).values()
    off = np.hypot(*(face.points - wide)[list(PLACES.values()), :2].T) * face.mm_per_px
    assert off.max() < 1


def test_a_turned_head_is_known_by_its_points():
    angle = np.radians(20)
    turn = np.array([[np.cos(angle), 0, -np.sin(angle)], [0, 1, 0], [np.sin(angle), 0, np.cos(angle)]])
    (face,) = read({"a.jpg": places(on_picture(mean_face().points @ turn.T))}, [SHOT]).values()
    assert pose(face) == pytest.approx((20, 0, 0), abs=1)


def test_whole_numbers_are_places_too():
    rounded = {name: tuple(round(value) for value in place) for name, place in ALL.items()}
    assert np.abs(read({"a.jpg": rounded}, [SHOT])["a.jpg"].points[:, :2] - MEAN[:, :2]).max() < 3


def test_photographs_without_points_are_left_to_be_searched():
    assert read({}, [SHOT]) == {}


@pytest.mark.parametrize(
    ("document", "field", "sentence"),
    [
        ([], "", "Write an object"),
        ({"a.jpeg": ALL}, "a.jpeg", "Did you mean 'a.jpg'?"),
        ({"elsewhere.png": ALL}, "elsewhere.png", "They are: a.jpg."),
        ({"a.jpg": [1]}, "a.jpg", "Write an object of points"),
        ({"a.jpg": ALL | {"chinn": [1, 2]}}, "a.jpg.chinn", "Did you mean 'chin'?"),
        ({"a.jpg": ALL | {"ankle": [1, 2]}}, "a.jpg.ankle", "There are: eye-right-outer"),
        ({"a.jpg": ALL | {"chin": [1000, 2]}}, "a.jpg.chin", "outside the photograph, which is 1000 × 900 pixels"),
        ({"a.jpg": ALL | {"chin": [1, -0.1]}}, "a.jpg.chin", "outside the photograph"),
        ({"a.jpg": ALL | {"chin": [float("nan"), 5]}}, "a.jpg.chin", "outside the photograph"),
        ({"a.jpg": ALL | {"chin": [5, 10**400]}}, "a.jpg.chin", "outside the photograph"),
        ({"a.jpg": ALL | {"chin": [5]}}, "a.jpg.chin", "Write x and y in pixels"),
        ({"a.jpg": ALL | {"chin": "5, 6"}}, "a.jpg.chin", "Write x and y in pixels"),
        ({"a.jpg": ALL | {"chin": [True, 6]}}, "a.jpg.chin", "Write x and y in pixels"),
        ({"a.jpg": {name: ALL[name] for name in list(ALL)[1:]}}, "a.jpg", "eye-right-outer is missing"),
        ({"a.jpg": {name: ALL[name] for name in list(ALL)[:6]}}, "a.jpg", "at least 3 more points"),
        ({"a.jpg": {name: [5, 6] for name in ALL}}, "a.jpg", "do not lie as in a face"),
        ({"a.jpg": {name: [999 - x, y] for name, (x, y) in ALL.items()}}, "a.jpg", "place the right eye on the left"),
    ],
    ids=[
        "list", "nearly-a-photograph", "no-photograph", "no-points", "nearly-a-point", "no-point", "right-of-it",
        "above-it", "not-a-number", "huge", "one-number", "text", "truth", "no-eye", "too-few", "heap", "swapped",
    ],
)  # fmt: skip
def test_what_is_wrong_is_said(document, field, sentence):
    with pytest.raises(InputError, match=sentence.replace("?", r"\?")) as refused:
        read(document, [SHOT])
    assert refused.value.field == field
