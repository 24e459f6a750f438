apiVersion: v1
kind: Service
metadata:
  name: {{ .Values.name }}-headless
  namespace: {{ .Values.namespace }}
  labels:
    {{- include "PLUGIN.labels" . | nindent 4 }}
spec:
  clusterIP: None
  publishNotReadyAddresses: {{ .Values.publishNotReadyAddresses | default false }}
  selector:
    {{- include "middleware.selectorLabels" . | nindent 4 }}
  ports:
    - name: client
      port: {{ .Values.port }}
      targetPort: client
    {{- range $name, $port := .Values.extraPorts }}
    - name: {{ $name }}
      port: {{ $port }}
      targetPort: {{ $name }}
    {{- end }}
