{{- /* Names for the nodes, ready or not: they need each other before any of them is ready. */ -}}
apiVersion: v1
kind: Service
metadata:
  name: {{ .Values.name }}-headless
  namespace: {{ .Values.namespace }}
  labels:
    {{- include "rabbitmq.labels" . | nindent 4 }}
spec:
  clusterIP: None
  publishNotReadyAddresses: true
  selector:
    {{- include "middleware.selectorLabels" . | nindent 4 }}
  ports:
    - name: amqp
      port: {{ .Values.port }}
      targetPort: amqp
    - name: epmd
      port: 4369
      targetPort: epmd
    - name: distribution
      port: {{ .Values.network.distributionPort }}
      targetPort: distribution
    - name: metrics
      port: {{ .Values.exporter.port }}
      targetPort: metrics
