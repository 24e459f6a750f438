package main

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"

	"github.com/argoproj/argo-cd/v3/applicationset/controllers/template"
	"github.com/argoproj/argo-cd/v3/applicationset/generators"
	"github.com/argoproj/argo-cd/v3/applicationset/utils"
	"github.com/argoproj/argo-cd/v3/pkg/apis/application/v1alpha1"
	"github.com/argoproj/argo-cd/v3/reposerver/apiclient"
	"github.com/argoproj/argo-cd/v3/reposerver/repository"
	"github.com/argoproj/argo-cd/v3/util/git"
	utilio "github.com/argoproj/argo-cd/v3/util/io"
	log "github.com/sirupsen/logrus"
	"k8s.io/apimachinery/pkg/api/resource"
	"sigs.k8s.io/yaml"
)

// manifests are the objects that the repo server makes of an Application whose repository is checked out.
func manifests(text, root string) (any, error) {
	app := &v1alpha1.Application{}
	if err := yaml.UnmarshalStrict([]byte(text), app); err != nil {
		return nil, err
	}
	source := app.Spec.GetSource()
	made, err := repository.GenerateManifests(
		context.Background(), filepath.Join(root, source.Path), root, "0123456789012345678901234567890123456789",
		&apiclient.ManifestRequest{
			Repo:              &v1alpha1.Repository{Repo: source.RepoURL},
			AppName:           app.Name,
			Namespace:         app.Spec.Destination.Namespace,
			ApplicationSource: &source,
			TrackingMethod:    string(v1alpha1.TrackingMethodAnnotation),
			AppLabelKey:       "app.kubernetes.io/instance",
			EnabledSourceTypes: map[string]bool{
				string(v1alpha1.ApplicationSourceTypeDirectory): true,
				string(v1alpha1.ApplicationSourceTypeKustomize): true,
				string(v1alpha1.ApplicationSourceTypeHelm):      true,
			},
		},
		false, &git.NoopCredsStore{}, resource.MustParse("10M"), utilio.NewRandomizedTempPaths(os.TempDir()),
	)
	if err != nil {
		return nil, err
	}
	objects := make([]object, len(made.Manifests))
	for i, one := range made.Manifests {
		if err := json.Unmarshal([]byte(one), &objects[i]); err != nil {
			return nil, err
		}
	}
	return object{"type": made.SourceType, "objects": objects}, nil
}

// files is a repository that is checked out at root.
type files struct{ root string }

func (f files) GetFiles(_ context.Context, _, _, _, pattern string, _ bool, _ *v1alpha1.SourceIntegrity) (map[string][]byte, error) {
	found, err := filepath.Glob(filepath.Join(f.root, pattern))
	if err != nil {
		return nil, err
	}
	made := map[string][]byte{}
	for _, path := range found {
		relative, err := filepath.Rel(f.root, path)
		if err != nil {
			return nil, err
		}
		if made[relative], err = os.ReadFile(path); err != nil {
			return nil, err
		}
	}
	return made, nil
}

func (f files) GetDirectories(context.Context, string, string, string, bool, *v1alpha1.SourceIntegrity) ([]string, error) {
	return nil, nil
}

// applications are those that an ApplicationSet makes of the files in a repository.
func applications(text, root string) (any, error) {
	set := v1alpha1.ApplicationSet{}
	if err := yaml.UnmarshalStrict([]byte(text), &set); err != nil {
		return nil, err
	}
	known := map[string]generators.Generator{"Git": generators.NewGitGenerator(files{root}, set.Namespace)}
	made, _, err := template.GenerateApplications(log.NewEntry(log.StandardLogger()), set, known, &utils.Render{}, nil)
	return made, err
}
