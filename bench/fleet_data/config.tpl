apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ .Values.name }}-config
  namespace: {{ .Values.namespace }}
  labels:
    {{- include "PLUGIN.labels" . | nindent 4 }}
data:
  PLUGIN.conf: |
    # {{ .Values.group }} in {{ .Values.environment }}
    port {{ .Values.port }}
    data-dir {{ .Values.dataPath }}
    {{- range $key, $value := .Values.config }}
    {{ $key }} {{ $value }}
    {{- end }}
  {{- if gt (int .Values.replicas) 1 }}
  members: |
    {{- range $ordinal := until (int .Values.replicas) }}
    {{ $.Values.name }}-{{ $ordinal }}.{{ $.Values.name }}-headless.{{ $.Values.namespace }}.svc:{{ $.Values.port }}
    {{- end }}
  {{- end }}
  {{- with .Values.users }}
  users.yaml: |
    {{- toYaml . | nindent 4 }}
  {{- end }}
