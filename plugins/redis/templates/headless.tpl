{{- /* Stable names for the pods, ready or not: they find each other before they are ready. */ -}}
apiVersion: v1
kind: Service
metadata:
  name: {{ .Values.name }}-headless
  namespace: {{ .Values.namespace }}
  labels:
    {{- include "redis.labels" . | nindent 4 }}
spec:
  clusterIP: None
  publishNotReadyAddresses: true
  selector:
    {{- include "middleware.selectorLabels" . | nindent 4 }}
  ports:
    {{- if eq .Values.component "sentinel" }}
    - name: sentinel
      port: {{ .Values.sentinel.port }}
      targetPort: sentinel
    {{- else }}
    - name: redis
      port: {{ .Values.port }}
      targetPort: redis
    {{- end }}
