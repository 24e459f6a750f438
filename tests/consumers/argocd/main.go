// Answers what Argo CD's own code makes of our output: no copy and no model of it is in here.
//
// Each line of input is a request, each line of output its answer, both JSON. Requests are
//
//	{"op": "manifests", "application": "…", "repository": "/path"}  -> the objects that the repo server makes of it
//	{"op": "split", "text": "…"}                                    -> the objects that it reads from a stream
//	{"op": "sync", "target": […], "live": […]}                      -> the steps of a sync, to its end
//	{"op": "delete", "live": […]}                                   -> the steps of an Application's deletion
//	{"op": "strict", "text": "…"}                                   -> the object, decoded without unknown fields
//	{"op": "applicationset", "text": "…", "repository": "/path"}    -> the Applications that the controller makes
//	{"op": "health", "script": "…", "object": {}}                   -> what a Lua health check says
//	{"op": "references", "text": "…"}                               -> what it reads from a commit's message
//	{"op": "hydrator", "repository": "/path", "text": "URL", "commit": "…", "tip": "…"}
//	  -> the hydrator.metadata that it writes for a source, and whether it takes the tip of a branch for hydrated from it
//
// and an answer that has an "error" has no result.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"

	log "github.com/sirupsen/logrus"

	"github.com/argoproj/argo-cd/gitops-engine/pkg/utils/kube"
	"github.com/argoproj/argo-cd/v3/pkg/apis/application/v1alpha1"
	"github.com/argoproj/argo-cd/v3/util/git"
	"github.com/argoproj/argo-cd/v3/util/lua"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	kubejson "k8s.io/apimachinery/pkg/util/json"
	"k8s.io/klog/v2"
	"sigs.k8s.io/yaml"
)

type object = map[string]any

type request struct {
	Op          string   `json:"op"`
	Application string   `json:"application"`
	Repository  string   `json:"repository"`
	Text        string   `json:"text"`
	Script      string   `json:"script"`
	Commit      string   `json:"commit"`
	Tip         string   `json:"tip"`
	Object      object   `json:"object"`
	Target      []object `json:"target"`
	Live        []object `json:"live"`
	Missing     []string `json:"missing"` // kinds that the cluster does not know
}

type answer struct {
	Result any    `json:"result,omitempty"`
	Error  string `json:"error,omitempty"`
}

func answered(asked request) (any, error) {
	switch asked.Op {
	case "manifests":
		return manifests(asked.Application, asked.Repository)
	case "split":
		objects, err := kube.SplitYAML([]byte(asked.Text))
		return contents(objects), err
	case "sync":
		return synced(wrapped(asked.Target), wrapped(asked.Live), asked.Missing)
	case "delete":
		return deleted(wrapped(asked.Live)), nil
	case "strict":
		return strict(asked.Text)
	case "applicationset":
		return applications(asked.Text, asked.Repository)
	case "health":
		return lua.VM{}.ExecuteHealthLua(&unstructured.Unstructured{Object: asked.Object}, asked.Script)
	case "references":
		found, rest := git.GetReferences(log.NewEntry(log.StandardLogger()), asked.Text)
		return object{"references": found, "rest": rest}, nil
	case "hydrator":
		return hydrated(asked.Repository, asked.Text, asked.Commit, asked.Tip)
	}
	return nil, fmt.Errorf("no such op: %s", asked.Op)
}

// strict reads an Application or an ApplicationSet as the API server does that has their definitions.
func strict(text string) (any, error) {
	var head struct {
		Kind string `json:"kind"`
	}
	if err := yaml.Unmarshal([]byte(text), &head); err != nil {
		return nil, err
	}
	var into any
	switch head.Kind {
	case "Application":
		into = &v1alpha1.Application{}
	case "ApplicationSet":
		into = &v1alpha1.ApplicationSet{}
	default:
		return nil, fmt.Errorf("no type for kind %q", head.Kind)
	}
	return into, yaml.UnmarshalStrict([]byte(text), into)
}

func wrapped(objects []object) []*unstructured.Unstructured {
	made := make([]*unstructured.Unstructured, len(objects))
	for i, one := range objects {
		made[i] = &unstructured.Unstructured{Object: one}
	}
	return made
}

func contents(objects []*unstructured.Unstructured) []object {
	made := make([]object, len(objects))
	for i, one := range objects {
		made[i] = one.Object
	}
	return made
}

func main() {
	log.SetOutput(io.Discard)
	klog.SetOutput(io.Discard)
	klog.LogToStderr(false)
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
