apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ .Values.name }}-config
  namespace: {{ .Values.namespace }}
  labels:
    {{- include "redis.labels" . | nindent 4 }}
data:
  redis.conf: |
    port {{ .Values.port }}
    dir {{ .Values.dataPath }}
    protected-mode {{ ternary "yes" "no" .Values.auth.enabled }}
    {{- if .Values.cluster.enabled }}
    cluster-enabled yes
    cluster-config-file nodes.conf
    cluster-node-timeout {{ int .Values.cluster.nodeTimeoutMilliseconds }}
    {{- end }}
    {{- range $key, $value := .Values.redisConfig }}
    {{- range (kindIs "slice" $value | ternary $value (list $value)) }}
    {{ $key }} {{ . }}
    {{- end }}
    {{- end }}
