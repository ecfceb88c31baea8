"""Every text of the site has its Dutch translation, and no translation is left over."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

CHECKOUT = Path(__file__).parents[1]


def test_every_text_has_its_dutch_translation() -> None:
    command = [sys.executable, str(CHECKOUT / "script" / "messages"), "--check"]
    checked = subprocess.run(command, capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout + checked.stderr
