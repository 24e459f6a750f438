apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: {{ .Values.name }}
  namespace: {{ .Values.namespace }}
  labels:
    {{- include "PLUGIN.labels" . | nindent 4 }}
  {{- include "PLUGIN.annotations" . | nindent 2 }}
spec:
  serviceName: {{ .Values.name }}-headless
  replicas: {{ .Values.replicas }}
  podManagementPolicy: {{ .Values.podManagementPolicy | default "OrderedReady" }}
  updateStrategy:
    type: RollingUpdate
    rollingUpdate:
      partition: {{ .Values.partition | default 0 }}
  selector:
    matchLabels:
      {{- include "middleware.selectorLabels" . | nindent 6 }}
  template:
    {{- include "PLUGIN.pod" . | nindent 4 }}
  {{- if and .Values.storage.enabled (not .Values.ownClaim) }}
  volumeClaimTemplates:
    - metadata:
        name: data
        labels:
          {{- include "middleware.selectorLabels" . | nindent 10 }}
      spec:
        accessModes: [ReadWriteOnce]
        storageClassName: {{ .Values.storageClass }}
        resources:
          requests:
            storage: {{ .Values.storageSize }}
  {{- end }}
