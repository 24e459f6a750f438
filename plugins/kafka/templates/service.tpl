{{- /* Where clients begin; afterwards they talk to each broker by its own name. */ -}}
apiVersion: v1
kind: Service
metadata:
  name: {{ .Values.name }}
  namespace: {{ .Values.namespace }}
  labels:
    {{- include "kafka.labels" . | nindent 4 }}
spec:
  type: {{ .Values.serviceType }}
  selector:
    {{- include "middleware.selectorLabels" . | nindent 4 }}
  ports:
    - name: client
      port: {{ .Values.port }}
      targetPort: client
