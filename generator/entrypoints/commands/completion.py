"""`mwgen completion`: the script that makes a shell complete mwgen's commands and options."""

import sys

import click


@click.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> int:
    """Print a shell completion script.

    For bash: `eval "$(mwgen completion bash)"` in ~/.bashrc; likewise for zsh; for fish, write it to
    ~/.config/fish/completions/mwgen.fish.
    """
    from click.shell_completion import get_completion_class

    from generator.entrypoints.cli import main

    made = get_completion_class(shell)
    assert made is not None
    sys.stdout.write(made(main, {}, "mwgen", "_MWGEN_COMPLETE").source() + "\n")
    return 0
