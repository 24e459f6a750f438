{{- /* Names for the instances, ready or not. */ -}}
apiVersion: v1
kind: Service
metadata:
  name: {{ .Values.name }}-headless
  namespace: {{ .Values.namespace }}
  labels:
    {{- include "mariadb.labels" . | nindent 4 }}
spec:
  clusterIP: None
  publishNotReadyAddresses: true
  selector:
    {{- include "middleware.selectorLabels" . | nindent 4 }}
  ports:
    - name: mariadb
      port: {{ .Values.port }}
      targetPort: mariadb
    {{- if .Values.exporter.enabled }}
    - name: metrics
      port: {{ .Values.exporter.port }}
      targetPort: metrics
    {{- end }}
