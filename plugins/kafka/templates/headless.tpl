{{- /* Names for the pods, ready or not: controllers need each other before any of them is ready. */ -}}
apiVersion: v1
kind: Service
metadata:
  name: {{ .Values.name }}-headless
  namespace: {{ .Values.namespace }}
  labels:
    {{- include "kafka.labels" . | nindent 4 }}
spec:
  clusterIP: None
  publishNotReadyAddresses: true
  selector:
    {{- include "middleware.selectorLabels" . | nindent 4 }}
  ports:
    {{- if eq .Values.component "broker" }}
    - name: client
      port: {{ .Values.port }}
      targetPort: client
    - name: internal
      port: {{ .Values.network.internalPort }}
      targetPort: internal
    {{- else }}
    - name: controller
      port: {{ .Values.network.controllerPort }}
      targetPort: controller
    {{- end }}
