apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ .Values.name }}
  annotations:
    replicas: {{ .Values.replicas }}
data:
  size: {{ .Values.storage.sizee }}
