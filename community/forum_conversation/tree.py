"""The order of reading, as a string that sorts.

A post's path is its parent's path and one more segment of four base-36 digits: the how-manieth reply it is
there. Sorted byte by byte, paths give every branch right after its root, oldest first. Six levels (a post and
five indented below it) bound the path at 24 characters, whatever the depth: what answers a post on the last
level is numbered beside it, so that deep exchanges read flat and in order of arrival.
"""

SEGMENT = 4
MAX_LEVELS = 6
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
LARGEST = 36**SEGMENT - 1


def segment(number: int) -> str:
    """`number` (0 to 1,679,615) as four base-36 digits. Raises ValueError outside."""
    if not 0 <= number <= LARGEST:
        raise ValueError(f"{number} does not fit into a path segment")
    digits = ""
    for _ in range(SEGMENT):
        number, rest = divmod(number, 36)
        digits = DIGITS[rest] + digits
    return digits


def shelf_path(parent_path: str) -> str:
    """The path below which a reply to the post at `parent_path` is numbered (one level up at the end)."""
    return parent_path[: (MAX_LEVELS - 1) * SEGMENT]


def level(path: str) -> int:
    """How far a post is indented: 0 for a top-level post, at most MAX_LEVELS - 1."""
    return len(path) // SEGMENT - 1
