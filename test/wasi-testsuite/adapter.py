"""Adapter of WebAssembly/wasi-testsuite's test runner, which loads it as a module: run_tests.py -r .../adapter.py

TSRUN_ADAPTER_JS chooses what runs adapter.mjs (default: node), e.g. bun.
"""
import json
import os
import shlex
from pathlib import Path

HERE = Path(__file__).resolve().parent
JAVASCRIPT = shlex.split(os.getenv("TSRUN_ADAPTER_JS", "node"))


def get_name():
    return "tsrun"


def get_version():
    return json.loads((HERE.parents[1] / "package.json").read_text(encoding="utf-8"))["version"]


def get_wasi_versions():
    return ["wasm32-wasip1"]


def get_wasi_worlds():
    return ["wasi:cli/command"]


def compute_argv(test_path, args_env_dirs, *_proposals_world_version):
    """Third value: pairs of host directory and name, or (newer runners) the host directory of `/`, or none."""
    args, env, dirs = args_env_dirs
    pairs = [(dirs, "/")] if isinstance(dirs, (str, Path)) else dirs or []
    return (JAVASCRIPT + [str(HERE / "adapter.mjs"), "--test-file", str(test_path)]
            + [word for arg in args for word in ("--arg", arg)]
            + [word for name, value in env.items() for word in ("--env", f"{name}={value}")]
            + [word for host, guest in pairs for word in ("--dir", f"{host}::{guest}")])
