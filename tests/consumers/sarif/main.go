// Reads a SARIF 2.1.0 log from standard input, strictly, and validates it against the schema of the standard.
// Prints its results as "level rule file:line:column".
package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"

	"github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"
)

func main() {
	text, err := io.ReadAll(os.Stdin)
	if err == nil {
		err = check(text)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func check(text []byte) error {
	known := json.NewDecoder(bytes.NewReader(text))
	known.DisallowUnknownFields()
	if err := known.Decode(&sarif.Report{}); err != nil {
		return err
	}
	log, err := sarif.FromBytes(text)
	if err != nil {
		return err
	}
	if err := log.Validate(); err != nil {
		return err
	}
	for _, run := range log.Runs {
		for _, result := range run.Results {
			place := ""
			for _, location := range result.Locations {
				physical := location.PhysicalLocation
				place = fmt.Sprintf(" %s:%d:%d", *physical.ArtifactLocation.URI, *physical.Region.StartLine, *physical.Region.StartColumn)
			}
			fmt.Printf("%s %s%s\n", result.Level, *result.RuleID, place)
		}
	}
	return nil
}
