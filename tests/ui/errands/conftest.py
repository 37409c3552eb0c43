"""The same desktop as the frame's tests use."""

from __future__ import annotations

from tests.ui.frame.conftest import *  # noqa: F403 - fixtures are found by name
