"""A photograph looked at, and two visits held together: what is answered, and what stops a comparison."""

from dataclasses import replace

import cv2
import numpy as np
import pytest
from skimage import data

from needlework.imaging.arrays import Image
from needlework.imaging.inspection.checks import limits
from needlework.imaging.inspection.looking import inspect
from needlework.imaging.inspection.visits import sight, why_not
from needlework.imaging.shots import Shot, Source
from needlework.imaging.sticker import drawing
from tests.photographs import FOLDER, WITH_PHOTOGRAPHS


def shot(image: Image, name: str = "a.jpg", **source: object) -> Shot:
    told = {"format": "JPEG", "width": image.shape[1], "height": image.shape[0], "jpeg_quality": 90} | source
    return Shot(name, np.ascontiguousarray(image), name, Source(**told))


@pytest.fixture(scope="module")
def astronaut() -> Image:
    """Enlarged, with the grain that a camera would have given a picture of this size."""
    large = cv2.resize(data.astronaut()[:240, 100:340], None, fx=4, fy=4, interpolation=cv2.INTER_CUBIC)
    return np.clip(large + np.random.default_rng(0).normal(0.5, 2, large.shape), 0, 255).astype(np.uint8)


@pytest.fixture(scope="module")
def inspected(astronaut):
    return inspect(shot(astronaut))


def failed(one) -> set[str]:
    return {found.name for found in one.checks if not found.ok}


def test_the_answer_has_the_promised_keys(inspected):
    found = inspected.as_json()
    assert set(found) == {"file", "fit", "scale_mm_per_px", "colour_reference", "face", "checks"}
    assert found["face"]["count"] == 1
    assert len(found["face"]["pose_deg"]) == 3
    assert set(found["checks"][0]) == {"check", "ok", "value", "limit", "unit", "do"}


def test_her_fringe_is_seen_and_nothing_stops_the_measuring(inspected):
    assert "hair" in failed(inspected)
    assert not any(one.stops for one in inspected.checks if not one.ok)
    assert not inspected.fit


def test_a_picture_without_a_face_says_what_is_needed():
    found = inspect(shot(np.full((300, 300, 3), 120, np.uint8))).as_json()
    assert (found["fit"], found["scale_mm_per_px"], found["face"]) == (False, None, {"count": 0, "pose_deg": None})
    assert "sticker" in next(one["do"] for one in found["checks"] if one["check"] == "face")


def test_a_face_that_is_cut_off_at_the_mouth_says_to_show_all_of_it(astronaut):
    lips = inspect(shot(astronaut)).view.face.points[13, 1]
    cut = sight(shot(astronaut[: int(lips) - 30], "cut.jpg"))
    assert why_not([cut], [cut]) == (f"cut.jpg: {limits()['whole'].do}",)


def test_a_blurred_photograph_fails_the_focus(astronaut):
    assert "focus" in failed(inspect(shot(cv2.GaussianBlur(astronaut, (0, 0), 6))))


def test_an_edited_file_says_so_and_is_not_measured(astronaut):
    edited = shot(astronaut, edited_with="Facetune")
    assert "editing" in failed(inspect(edited))
    assert any("a program changed it" in reason for reason in why_not([sight(edited)], [sight(edited)]))


def test_a_black_and_white_photograph_is_not_measured(astronaut):
    grey = shot(np.repeat(cv2.cvtColor(astronaut, cv2.COLOR_RGB2GRAY)[..., None], 3, axis=2), "grey.jpg")
    assert why_not([sight(shot(astronaut))], [sight(grey)]) == (
        "grey.jpg: Send the photograph in colour, as the camera took it.",
    )


def test_a_file_squeezed_by_a_messenger_is_told(astronaut):
    assert "compression" in failed(inspect(shot(astronaut, jpeg_quality=40)))


def test_a_photograph_is_held_against_the_first_of_its_series(astronaut, inspected):
    again = inspect(shot(astronaut), first=inspected.view)
    met = {one.name for one in again.checks} - failed(again)
    assert {"pose", "size-against-first", "distance", "expression"} <= met


def test_two_faces_are_no_photograph_of_one_person(astronaut):
    both = sight(shot(np.hstack([astronaut, astronaut]), "both.jpg"))
    (reason,) = why_not([both], [both])
    assert reason == "both.jpg: 2 faces are seen. Photograph one person alone."


def test_no_face_and_no_sticker_gives_the_reason_and_the_file():
    empty = sight(shot(np.full((300, 300, 3), 120, np.uint8), "wall.jpg"))
    assert why_not([empty], [empty])[0].startswith("wall.jpg: Photograph one person alone")


def test_a_photograph_can_be_compared_with_itself(astronaut):
    one = sight(shot(astronaut))
    assert why_not([one], [one]) == ()


def test_a_face_turned_far_is_another_view(astronaut):
    height, width = astronaut.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), 25, 1)
    other = cv2.warpAffine(astronaut, turn, (width, height), borderMode=cv2.BORDER_REPLICATE)
    (reason,) = why_not([sight(shot(astronaut))], [sight(shot(other))])
    assert "different views" in reason


def test_points_placed_by_hand_stand_for_a_face(astronaut):
    seen = sight(shot(astronaut)).view.face
    placed = sight(shot(np.full_like(astronaut, 128)), replace(seen, placed=True))
    assert (placed.faces, placed.view.face.placed) == (1, True)


def test_a_face_on_one_side_and_none_on_the_other_is_no_pair(astronaut):
    one = sight(shot(astronaut))
    bare = replace(one, view=replace(one.view, face=None, sticker=None), faces=0)
    reasons = why_not([one], [replace(bare, faces=1)])
    assert any("Some of these photographs show a face" in reason for reason in reasons)


@WITH_PHOTOGRAPHS
def test_a_smile_and_another_person_are_told():
    def seen(name: str):
        return sight(shot(cv2.imread(str(FOLDER / name))[..., ::-1], name))

    calm, smiling = seen("london_neutral/001_03.jpg"), seen("london_smiling/001_08.jpg")
    other = seen("london_neutral/008_03.jpg")
    assert any("expressions differ" in reason for reason in why_not([calm], [smiling]))
    assert any("may not be the same person" in reason for reason in why_not([calm], [other]))
    assert inspect(calm.view.shot).fit


@pytest.mark.parametrize(("printed", "doubted"), [(1.0, False), (0.7, True)], ids=["true-size", "shrunk"])
def test_a_sticker_printed_at_the_wrong_scale_is_told_by_the_face_beside_it(astronaut, printed, doubted):
    face = sight(shot(astronaut)).view.face
    larger = cv2.copyMakeBorder(astronaut, 0, 400, 0, 0, cv2.BORDER_REPLICATE)
    px_per_mm = printed / face.mm_per_px
    onto = np.array([[px_per_mm, 0, 300], [0, px_per_mm, 980], [0, 0, 1]])
    found = inspect(shot(drawing.paste(larger, onto, drawing.draw(), 0.7)))
    view = found.view
    assert found.as_json()["scale_mm_per_px"] == pytest.approx(face.mm_per_px, rel=0.02)
    assert view.sticker.scale_trusted == (not doubted)
    assert any("printed at" in doubt for doubt in view.sticker.doubts) == doubted
