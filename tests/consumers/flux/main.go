// Answers what Flux's own code makes of our output: no copy and no model of it is in here.
//
// Each line of input is a request, each line of output its answer, both JSON. Requests are
//
//	{"op": "build", "kustomization": {}, "artifact": "/path", "strict": true}
//	    -> the objects that the controller applies: generated, built, variables substituted. It writes into the artifact.
//	{"op": "strict", "text": "…"}          -> the object, decoded without unknown fields
//	{"op": "ignored", "paths": ["…"]}      -> those that are left out of an artifact
//	{"op": "status", "object": {}}         -> whether it is ready, by kstatus
//
// and an answer that has an "error" has no result.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/fluxcd/cli-utils/pkg/kstatus/status"
	kustomizev1 "github.com/fluxcd/kustomize-controller/api/v1"
	"github.com/fluxcd/pkg/kustomize"
	"github.com/fluxcd/pkg/sourceignore"
	sourcev1 "github.com/fluxcd/source-controller/api/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	kubejson "k8s.io/apimachinery/pkg/util/json"
	"sigs.k8s.io/yaml"
)

type object = map[string]any

type request struct {
	Op            string   `json:"op"`
	Kustomization object   `json:"kustomization"`
	Artifact      string   `json:"artifact"`
	Strict        bool     `json:"strict"`
	Text          string   `json:"text"`
	Paths         []string `json:"paths"`
	Object        object   `json:"object"`
}

type answer struct {
	Result any    `json:"result,omitempty"`
	Error  string `json:"error,omitempty"`
}

func answered(asked request) (any, error) {
	switch asked.Op {
	case "build":
		return built(unstructured.Unstructured{Object: asked.Kustomization}, asked.Artifact, asked.Strict)
	case "strict":
		return strict(asked.Text)
	case "ignored":
		return ignored(asked.Paths), nil
	case "status":
		made, err := status.Compute(&unstructured.Unstructured{Object: asked.Object})
		if err != nil {
			return nil, err
		}
		return made.Status, nil
	}
	return nil, fmt.Errorf("no such op: %s", asked.Op)
}

// built does what the controller does with an artifact that it has fetched.
func built(asked unstructured.Unstructured, artifact string, strict bool) (any, error) {
	path, _, err := unstructured.NestedString(asked.Object, "spec", "path")
	if err != nil {
		return nil, err
	}
	folder := filepath.Join(artifact, path)
	if _, err := os.Stat(folder); err != nil {
		return nil, err
	}
	if _, err := kustomize.NewGenerator(artifact, asked).WriteFile(folder); err != nil {
		return nil, err
	}
	resources, err := kustomize.SecureBuild(artifact, folder, false)
	if err != nil {
		return nil, err
	}
	objects := []object{}
	for _, one := range resources.Resources() {
		changed, err := kustomize.SubstituteVariables(
			context.Background(), nil, asked, one, kustomize.SubstituteWithStrict(strict),
		)
		if err != nil {
			return nil, err
		}
		if changed != nil {
			one = changed
		}
		text, err := one.MarshalJSON()
		if err != nil {
			return nil, err
		}
		var made object
		if err := json.Unmarshal(text, &made); err != nil {
			return nil, err
		}
		objects = append(objects, made)
	}
	return objects, nil
}

// strict reads an object of Flux's as the API server does that has their definitions.
func strict(text string) (any, error) {
	var head struct {
		Kind string `json:"kind"`
	}
	if err := yaml.Unmarshal([]byte(text), &head); err != nil {
		return nil, err
	}
	var into any
	switch head.Kind {
	case "Kustomization":
		into = &kustomizev1.Kustomization{}
	case "GitRepository":
		into = &sourcev1.GitRepository{}
	default:
		return nil, fmt.Errorf("no type for kind %q", head.Kind)
	}
	return into, yaml.UnmarshalStrict([]byte(text), into)
}

func ignored(paths []string) []string {
	matcher := sourceignore.NewDefaultMatcher(nil, nil)
	found := []string{}
	for _, path := range paths {
		if matcher.Match(strings.Split(path, "/"), false) {
			found = append(found, path)
		}
	}
	return found
}

func main() {
	lines := bufio.NewReaderSize(os.Stdin, 1<<20)
	out := json.NewEncoder(os.Stdout)
	for {
		line, err := lines.ReadBytes('\n')
		if len(line) > 0 {
			var asked request
			made := answer{}
			failure := kubejson.Unmarshal(line, &asked)
			if failure == nil {
				made.Result, failure = answered(asked)
			}
			if failure != nil {
				made = answer{Error: failure.Error()}
			}
			if err := out.Encode(made); err != nil {
				panic(err)
			}
		}
		if err != nil {
			return
		}
	}
}
