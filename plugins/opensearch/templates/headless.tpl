{{- /* Names for the nodes, ready or not: they find each other before any of them is ready. */ -}}
apiVersion: v1
kind: Service
metadata:
  name: {{ .Values.name }}-headless
  namespace: {{ .Values.namespace }}
  labels:
    {{- include "opensearch.labels" . | nindent 4 }}
spec:
  clusterIP: None
  publishNotReadyAddresses: true
  selector:
    {{- include "middleware.selectorLabels" . | nindent 4 }}
  ports:
    - name: http
      port: {{ .Values.port }}
      targetPort: http
    - name: transport
      port: {{ .Values.network.transportPort }}
      targetPort: transport
