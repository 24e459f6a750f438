// Says which fields of an object Kubernetes' API server refuses: of a new one, or of one that changes.
//
// Input is a JSON list of {"name", "old", "new"}, manifests as one writes them, without "old" where the object is new;
// output is a JSON object with the refused fields under each name. A new object is decoded strictly, as with
// fieldValidation=Strict. The code that decides is the server's own; around it stands only what the rest of
// a cluster does: claims are bound and have a storage class, Services have an address.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"sort"
	"strings"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/api/meta"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/runtime/serializer"
	genericrequest "k8s.io/apiserver/pkg/endpoints/request"
	"k8s.io/apiserver/pkg/registry/rest"
	"k8s.io/kubernetes/pkg/api/legacyscheme"
	_ "k8s.io/kubernetes/pkg/apis/apps/install"
	_ "k8s.io/kubernetes/pkg/apis/autoscaling/install"
	_ "k8s.io/kubernetes/pkg/apis/batch/install"
	api "k8s.io/kubernetes/pkg/apis/core"
	_ "k8s.io/kubernetes/pkg/apis/core/install"
	_ "k8s.io/kubernetes/pkg/apis/networking/install"
	_ "k8s.io/kubernetes/pkg/apis/node/install"
	_ "k8s.io/kubernetes/pkg/apis/policy/install"
	_ "k8s.io/kubernetes/pkg/apis/rbac/install"
	_ "k8s.io/kubernetes/pkg/apis/scheduling/install"
	_ "k8s.io/kubernetes/pkg/apis/storage/install"
	"k8s.io/kubernetes/pkg/registry/apps/daemonset"
	"k8s.io/kubernetes/pkg/registry/apps/deployment"
	"k8s.io/kubernetes/pkg/registry/apps/replicaset"
	"k8s.io/kubernetes/pkg/registry/apps/statefulset"
	"k8s.io/kubernetes/pkg/registry/autoscaling/horizontalpodautoscaler"
	"k8s.io/kubernetes/pkg/registry/batch/cronjob"
	"k8s.io/kubernetes/pkg/registry/batch/job"
	"k8s.io/kubernetes/pkg/registry/core/configmap"
	"k8s.io/kubernetes/pkg/registry/core/namespace"
	"k8s.io/kubernetes/pkg/registry/core/persistentvolume"
	"k8s.io/kubernetes/pkg/registry/core/persistentvolumeclaim"
	"k8s.io/kubernetes/pkg/registry/core/pod"
	"k8s.io/kubernetes/pkg/registry/core/resourcequota"
	"k8s.io/kubernetes/pkg/registry/core/secret"
	"k8s.io/kubernetes/pkg/registry/core/service"
	"k8s.io/kubernetes/pkg/registry/core/serviceaccount"
	"k8s.io/kubernetes/pkg/registry/networking/ingress"
	"k8s.io/kubernetes/pkg/registry/networking/ingressclass"
	"k8s.io/kubernetes/pkg/registry/networking/networkpolicy"
	"k8s.io/kubernetes/pkg/registry/node/runtimeclass"
	"k8s.io/kubernetes/pkg/registry/policy/poddisruptionbudget"
	"k8s.io/kubernetes/pkg/registry/rbac/clusterrolebinding"
	"k8s.io/kubernetes/pkg/registry/rbac/role"
	"k8s.io/kubernetes/pkg/registry/rbac/rolebinding"
	"k8s.io/kubernetes/pkg/registry/scheduling/priorityclass"
	"k8s.io/kubernetes/pkg/registry/storage/csidriver"
	"k8s.io/kubernetes/pkg/registry/storage/storageclass"
)

var strategies = map[string]rest.RESTUpdateStrategy{
	"DaemonSet": daemonset.Strategy, "Deployment": deployment.Strategy, "ReplicaSet": replicaset.Strategy,
	"StatefulSet": statefulset.Strategy, "HorizontalPodAutoscaler": horizontalpodautoscaler.Strategy,
	"CronJob": cronjob.Strategy, "Job": job.Strategy, "ConfigMap": configmap.Strategy,
	"PersistentVolume": persistentvolume.Strategy, "PersistentVolumeClaim": persistentvolumeclaim.Strategy,
	"Pod": pod.Strategy, "Secret": secret.Strategy, "Service": service.Strategy,
	"ServiceAccount": serviceaccount.Strategy, "Ingress": ingress.Strategy, "IngressClass": ingressclass.Strategy,
	"NetworkPolicy": networkpolicy.Strategy, "RuntimeClass": runtimeclass.Strategy,
	"ResourceQuota": resourcequota.Strategy, "PodDisruptionBudget": poddisruptionbudget.Strategy, "ClusterRoleBinding": clusterrolebinding.Strategy,
	"RoleBinding": rolebinding.Strategy, "Role": role.Strategy, "Namespace": namespace.Strategy, "PriorityClass": priorityclass.Strategy,
	"CSIDriver": csidriver.Strategy, "StorageClass": storageclass.Strategy,
}

var strict = serializer.NewCodecFactory(legacyscheme.Scheme, serializer.EnableStrict).UniversalDecoder()

type row struct {
	Name string          `json:"name"`
	Old  json.RawMessage `json:"old"`
	New  json.RawMessage `json:"new"`
}

func stored(text []byte) (runtime.Object, schema.GroupVersionKind, error) {
	object, kind, err := legacyscheme.Codecs.UniversalDecoder().Decode(text, nil, nil)
	if err != nil {
		return nil, schema.GroupVersionKind{}, err
	}
	accessor, err := meta.Accessor(object)
	if err != nil {
		return nil, schema.GroupVersionKind{}, err
	}
	accessor.SetResourceVersion("1")
	accessor.SetUID("u")
	switch typed := object.(type) {
	case *api.PersistentVolumeClaim:
		typed.Status.Phase = api.ClaimBound
		if typed.Spec.StorageClassName == nil {
			standard := "standard"
			typed.Spec.StorageClassName = &standard
		}
		if typed.Spec.VolumeName == "" {
			typed.Spec.VolumeName = "pv-1"
		}
		typed.Status.Capacity = typed.Spec.Resources.Requests
	}
	return object, *kind, nil
}

// created says what is refused of a new object.
func created(asked row) ([]string, error) {
	object, kind, err := strict.Decode(asked.New, nil, nil)
	if err != nil {
		if unknown, ok := runtime.AsStrictDecodingError(err); ok {
			var fields []string
			for _, one := range unknown.Errors() {
				fields = append(fields, one.Error())
			}
			return fields, nil
		}
		if runtime.IsNotRegisteredError(err) {
			return []string{"apiVersion"}, nil
		}
		return []string{"cannot be read"}, nil
	}
	accessor, err := meta.Accessor(object)
	if err != nil {
		return nil, err
	}
	strategy, ok := strategies[kind.Kind].(rest.RESTCreateStrategy)
	if !ok {
		return nil, fmt.Errorf("no strategy for %s", kind)
	}
	ctx := genericrequest.WithNamespace(context.Background(), accessor.GetNamespace())
	ctx = genericrequest.WithRequestInfo(ctx, &genericrequest.RequestInfo{
		IsResourceRequest: true, Verb: "create", Namespace: accessor.GetNamespace(),
		APIGroup: kind.Group, APIVersion: kind.Version, Resource: strings.ToLower(kind.Kind) + "s",
	})
	if service, ok := object.(*api.Service); ok && service.Spec.ClusterIP != "" {
		service.Spec.ClusterIPs = []string{service.Spec.ClusterIP} // as the storage of Services does
	}
	rest.FillObjectMetaSystemFields(accessor)
	return refused(rest.BeforeCreate(strategy, ctx, object))
}

func verdict(asked row) ([]string, error) {
	if len(asked.Old) == 0 {
		return created(asked)
	}
	before, kind, err := stored(asked.Old)
	if err != nil {
		return nil, fmt.Errorf("old: %w", err)
	}
	after, _, err := stored(asked.New)
	if err != nil {
		return []string{"cannot be read"}, nil
	}
	if old, ok := before.(*api.Service); ok {
		allocate(old, after.(*api.Service))
	}
	strategy, ok := strategies[kind.Kind]
	if !ok {
		return nil, fmt.Errorf("no strategy for %s", kind)
	}
	namespace := metav1.NamespaceNone
	if strategy.NamespaceScoped() {
		namespace = "n"
	}
	ctx := genericrequest.WithNamespace(context.Background(), namespace)
	ctx = genericrequest.WithRequestInfo(ctx, &genericrequest.RequestInfo{
		IsResourceRequest: true, Verb: "update", Namespace: namespace, Name: "a",
		APIGroup: kind.Group, APIVersion: kind.Version, Resource: strings.ToLower(kind.Kind) + "s",
	})
	return refused(rest.BeforeUpdate(strategy, ctx, after, before))
}

// refused names the fields that an error of the server is about.
func refused(err error) ([]string, error) {
	if err == nil {
		return []string{}, nil
	}
	status, ok := err.(apierrors.APIStatus)
	if !ok || status.Status().Details == nil {
		return nil, err
	}
	var fields []string
	for _, cause := range status.Status().Details.Causes {
		fields = append(fields, cause.Field)
	}
	sort.Strings(fields)
	return fields, nil
}

// allocate does what the storage of Services does around the strategy: it gives the old one an address, and the new
// one what it leaves out and the old one has.
func allocate(before, after *api.Service) {
	single := api.IPFamilyPolicySingleStack
	if before.Spec.Type != api.ServiceTypeExternalName {
		if before.Spec.ClusterIP == "" {
			before.Spec.ClusterIP = "10.0.0.1"
		}
		before.Spec.ClusterIPs = []string{before.Spec.ClusterIP}
		if len(before.Spec.IPFamilies) == 0 {
			before.Spec.IPFamilies = []api.IPFamily{api.IPv4Protocol}
		}
		if before.Spec.IPFamilyPolicy == nil {
			before.Spec.IPFamilyPolicy = &single
		}
	}
	if before.Spec.Type != api.ServiceTypeExternalName && after.Spec.Type != api.ServiceTypeExternalName {
		if after.Spec.ClusterIP == "" {
			after.Spec.ClusterIP = before.Spec.ClusterIP
		}
	}
	if after.Spec.Type != api.ServiceTypeExternalName {
		if after.Spec.ClusterIP != "" {
			after.Spec.ClusterIPs = []string{after.Spec.ClusterIP}
		}
		if len(after.Spec.IPFamilies) == 0 {
			after.Spec.IPFamilies = before.Spec.IPFamilies
		}
		if after.Spec.IPFamilyPolicy == nil {
			after.Spec.IPFamilyPolicy = before.Spec.IPFamilyPolicy
		}
	}
}

func main() {
	var rows []row
	if err := json.NewDecoder(os.Stdin).Decode(&rows); err != nil {
		panic(err)
	}
	found := map[string]any{}
	for _, asked := range rows {
		fields, err := verdict(asked)
		if err != nil {
			fmt.Fprintln(os.Stderr, asked.Name, err)
			os.Exit(1)
		}
		found[asked.Name] = fields
	}
	out := json.NewEncoder(os.Stdout)
	out.SetIndent("", "  ")
	if err := out.Encode(found); err != nil {
		panic(err)
	}
}
