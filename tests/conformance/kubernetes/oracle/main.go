// Answers what Kubernetes' own libraries make of quantities, label selectors and patches.
//
// Each line of input is a request, each line of output its answer, both JSON. Requests are
//
//	{"op": "quantity", "args": ["1Gi", "1024Mi"]}          -> result: [canonical form of each], "cmp": -1, 0 or 1
//	{"op": "selector", "args": ["a in (b)"], "labels": {}} -> result: whether it matches
//	{"op": "json" | "merge" | "strategic", "object": {}, "patch": …} -> result: the patched object
//
// and an answer that has an "error" has no result.
package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"os"

	jsonpatch "gopkg.in/evanphx/json-patch.v4"
	admissionv1 "k8s.io/api/admissionregistration/v1"
	appsv1 "k8s.io/api/apps/v1"
	autoscalingv2 "k8s.io/api/autoscaling/v2"
	batchv1 "k8s.io/api/batch/v1"
	corev1 "k8s.io/api/core/v1"
	networkingv1 "k8s.io/api/networking/v1"
	policyv1 "k8s.io/api/policy/v1"
	rbacv1 "k8s.io/api/rbac/v1"
	"k8s.io/apimachinery/pkg/api/resource"
	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/util/strategicpatch"
)

type request struct {
	Op     string            `json:"op"`
	Args   []string          `json:"args"`
	Labels map[string]string `json:"labels"`
	Object json.RawMessage   `json:"object"`
	Patch  json.RawMessage   `json:"patch"`
}

type answer struct {
	Result any    `json:"result,omitempty"`
	Cmp    int    `json:"cmp"`
	Error  string `json:"error,omitempty"`
}

var scheme = runtime.NewScheme()

func init() {
	for _, add := range []func(*runtime.Scheme) error{
		admissionv1.AddToScheme, appsv1.AddToScheme, autoscalingv2.AddToScheme, batchv1.AddToScheme,
		corev1.AddToScheme, networkingv1.AddToScheme, policyv1.AddToScheme, rbacv1.AddToScheme,
	} {
		if err := add(scheme); err != nil {
			panic(err)
		}
	}
}

func quantities(texts []string) (answer, error) {
	parsed := make([]resource.Quantity, len(texts))
	canonical := make([]string, len(texts))
	for i, text := range texts {
		quantity, err := resource.ParseQuantity(text)
		if err != nil {
			return answer{}, err
		}
		parsed[i], canonical[i] = quantity, quantity.AsDec().String()
	}
	found := answer{Result: canonical}
	if len(parsed) == 2 {
		found.Cmp = parsed[0].Cmp(parsed[1])
	}
	return found, nil
}

func strategic(object, patch []byte) ([]byte, error) {
	var head struct {
		APIVersion string `json:"apiVersion"`
		Kind       string `json:"kind"`
	}
	if err := json.Unmarshal(object, &head); err != nil {
		return nil, err
	}
	typed, err := scheme.New(schema.FromAPIVersionAndKind(head.APIVersion, head.Kind))
	if err != nil {
		return nil, err
	}
	return strategicpatch.StrategicMergePatch(object, patch, typed)
}

func operations(object, patch []byte) ([]byte, error) {
	decoded, err := jsonpatch.DecodePatch(patch)
	if err != nil {
		return nil, err
	}
	return decoded.Apply(object)
}

func ask(asked request) (found answer, err error) {
	defer func() { // jsonpatch panics on some paths without a slash
		if panicked := recover(); panicked != nil {
			err = fmt.Errorf("panic: %v", panicked)
		}
	}()
	var patched []byte
	switch asked.Op {
	case "quantity":
		return quantities(asked.Args)
	case "selector":
		selector, err := labels.Parse(asked.Args[0])
		if err != nil {
			return answer{}, err
		}
		return answer{Result: selector.Matches(labels.Set(asked.Labels))}, nil
	case "json":
		patched, err = operations(asked.Object, asked.Patch)
	case "merge":
		patched, err = jsonpatch.MergePatch(asked.Object, asked.Patch)
	case "strategic":
		patched, err = strategic(asked.Object, asked.Patch)
	default:
		err = fmt.Errorf("no such op: %s", asked.Op)
	}
	return answer{Result: json.RawMessage(bytes.TrimSpace(patched))}, err
}

func main() {
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 1<<26)
	out := json.NewEncoder(os.Stdout)
	for lines.Scan() {
		var asked request
		found := answer{}
		err := json.Unmarshal(lines.Bytes(), &asked)
		if err == nil {
			found, err = ask(asked)
		}
		if err != nil {
			found = answer{Error: err.Error()}
		}
		if err := out.Encode(found); err != nil {
			panic(err)
		}
	}
}
