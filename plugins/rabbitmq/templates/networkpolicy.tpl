apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: {{ .Values.name }}
  namespace: {{ .Values.namespace }}
  labels:
    {{- include "rabbitmq.labels" . | nindent 4 }}
spec:
  podSelector:
    matchLabels:
      {{- include "middleware.selectorLabels" . | nindent 6 }}
  policyTypes: [Ingress]
  ingress:
    # Clients: the namespace's own pods where nobody else is named.
    - from:
        {{- include "rabbitmq.peers" (.Values.networkPolicy.allowFrom | default (list (dict "podSelector" dict))) | nindent 8 }}
      ports:
        - port: amqp
        - port: management
    # The group's own pods.
    - from:
        - podSelector:
            matchLabels:
              app.kubernetes.io/name: rabbitmq
              middleware.io/group: {{ .Values.group }}
      ports:
        - port: amqp
        - port: epmd
        - port: distribution
    {{- with .Values.networkPolicy.metricsFrom }}
    - from:
        {{- include "rabbitmq.peers" . | nindent 8 }}
      ports:
        - port: metrics
    {{- end }}
