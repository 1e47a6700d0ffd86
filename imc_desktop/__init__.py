"""Version only: importing this package must import nothing else."""

__version__ = "0.1.0"
