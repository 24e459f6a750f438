apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ .Values.name }}-config
  namespace: {{ .Values.namespace }}
  labels:
    {{- include "opensearch.labels" . | nindent 4 }}
data:
  opensearch.yml: |
    cluster.name: {{ .Values.namespace }}-{{ .Values.group }}
    node.name: ${NODE_NAME}
    node.roles: {{ .Values.roles | toJson }}
    network.host: {{ .Values.network.bindAddress }}
    http.port: {{ .Values.port }}
    transport.port: {{ .Values.network.transportPort }}
    path.data: {{ .Values.dataPath }}
    discovery.seed_hosts: [{{ .Components.manager.name }}-headless.{{ .Values.namespace }}.svc:{{ .Values.network.transportPort }}]
    {{- if and .Values.bootstrap (eq .Values.component "manager") }}
    cluster.initial_cluster_manager_nodes:
      {{- range $ordinal := until (int .Values.replicas) }}
      - {{ $.Values.name }}-{{ $ordinal }}
      {{- end }}
    {{- end }}
    {{- if not .Values.security.enabled }}
    plugins.security.disabled: true
    {{- end }}
    {{- with .Values.opensearchConfig }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
  ready.sh: |
    #!/bin/bash
    # Ready: the node answers; at first, once it is in a cluster where no shard is being copied, or about to be, and that
    # twice: what a node brings back is not looked for in the moment in which it joins. What happens to shards later is
    # no reason to turn clients away.
    set -euo pipefail
    case "$POD_IP" in
      *:*) address="[$POD_IP]" ;;
      *) address=$POD_IP ;;
    esac
    health() { curl -sf --max-time 8 "http://$address:{{ .Values.port }}/_cluster/health?$1"; }
    if [ ! -e /tmp/joined ]; then
      said=$(health 'wait_for_events=languid&timeout=5s')
      for awaited in initializing_shards delayed_unassigned_shards number_of_in_flight_fetch; do
        if [[ "$said" != *"\"$awaited\":0,"* ]]; then
          rm -f /tmp/settled
          exit 1
        fi
      done
      if [ ! -e /tmp/settled ]; then
        touch /tmp/settled
        exit 1
      fi
      touch /tmp/joined
    fi
    health 'local=true' > /dev/null
