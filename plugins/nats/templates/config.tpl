apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ .Values.name }}-config
  namespace: {{ .Values.namespace }}
  labels:
    {{- include "nats.labels" . | nindent 4 }}
data:
  nats.conf: |
    server_name: $POD_NAME
    listen: {{ printf "%s:%v" .Values.network.bindAddress .Values.port | quote }}
    http: {{ printf "%s:%v" .Values.network.bindAddress .Values.network.monitorPort | quote }}
    pid_file: /run/nats/nats.pid
    lame_duck_duration: {{ .Values.lameDuckSeconds }}s
    lame_duck_grace_period: 2s
    {{- range $key, $value := .Values.natsConfig }}
    {{ $key }}: {{ kindIs "string" $value | ternary $value ($value | toJson) }}
    {{- end }}
    {{- if gt (int .Values.replicas) 1 }}
    cluster: {
      name: {{ printf "%s-%s" .Values.namespace .Values.group | quote }}
      listen: {{ printf "%s:%v" .Values.network.bindAddress .Values.network.routesPort | quote }}
      routes: [{{ include "nats.routes" . }}]
    }
    {{- end }}
    {{- if .Values.jetstream.enabled }}
    jetstream: {
      store_dir: {{ .Values.dataPath | quote }}
      max_memory_store: {{ .Values.jetstream.maxMemory }}
      max_file_store: {{ .Values.jetstream.maxFile }}
    }
    {{- end }}
    {{- if .Values.auth.enabled }}
    include auth.conf
    {{- end }}
