apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: {{ .Values.name }}
  namespace: {{ .Values.namespace }}
  labels:
    {{- include "nats.labels" . | nindent 4 }}
spec:
  podSelector:
    matchLabels:
      {{- include "middleware.selectorLabels" . | nindent 6 }}
  policyTypes: [Ingress]
  ingress:
    # Clients: the namespace's own pods where nobody else is named.
    - from:
        {{- include "nats.peers" (.Values.networkPolicy.allowFrom | default (list (dict "podSelector" dict))) | nindent 8 }}
      ports:
        - port: client
    # The group's own pods.
    - from:
        - podSelector:
            matchLabels:
              app.kubernetes.io/name: nats
              middleware.io/group: {{ .Values.group }}
      ports:
        - port: client
        - port: routes
    {{- if and .Values.exporter.enabled .Values.networkPolicy.metricsFrom }}
    - from:
        {{- include "nats.peers" .Values.networkPolicy.metricsFrom | nindent 8 }}
      ports:
        - port: metrics
    {{- end }}
