"""Figures with a range, and what of energy and CO2 goes together."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Amount:
    """A figure with the smallest and largest it may be."""

    low: float
    value: float
    high: float

    def times(self, other: "Amount", scale: float = 1.0) -> "Amount":
        """The product (of amounts that are not negative), times ``scale``."""
        return Amount(
            self.low * other.low * scale,
            self.value * other.value * scale,
            self.high * other.high * scale,
        )

    def plus(self, other: "Amount") -> "Amount":
        """The sum."""
        return Amount(self.low + other.low, self.value + other.value, self.high + other.high)

    def minus(self, other: "Amount") -> "Amount":
        """The difference; below zero the other is larger."""
        return Amount(self.low - other.high, self.value - other.value, self.high - other.low)


ONE = Amount(1, 1, 1)


@dataclass(frozen=True)
class Footprint:
    """``energy`` in kWh and ``co2`` in kg; None where it is not stated or a factor is missing."""

    energy: Amount | None
    co2: Amount | None


def together(first: Footprint | None, second: Footprint | None) -> Footprint | None:
    """Both added; None, and each part of it, where one of them is not stated."""
    if first is None or second is None:
        return None
    return Footprint(_sum(first.energy, second.energy), _sum(first.co2, second.co2))


def difference(first: Footprint | None, second: Footprint | None) -> Footprint | None:
    """The first less the second; None, and each part of it, where one of them is not stated."""
    if first is None or second is None:
        return None
    energy = first.energy.minus(second.energy) if first.energy and second.energy else None
    return Footprint(energy, first.co2.minus(second.co2) if first.co2 and second.co2 else None)


def _sum(first: Amount | None, second: Amount | None) -> Amount | None:
    return first.plus(second) if first and second else None
