package main

import (
	"os"
	"path/filepath"

	"github.com/argoproj/argo-cd/v3/commitserver/commit"
	"github.com/argoproj/argo-cd/v3/pkg/apis/application/v1alpha1"
	"github.com/argoproj/argo-cd/v3/util/git"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// hydrated is what the source hydrator says of a commit of the repository checked out at root, which is known as url.
func hydrated(root, url, source, tip string) (any, error) {
	client, err := git.NewClientExt(url, root, git.NopCreds{}, false, false, "", "")
	if err != nil {
		return nil, err
	}
	known, err := client.RevisionMetadata(source)
	if err != nil {
		return nil, err
	}
	// As GetRevisionMetadata of reposerver/repository does, which needs a whole repo server; its clock shows UTC.
	told := &v1alpha1.RevisionMetadata{
		Author: known.Author, Date: &metav1.Time{Time: known.Date.UTC()}, Message: known.Message,
	}
	for _, one := range known.References {
		told.References = append(told.References, v1alpha1.RevisionReference{Commit: &v1alpha1.CommitMetadata{
			Author: one.Commit.Author.String(), Date: one.Commit.Date, Subject: one.Commit.Subject,
			Body: one.Commit.Body, SHA: one.Commit.SHA, RepoURL: one.Commit.RepoURL,
		}})
	}
	folder, err := os.MkdirTemp("", "hydrator")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(folder)
	into, err := os.OpenRoot(folder)
	if err != nil {
		return nil, err
	}
	defer into.Close()
	if _, err := commit.WriteForPaths(into, url, source, told, nil, client, ""); err != nil {
		return nil, err
	}
	text, err := os.ReadFile(filepath.Join(folder, "hydrator.metadata"))
	if err != nil {
		return nil, err
	}
	done, err := commit.IsHydrated(client, source, tip)
	return object{"metadata": string(text), "hydrated": done}, err
}
