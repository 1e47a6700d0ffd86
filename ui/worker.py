"""The thread of the jobs; apart, because the window appears before the first job."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor


def one_worker() -> ThreadPoolExecutor:
    """One thread: jobs run one after another."""
    return ThreadPoolExecutor(max_workers=1, thread_name_prefix="imc-job")
