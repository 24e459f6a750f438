apiVersion: v1
kind: Service
metadata:
  name: {{ .Values.name }}-metrics
  namespace: {{ .Values.namespace }}
  labels:
    {{- include "redis.labels" . | nindent 4 }}
spec:
  type: ClusterIP
  selector:
    {{- include "redis.dataSelector" . | nindent 4 }}
  ports:
    - name: metrics
      port: {{ .Values.exporter.port }}
      targetPort: metrics
