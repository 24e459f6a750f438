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
    if sys.argv[1:3] == ["chart", "template"]:
        if _known(sys.argv[3:]):
            return
        from generator.entrypoints.chart_line import rendered

        rendered(sys.argv[3:])
    from generator.entrypoints.cli import run

    run()


def _known(arguments: list[str]) -> bool:
    """Print what was printed for this before, where nothing that it was made from has changed."""
    from generator.outside.answers import answer

    found = answer(arguments)
    if found is None:
        return False
    out, said = found
    sys.stderr.write(said)
    try:
        sys.stdout.buffer.write(out)
        sys.stdout.flush()
    except BrokenPipeError:
        sys.stdout = None
    return True


if __name__ == "__main__":
    main()
