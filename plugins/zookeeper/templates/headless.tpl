{{- /* Names for the members, ready or not: they need each other before any of them is ready. */ -}}
apiVersion: v1
kind: Service
metadata:
  name: {{ .Values.name }}-headless
  namespace: {{ .Values.namespace }}
  labels:
    {{- include "zookeeper.labels" . | nindent 4 }}
spec:
  clusterIP: None
  publishNotReadyAddresses: true
  selector:
    {{- include "middleware.selectorLabels" . | nindent 4 }}
  ports:
    - name: client
      port: {{ .Values.port }}
      targetPort: client
    - name: peer
      port: {{ .Values.network.peerPort }}
      targetPort: peer
    - name: election
      port: {{ .Values.network.electionPort }}
      targetPort: election
    {{- if .Values.exporter.enabled }}
    - name: metrics
      port: {{ .Values.exporter.port }}
      targetPort: metrics
    {{- end }}
