{{- $port := eq .Values.component "sentinel" | ternary "sentinel" "redis" -}}
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: {{ .Values.name }}
  namespace: {{ .Values.namespace }}
  labels:
    {{- include "redis.labels" . | nindent 4 }}
spec:
  podSelector:
    matchLabels:
      {{- include "middleware.selectorLabels" . | nindent 6 }}
  policyTypes: [Ingress]
  ingress:
    # Clients: the namespace's own pods where nobody else is named.
    - from:
        {{- include "redis.peers" (.Values.networkPolicy.allowFrom | default (list (dict "podSelector" dict))) | nindent 8 }}
      ports:
        - port: {{ $port }}
    # The group's own pods.
    - from:
        - podSelector:
            matchLabels:
              app.kubernetes.io/name: redis
              middleware.io/group: {{ .Values.group }}
      ports:
        - port: {{ $port }}
        {{- if and (eq .Values.component "data") .Values.cluster.enabled }}
        - port: bus
        {{- end }}
    {{- if and (eq .Values.component "data") (dig "exporter" "enabled" false .Components) .Values.networkPolicy.metricsFrom }}
    - from:
        {{- include "redis.peers" .Values.networkPolicy.metricsFrom | nindent 8 }}
      ports:
        - port: metrics
    {{- end }}
