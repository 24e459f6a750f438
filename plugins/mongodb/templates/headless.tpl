{{- /* Names for the members, ready or not: they vote before any of them is ready. */ -}}
apiVersion: v1
kind: Service
metadata:
  name: {{ .Values.name }}-headless
  namespace: {{ .Values.namespace }}
  labels:
    {{- include "mongodb.labels" . | nindent 4 }}
spec:
  clusterIP: None
  publishNotReadyAddresses: true
  selector:
    {{- include "middleware.selectorLabels" . | nindent 4 }}
  ports:
    - name: mongodb
      port: {{ .Values.port }}
      targetPort: mongodb
    - name: metrics
      port: {{ .Values.exporter.port }}
      targetPort: metrics
