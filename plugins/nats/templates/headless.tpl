{{- /* Names for the servers, ready or not: they need each other before any of them is ready. */ -}}
apiVersion: v1
kind: Service
metadata:
  name: {{ .Values.name }}-headless
  namespace: {{ .Values.namespace }}
  labels:
    {{- include "nats.labels" . | nindent 4 }}
spec:
  clusterIP: None
  publishNotReadyAddresses: true
  selector:
    {{- include "middleware.selectorLabels" . | nindent 4 }}
  ports:
    - name: client
      port: {{ .Values.port }}
      targetPort: client
    - name: routes
      port: {{ .Values.network.routesPort }}
      targetPort: routes
    - name: monitor
      port: {{ .Values.network.monitorPort }}
      targetPort: monitor
    {{- if .Values.exporter.enabled }}
    - name: metrics
      port: {{ .Values.exporter.port }}
      targetPort: metrics
    {{- end }}
