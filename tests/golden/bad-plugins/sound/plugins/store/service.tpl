apiVersion: v1
kind: Service
metadata:
  name: {{ .Values.name }}
spec:
  selector: {{- include "middleware.selectorLabels" . | nindent 4 }}
  ports: [{name: store, port: {{ .Values.port }}, targetPort: store}]
