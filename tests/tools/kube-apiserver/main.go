// Command kube-apiserver is the API server of Kubernetes, built from its own packages at a pinned version.
//
// Its own main package cannot be installed by `go install`: its module replaces the modules that are developed in its
// repository, which are published beside it.
package main

import (
	"os"
	_ "time/tzdata" // the zones of CronJobs, as its own main has them

	"k8s.io/component-base/cli"
	"k8s.io/kubernetes/cmd/kube-apiserver/app"
)

func main() {
	os.Exit(cli.Run(app.NewAPIServerCommand()))
}
