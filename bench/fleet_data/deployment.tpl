apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ .Values.name }}
  namespace: {{ .Values.namespace }}
  labels:
    {{- include "PLUGIN.labels" . | nindent 4 }}
  {{- include "PLUGIN.annotations" . | nindent 2 }}
spec:
  replicas: {{ .Values.replicas }}
  revisionHistoryLimit: 3
  strategy:
    rollingUpdate:
      maxUnavailable: {{ ternary 0 1 (lt (int .Values.replicas) 3) }}
      maxSurge: 1
  selector:
    matchLabels:
      {{- include "middleware.selectorLabels" . | nindent 6 }}
  template:
    {{- include "PLUGIN.pod" . | nindent 4 }}
