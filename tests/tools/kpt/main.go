// Command kpt is kpt's `fn` commands, built from kpt's own packages at a pinned version.
//
// kpt's own main package cannot be had through the module proxy: it needs a module of its repository (rollouts) that the
// proxy does not have.
package main

import (
	"context"
	"fmt"
	"os"

	fncmd "github.com/kptdev/kpt/commands/fn"
	"github.com/kptdev/kpt/pkg/lib/errors"
	"github.com/kptdev/kpt/pkg/lib/errors/resolver"
	"github.com/kptdev/kpt/pkg/printer"
	"github.com/spf13/cobra"
)

func main() {
	ctx := printer.WithContext(context.Background(), printer.New(os.Stdout, os.Stderr))
	root := &cobra.Command{Use: "kpt", SilenceErrors: true, SilenceUsage: true}
	root.AddCommand(fncmd.GetCommand(ctx, "kpt"))
	err := root.ExecuteContext(ctx)
	if err == nil {
		return
	}
	// As kpt's main does.
	if resolved, ok := resolver.ResolveError(err); ok {
		fmt.Fprintln(os.Stderr, resolved.Message)
		os.Exit(resolved.ExitCode)
	}
	var own *errors.Error
	if errors.As(err, &own) {
		if inner, ok := errors.UnwrapErrors(own); ok {
			fmt.Fprintf(os.Stderr, "Error: %s\n", inner.Error())
			os.Exit(1)
		}
	}
	fmt.Fprintf(os.Stderr, "Error: %s\n", err)
	os.Exit(1)
}
