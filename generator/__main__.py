"""`mwgen`, and `python -m generator`."""

import sys


def main() -> None:
    """The command. `--version` alone is answered before anything is imported; doors for programs end quietly."""
    if sys.argv[1:] in (["--version"], ["-V"]):
        from generator import __version__

        sys.stdout.write(f"mwgen {__version__}\n")
        return
    if sys.argv[1:2] in (["cmp"], ["krm"]):
        from generator.entrypoints.signals import end_quietly

        end_quietly()
    from generator.entrypoints.cli import run

    run()


if __name__ == "__main__":
    main()
