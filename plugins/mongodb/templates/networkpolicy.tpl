apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: {{ .Values.name }}
  namespace: {{ .Values.namespace }}
  labels:
    {{- include "mongodb.labels" . | nindent 4 }}
spec:
  podSelector:
    matchLabels:
      {{- include "middleware.selectorLabels" . | nindent 6 }}
  policyTypes: [Ingress]
  ingress:
    # Clients: the namespace's own pods where nobody else is named.
    - from:
        {{- include "mongodb.peers" (.Values.networkPolicy.allowFrom | default (list (dict "podSelector" dict))) | nindent 8 }}
      ports:
        - port: mongodb
    # The group's own pods.
    - from:
        - podSelector:
            matchLabels:
              app.kubernetes.io/name: mongodb
              middleware.io/group: {{ .Values.group }}
      ports:
        - port: mongodb
    {{- with .Values.networkPolicy.metricsFrom }}
    - from:
        {{- include "mongodb.peers" . | nindent 8 }}
      ports:
        - port: metrics
    {{- end }}
