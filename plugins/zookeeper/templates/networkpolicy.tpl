apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: {{ .Values.name }}
  namespace: {{ .Values.namespace }}
  labels:
    {{- include "zookeeper.labels" . | nindent 4 }}
spec:
  podSelector:
    matchLabels:
      {{- include "middleware.selectorLabels" . | nindent 6 }}
  policyTypes: [Ingress]
  ingress:
    # Clients: the namespace's own pods where nobody else is named.
    - from:
        {{- include "zookeeper.peers" (.Values.networkPolicy.allowFrom | default (list (dict "podSelector" dict))) | nindent 8 }}
      ports:
        - port: client
    # The group's own pods.
    - from:
        - podSelector:
            matchLabels:
              app.kubernetes.io/name: zookeeper
              middleware.io/group: {{ .Values.group }}
      ports:
        - port: client
        - port: peer
        - port: election
    {{- if and .Values.exporter.enabled .Values.networkPolicy.metricsFrom }}
    - from:
        {{- include "zookeeper.peers" .Values.networkPolicy.metricsFrom | nindent 8 }}
      ports:
        - port: metrics
    {{- end }}
