apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ .Values.name }}-config
  labels:
    {{- include "middleware.labels" . | nindent 4 }}
data:
  redis.conf: |
    dir /data
    port {{ .Values.port }}
    {{- range $key, $value := .Values.redisConfig }}
    {{ $key }} {{ $value }}
    {{- end }}
