"""A made-up city of square districts whose borders wind, as GeoJSON; neighbours share every dot of their borders."""

import json
import math
from itertools import pairwise

EAST, NORTH, SIDE = 8.0, 52.2, 0.02


def border(a, b, dots):
    """Wind from one corner to another; walked backwards it is the same way."""
    if b < a:
        return border(b, a, dots)[::-1]
    (x1, y1), (x2, y2) = a, b
    bend = SIDE / 12
    return [
        (x1 + (x2 - x1) * t + (y2 - y1) / SIDE * bend * math.sin(9 * t * math.pi) * (0 < t < 1),
         y1 + (y2 - y1) * t + (x2 - x1) / SIDE * bend * math.sin(9 * t * math.pi) * (0 < t < 1))
        for t in (step / dots for step in range(dots + 1))
    ]


def ring(column, row, dots=6, scale=1.0):
    x, y = EAST + column * SIDE, NORTH - row * SIDE
    corners = [(x, y), (x, y - SIDE), (x + SIDE, y - SIDE), (x + SIDE, y), (x, y)]
    found = [corners[0]]
    for a, b in pairwise(corners):
        found += border(a, b, dots)[1:]
    found[-1] = found[0]
    return [[each_x * scale, each_y * scale] for each_x, each_y in found]


def feature(name, *rings, kind="Polygon", key="name"):
    coordinates = list(rings) if kind == "Polygon" else [[each] for each in rings]
    return {"type": "Feature", "properties": {key: name, "OBJECTID": 1},
            "geometry": {"type": kind, "coordinates": coordinates}}


def collection(*features):
    return json.dumps({"type": "FeatureCollection", "features": list(features)}).encode()


def city(names, dots=6, columns=3, key="name", scale=1.0):
    return collection(*(
        feature(name, ring(place % columns, place // columns, dots, scale), key=key)
        for place, name in enumerate(names)
    ))
