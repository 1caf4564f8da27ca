"""The two small networks that find a face and its mesh, run by OpenCV."""

import threading
from importlib.resources import as_file, files
from typing import Literal

import cv2
import numpy as np
from numpy.typing import NDArray

WEIGHTS = files("needlework.imaging") / "weights"
Name = Literal["face_detection_short_range", "face_landmark"]


class _Own(threading.local):
    """The networks of one thread."""

    def __init__(self) -> None:
        self.networks: dict[Name, cv2.dnn.Net] = {}


_own = _Own()


def answers(name: Name, image: NDArray[np.float32]) -> dict[int, NDArray[np.float32]]:
    """Return what a network answers to one image (h, w, 3), by the size of each answer.

    A network of OpenCV is not re-entrant, so every thread reads its own copy, once.
    """
    network = _network(name)
    network.setInput(np.ascontiguousarray(image.transpose(2, 0, 1))[None])
    given = network.forward(network.getUnconnectedOutLayersNames())
    return {array.size: np.asarray(array, np.float32) for array in given}


def _network(name: Name) -> cv2.dnn.Net:
    if name not in _own.networks:
        # From a path, because OpenCV 5.0 forgets the engine when it reads from memory; and the classic engine,
        # because the new one drops one of two outputs without a word.
        with as_file(WEIGHTS / f"{name}.tflite") as path:
            _own.networks[name] = cv2.dnn.readNetFromTFLite(str(path), engine=cv2.dnn.ENGINE_CLASSIC)
    return _own.networks[name]
