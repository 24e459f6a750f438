apiVersion: v1
kind: Service
metadata:
  name: {{ .Values.name }}
  labels:
    {{- include "middleware.labels" . | nindent 4 }}
spec:
  selector:
    {{- include "middleware.selectorLabels" . | nindent 4 }}
  ports:
  - name: redis
    port: {{ .Values.port }}
    targetPort: redis
