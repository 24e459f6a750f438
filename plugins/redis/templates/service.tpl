{{- /*
The way in for clients. With sentinels the leader changes, and clients ask them for it; what is left for a Service is
reading from any instance. Without sentinels the first instance leads for ever.
*/ -}}
apiVersion: v1
kind: Service
metadata:
  name: {{ .Values.name }}{{ if include "redis.watched" . }}-read{{ end }}
  namespace: {{ .Values.namespace }}
  labels:
    {{- include "redis.labels" . | nindent 4 }}
spec:
  type: {{ .Values.serviceType }}
  selector:
    {{- include "middleware.selectorLabels" . | nindent 4 }}
    {{- if and .Values.replication.enabled (not (include "redis.watched" .)) }}
    statefulset.kubernetes.io/pod-name: {{ .Values.name }}-0
    {{- end }}
  ports:
    - name: redis
      port: {{ .Values.port }}
      targetPort: redis
