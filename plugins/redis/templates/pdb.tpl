{{- /* Of a single pod it would only keep nodes from being drained. */ -}}
{{- if gt (int (eq .Values.component "sentinel" | ternary .Values.sentinel.replicas .Values.replicas)) 1 -}}
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: {{ .Values.name }}
  namespace: {{ .Values.namespace }}
  labels:
    {{- include "redis.labels" . | nindent 4 }}
spec:
  maxUnavailable: 1
  selector:
    matchLabels:
      {{- include "middleware.selectorLabels" . | nindent 6 }}
{{- end }}
