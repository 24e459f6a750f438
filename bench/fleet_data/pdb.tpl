apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: {{ .Values.name }}
  namespace: {{ .Values.namespace }}
  labels:
    {{- include "PLUGIN.labels" . | nindent 4 }}
spec:
  maxUnavailable: {{ .Values.maxUnavailable | default 1 }}
  selector:
    matchLabels:
      {{- include "middleware.selectorLabels" . | nindent 6 }}
