apiVersion: v1
kind: ServiceAccount
metadata:
  name: {{ .Values.name }}
  namespace: {{ .Values.namespace }}
  labels:
    {{- include "opensearch.labels" . | nindent 4 }}
automountServiceAccountToken: false
