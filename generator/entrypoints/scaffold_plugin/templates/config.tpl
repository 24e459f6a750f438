{{- /* The form of a configuration file is the program's: here a line for each key. */ -}}
apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ .Values.name }}-config
  labels:
    {{- include "middleware.labels" . | nindent 4 }}
data:
  @name@.conf: |
    port {{ .Values.network.port }}
    {{- range $key, $value := .Values.config }}
    {{ $key }} {{ $value }}
    {{- end }}
