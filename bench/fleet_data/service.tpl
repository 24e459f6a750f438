apiVersion: v1
kind: Service
metadata:
  name: {{ .Values.name }}
  namespace: {{ .Values.namespace }}
  labels:
    {{- include "PLUGIN.labels" . | nindent 4 }}
  {{- include "PLUGIN.annotations" . | nindent 2 }}
spec:
  type: {{ .Values.serviceType }}
  {{- if ne .Values.serviceType "ClusterIP" }}
  externalTrafficPolicy: {{ .Values.network.externalTrafficPolicy | default "Cluster" }}
  {{- end }}
  selector:
    {{- include "middleware.selectorLabels" . | nindent 4 }}
  ports:
    - name: client
      port: {{ .Values.port }}
      targetPort: client
    {{- if .Values.metrics.enabled }}
    - name: metrics
      port: {{ .Values.metrics.port }}
      targetPort: metrics
    {{- end }}
