"""How much one document may cost to read."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """The most that one document may take: memory and output in bytes, time in seconds."""

    memory: int = 2_000_000_000
    processor_time: int = 120
    wall_time: float = 180
    output: int = 64_000_000
