"""Run by `python implementations/python`: starts the daemon."""

import sys

from p2pd.main import main

sys.exit(main(sys.argv[1:]))
