apiVersion: v1
kind: Service
metadata:
  name: {{ .Values.name }}
  namespace: {{ .Values.namespace }}
  labels:
    {{- include "kafka.labels" . | nindent 4 }}
spec:
  selector:
    {{- include "middleware.selectorLabels" . | nindent 4 }}
  ports:
    - name: metrics
      port: {{ .Values.exporter.port }}
      targetPort: metrics
