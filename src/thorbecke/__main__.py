"""`python -m thorbecke` is the `thorbecke` command."""

import sys

from thorbecke.config.cli import main

sys.exit(main())
