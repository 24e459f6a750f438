// Command argocd is both ends of Argo CD's plugin protocol, made of Argo CD's own packages.
//
//	argocd serve --config-dir-path DIR     argocd-cmp-server, as the sidecar runs it
//	argocd manifests REPOSITORY < request  the repo-server's manifest generation, which asks the sidecar
//	argocd parameters REPOSITORY < request what the repo-server asks for the user interface
//
// The sidecar's socket is looked for in ARGOCD_PLUGINSOCKFILEPATH. A request is JSON; the answer is JSON, too.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/argoproj/argo-cd/v3/cmd/argocd-cmp-server/commands"
	"github.com/argoproj/argo-cd/v3/cmpserver/apiclient"
	"github.com/argoproj/argo-cd/v3/pkg/apis/application/v1alpha1"
	repoclient "github.com/argoproj/argo-cd/v3/reposerver/apiclient"
	"github.com/argoproj/argo-cd/v3/reposerver/repository"
	"github.com/argoproj/argo-cd/v3/util/app/discovery"
	"github.com/argoproj/argo-cd/v3/util/cmp"
	"github.com/argoproj/argo-cd/v3/util/git"
	utilio "github.com/argoproj/argo-cd/v3/util/io"
	log "github.com/sirupsen/logrus"
	"k8s.io/apimachinery/pkg/api/resource"
)

type request struct {
	Name          string                               `json:"name"`
	Namespace     string                               `json:"namespace"`
	Path          string                               `json:"path"`
	Revision      string                               `json:"revision"`
	KubeVersion   string                               `json:"kubeVersion"`
	APIVersions   []string                             `json:"apiVersions"`
	GeneratePaths string                               `json:"generatePaths"`
	Exclude       []string                             `json:"exclude"`
	Plugin        *v1alpha1.ApplicationSourcePlugin    `json:"plugin"`
	Directory     *v1alpha1.ApplicationSourceDirectory `json:"directory"`
	Seconds       float64                              `json:"seconds"`
}

type answer struct {
	Type       string                              `json:"type,omitempty"`
	Manifests  []string                            `json:"manifests,omitempty"`
	Parameters []*repoclient.ParameterAnnouncement `json:"parameters,omitempty"`
	Error      string                              `json:"error,omitempty"`
}

func main() {
	log.SetOutput(os.Stderr)
	verb := os.Args[1]
	if verb == "serve" {
		command := commands.NewCommand()
		command.SetArgs(os.Args[2:])
		if command.Execute() != nil {
			os.Exit(1)
		}
		return
	}
	root, err := filepath.Abs(os.Args[2])
	if err != nil {
		panic(err)
	}
	var asked request
	if err := json.NewDecoder(os.Stdin).Decode(&asked); err != nil {
		panic(err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), time.Duration(asked.Seconds*float64(time.Second)))
	defer cancel()
	told := answer{}
	if verb == "manifests" {
		told, err = manifests(ctx, root, asked)
	} else {
		told, err = parameters(ctx, root, asked)
	}
	if err != nil {
		told.Error = err.Error()
	}
	if err := json.NewEncoder(os.Stdout).Encode(told); err != nil {
		panic(err)
	}
}

func (r request) source() *v1alpha1.ApplicationSource {
	return &v1alpha1.ApplicationSource{
		RepoURL:        "https://git.example.com/platform.git",
		Path:           r.Path,
		TargetRevision: "main",
		Plugin:         r.Plugin,
		Directory:      r.Directory,
	}
}

// manifests is the repo-server's own function, which finds the plugin, sends the files and reads what comes back.
func manifests(ctx context.Context, root string, asked request) (answer, error) {
	source := asked.source()
	response, err := repository.GenerateManifests(
		ctx, filepath.Join(root, asked.Path), root, asked.Revision,
		&repoclient.ManifestRequest{
			AppName:                         asked.Name,
			Namespace:                       asked.Namespace,
			ProjectName:                     "default",
			Repo:                            &v1alpha1.Repository{Repo: source.RepoURL},
			ApplicationSource:               source,
			KubeVersion:                     asked.KubeVersion,
			ApiVersions:                     asked.APIVersions,
			AnnotationManifestGeneratePaths: asked.GeneratePaths,
		},
		false, git.NoopCredsStore{}, resource.MustParse("10M"), utilio.NewRandomizedTempPaths(os.TempDir()),
		repository.WithCMPTarExcludedGlobs(asked.Exclude),
		repository.WithCMPUseManifestGeneratePaths(asked.GeneratePaths != ""),
	)
	if err != nil {
		return answer{}, err
	}
	return answer{Type: response.SourceType, Manifests: response.Manifests}, nil
}

// parameters does what populatePluginAppDetails of reposerver/repository/repository.go does, which is not exported:
// its variables are fewer than those for manifests.
func parameters(ctx context.Context, root string, asked request) (answer, error) {
	source := asked.source()
	env := []string{
		"ARGOCD_APP_NAME=" + asked.Name,
		"ARGOCD_APP_SOURCE_REPO_URL=" + source.RepoURL,
		"ARGOCD_APP_SOURCE_PATH=" + source.Path,
		"ARGOCD_APP_SOURCE_TARGET_REVISION=" + source.TargetRevision,
	}
	name := ""
	if source.Plugin != nil {
		name = source.Plugin.Name
		for _, entry := range source.Plugin.Env {
			env = append(env, fmt.Sprintf("ARGOCD_ENV_%s=%s", entry.Name, entry.Value))
		}
		more, err := source.Plugin.Parameters.Environ()
		if err != nil {
			return answer{}, err
		}
		env = append(env, more...)
	}
	path := filepath.Join(root, asked.Path)
	connection, client, err := discovery.DetectConfigManagementPlugin(ctx, path, root, name, env, asked.Exclude)
	if err != nil {
		return answer{}, err
	}
	defer utilio.Close(connection)
	var stream apiclient.ConfigManagementPluginService_GetParametersAnnouncementClient
	if stream, err = client.GetParametersAnnouncement(ctx); err != nil {
		return answer{}, err
	}
	if err := cmp.SendRepoStream(ctx, path, root, stream, env, asked.Exclude); err != nil {
		return answer{}, err
	}
	response, err := stream.CloseAndRecv()
	if err != nil {
		return answer{}, err
	}
	return answer{Parameters: response.ParameterAnnouncements}, nil
}
