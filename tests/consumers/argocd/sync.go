package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	gosync "sync"

	"github.com/argoproj/argo-cd/gitops-engine/pkg/health"
	"github.com/argoproj/argo-cd/gitops-engine/pkg/sync"
	"github.com/argoproj/argo-cd/gitops-engine/pkg/sync/common"
	"github.com/argoproj/argo-cd/gitops-engine/pkg/utils/kube"
	"github.com/argoproj/argo-cd/v3/controller"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/client-go/rest"
	cmdutil "k8s.io/kubectl/pkg/cmd/util"
)

const namespace = "default"

// step is one wave: what it applies, in order of kinds, and what it deletes; names are "Kind/name".
type step struct {
	Phase   string   `json:"phase"`
	Wave    int      `json:"wave"`
	Applied []string `json:"applied"`
	Server  []string `json:"server"` // of these, those that are applied on the server's side
	Pruned  []string `json:"pruned"`
}

func emptyStep() step { return step{Applied: []string{}, Server: []string{}, Pruned: []string{}} }

// cluster is as much of one as a sync sees: objects come and go at once, and are healthy at the second look.
type cluster struct {
	kube.Kubectl // what is not needed is not there
	lock         gosync.Mutex
	live         map[kube.ResourceKey]*unstructured.Unstructured
	looked       map[kube.ResourceKey]bool
	now          step
}

func name(one *unstructured.Unstructured) string { return one.GetKind() + "/" + one.GetName() }

// operations are what changes a cluster.
type operations struct {
	kube.ResourceOperations // likewise
	on                      *cluster
}

// add has the object live as a cluster would, with a namespace and a UID: without one, two are taken for the same.
func (c *cluster) add(one *unstructured.Unstructured) {
	one = one.DeepCopy()
	if one.GetNamespace() == "" {
		one.SetNamespace(namespace)
	}
	key := kube.GetResourceKey(one)
	one.SetUID(types.UID(key.String()))
	c.live[key] = one
}

func (c *cluster) ManageResources(*rest.Config) (kube.ResourceOperations, func(), error) {
	return operations{on: c}, func() {}, nil
}

func (o operations) ApplyResource(
	_ context.Context, one *unstructured.Unstructured, strategy cmdutil.DryRunStrategy, _, _, server bool, _ string,
) (string, error) {
	c := o.on
	c.lock.Lock()
	defer c.lock.Unlock()
	if strategy == cmdutil.DryRunNone {
		c.now.Applied = append(c.now.Applied, name(one))
		if server {
			c.now.Server = append(c.now.Server, name(one))
		}
		c.add(one)
	}
	return "applied", nil
}

func (c *cluster) DeleteResource(
	_ context.Context, _ *rest.Config, gvk schema.GroupVersionKind, name, namespace string, _ metav1.DeleteOptions,
) error {
	c.lock.Lock()
	defer c.lock.Unlock()
	c.now.Pruned = append(c.now.Pruned, gvk.Kind+"/"+name)
	delete(c.live, kube.NewResourceKey(gvk.Group, gvk.Kind, namespace, name))
	return nil
}

// GetResourceHealth finds a thing progressing first: the next wave must wait for it.
func (c *cluster) GetResourceHealth(one *unstructured.Unstructured) (*health.HealthStatus, error) {
	key := kube.GetResourceKey(one)
	if !c.looked[key] {
		c.looked[key] = true
		return &health.HealthStatus{Status: health.HealthStatusProgressing}, nil
	}
	return &health.HealthStatus{Status: health.HealthStatusHealthy}, nil
}

// IsNamespaced is asked where an object has no namespace; the repo server has given all others theirs.
func (c *cluster) IsNamespaced(schema.GroupKind) (bool, error) { return true, nil }

// apiServer tells which kinds there are: those of the objects, without the missing ones.
func apiServer(objects []*unstructured.Unstructured, missing []string) *httptest.Server {
	lists := map[string]*metav1.APIResourceList{}
	for _, one := range objects {
		gvk := one.GroupVersionKind()
		path := "/apis/" + gvk.GroupVersion().String()
		if gvk.Group == "" {
			path = "/api/" + gvk.Version
		}
		if slices.Contains(missing, gvk.Kind) {
			continue
		}
		if lists[path] == nil {
			lists[path] = &metav1.APIResourceList{
				TypeMeta: metav1.TypeMeta{Kind: "APIResourceList", APIVersion: "v1"}, GroupVersion: gvk.GroupVersion().String(),
			}
		}
		lists[path].APIResources = append(lists[path].APIResources, metav1.APIResource{
			Name: strings.ToLower(gvk.Kind) + "s", Kind: gvk.Kind, Namespaced: true, Verbs: metav1.Verbs{"get", "patch"},
		})
	}
	return httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, asked *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		if list := lists[asked.URL.Path]; list != nil {
			_ = json.NewEncoder(w).Encode(list)
			return
		}
		w.WriteHeader(http.StatusNotFound)
		_ = json.NewEncoder(w).Encode(metav1.Status{
			TypeMeta: metav1.TypeMeta{Kind: "Status", APIVersion: "v1"}, Status: "Failure", Code: 404, Reason: metav1.StatusReasonNotFound,
		})
	}))
}

// synced are the steps in which gitops-engine applies target over live, with pruning, until it says that it is done.
func synced(target, live []*unstructured.Unstructured, missing []string) (any, error) {
	there := &cluster{
		live: map[kube.ResourceKey]*unstructured.Unstructured{}, looked: map[kube.ResourceKey]bool{}, now: emptyStep(),
	}
	for _, one := range live {
		there.add(one)
	}
	server := apiServer(slices.Concat(target, live), missing)
	defer server.Close()
	config := &rest.Config{Host: server.URL, QPS: -1}
	steps := []step{}
	phase, message, results := common.OperationPhase(""), "", []common.ResourceSyncResult(nil)
	for range 1000 {
		known := map[kube.ResourceKey]*unstructured.Unstructured{}
		for key, one := range there.live {
			known[key] = one
		}
		context, cleanup, err := sync.NewSyncContext(
			"0123456789", sync.Reconcile(target, known, namespace, there), config, config, there, namespace,
			sync.WithOperationSettings(false, true, false, false),
			sync.WithInitialState(phase, message, results, metav1.Now()),
			sync.WithHealthOverride(there),
			sync.WithSyncWaveHook(func(phase common.SyncPhase, wave int, _ bool) error {
				there.now.Phase, there.now.Wave = string(phase), wave
				steps = append(steps, there.now)
				there.now = emptyStep()
				return nil
			}),
		)
		if err != nil {
			return nil, err
		}
		context.Sync()
		phase, message, results = context.GetState()
		cleanup()
		switch phase {
		case common.OperationSucceeded:
			return steps, nil
		case common.OperationFailed, common.OperationError:
			return nil, fmt.Errorf("%s: %s", phase, message)
		}
	}
	return nil, fmt.Errorf("it never ends: %s", message)
}

// deleted are the steps in which the controller deletes what an Application holds when that is deleted.
func deleted(live []*unstructured.Unstructured) [][]string {
	steps := [][]string{}
	for len(live) > 0 {
		now := controller.FilterObjectsForDeletion(slices.Clone(live))
		names := []string{}
		for _, one := range now {
			names = append(names, name(one))
			live = slices.DeleteFunc(live, func(other *unstructured.Unstructured) bool { return other == one })
		}
		slices.Sort(names)
		steps = append(steps, names)
	}
	return steps
}
