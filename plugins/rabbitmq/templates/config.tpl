apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ .Values.name }}-config
  namespace: {{ .Values.namespace }}
  labels:
    {{- include "rabbitmq.labels" . | nindent 4 }}
data:
  enabled_plugins: |
    [{{ concat (list "rabbitmq_management" "rabbitmq_prometheus") .Values.plugins | uniq | join "," }}].
  rabbitmq.conf: |
    listeners.tcp.1 = {{ .Values.network.bindAddress }}:{{ .Values.port }}
    management.tcp.ip = {{ .Values.network.bindAddress }}
    management.tcp.port = {{ .Values.network.managementPort }}
    prometheus.tcp.ip = {{ .Values.network.bindAddress }}
    prometheus.tcp.port = {{ .Values.exporter.port }}
    log.console = true
    log.console.level = {{ .Values.logLevel }}
    {{- if gt (int .Values.replicas) 1 }}
    cluster_name = {{ .Values.namespace }}-{{ .Values.group }}
    cluster_partition_handling = pause_minority
    cluster_formation.peer_discovery_backend = classic_config
    {{- range $ordinal := until (int .Values.replicas) }}
    cluster_formation.classic_config.nodes.{{ add1 $ordinal }} = rabbit@{{ $.Values.name }}-{{ $ordinal }}.{{ include "rabbitmq.domain" $ }}
    {{- end }}
    {{- end }}
    {{- range $key, $value := .Values.rabbitmqConfig }}
    {{ $key }} = {{ $value }}
    {{- end }}
  start.sh: |
    #!/bin/bash
    # Puts the secret that the nodes share where Erlang looks for it, then becomes the node.
    set -euo pipefail
    umask 077
    rm -f "$HOME/.erlang.cookie"
    printf '%s' "$ERLANG_COOKIE" > "$HOME/.erlang.cookie"
    chmod 0400 "$HOME/.erlang.cookie"
    unset ERLANG_COOKIE
    exec rabbitmq-server
  stop.sh: |
    #!/bin/bash
    # Before the node goes: waits until no queue would lose its majority, then hands over what it leads. Where all go at
    # once, as when the group stops, there is nobody to wait for.
    set -uo pipefail
    rabbitmq-upgrade -q await_online_quorum_plus_one -t {{ .Values.drainSeconds }} || true
    rabbitmq-upgrade -q drain -t {{ .Values.drainSeconds }} || true
