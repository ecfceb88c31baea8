"""The door of the design room: what stands around a page, as plain values."""

from .domain.frame import Frame, Link

__all__ = ["Frame", "Link"]
