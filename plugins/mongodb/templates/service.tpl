{{- /* Drivers take all members' names and find the primary by themselves; this is for the first contact. */ -}}
apiVersion: v1
kind: Service
metadata:
  name: {{ .Values.name }}
  namespace: {{ .Values.namespace }}
  labels:
    {{- include "mongodb.labels" . | nindent 4 }}
spec:
  type: {{ .Values.serviceType }}
  selector:
    {{- include "middleware.selectorLabels" . | nindent 4 }}
  ports:
    - name: mongodb
      port: {{ .Values.port }}
      targetPort: mongodb
