"""Clients that ask for a page again and again, and what their waiting came to."""

import http.client
import json
import statistics
import sys
from concurrent.futures import ThreadPoolExecutor
from time import perf_counter


def ask(port: int, path: str, headers: dict[str, str], until: float, most: int) -> list[float]:
    """Ask for a page on one connection until a moment, or so many times; return every answer's seconds."""
    connection = http.client.HTTPConnection("localhost", port, timeout=60)
    seconds = []
    while perf_counter() < until and len(seconds) < most:
        begun = perf_counter()
        connection.request("GET", path, headers=headers)
        response = connection.getresponse()
        response.read()
        if response.status != 200:
            raise RuntimeError(f"{path} answered {response.status}")
        seconds.append(perf_counter() - begun)
    connection.close()
    return seconds


def load(port: int, path: str, cookies: dict[str, str], clients: int, seconds: float, most: int) -> dict[str, float]:
    """Let so many clients ask at once; return answers per second and their waiting in milliseconds."""
    headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())}
    begun = perf_counter()
    with ThreadPoolExecutor(clients) as pool:
        each = [pool.submit(ask, port, path, headers, begun + seconds, most // clients) for _ in range(clients)]
        waits = sorted(1000 * one for future in each for one in future.result())
    return {
        "answers": len(waits),
        "per second": len(waits) / (perf_counter() - begun),
        "median": statistics.median(waits),
        "95th": waits[int(0.95 * (len(waits) - 1))],
        "worst": waits[-1],
    }


if __name__ == "__main__":
    print(json.dumps(load(**json.loads(sys.argv[1]))))
