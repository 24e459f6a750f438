"""`mwgen`, and `python -m generator`."""

import sys


def main() -> None:
    """The command. `--version` alone is answered before anything is imported."""
    if sys.argv[1:] in (["--version"], ["-V"]):
        from generator import __version__

        sys.stdout.write(f"mwgen {__version__}\n")
        return
    from generator.entrypoints.cli import run

    run()


if __name__ == "__main__":
    main()
