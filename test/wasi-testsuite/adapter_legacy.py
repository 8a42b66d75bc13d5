"""For test runners of before 2025, which run the adapter and pass it --test-file, --arg, --env, --dir or --version."""
import os
import shlex
import sys
from pathlib import Path

COMMAND = shlex.split(os.getenv("TSRUN_ADAPTER_JS", "node")) + [str(Path(__file__).resolve().parent / "adapter.mjs")]
os.execvp(COMMAND[0], COMMAND + sys.argv[1:])
