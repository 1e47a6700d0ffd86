"""``python -m imc_desktop``: a command for scripts, or the window when there is none."""

import sys

from imc_desktop.cli.main import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
