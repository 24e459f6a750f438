apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: {{ .Values.name }}
  namespace: {{ .Values.namespace }}
  labels:
    {{- include "mariadb.labels" . | nindent 4 }}
spec:
  podSelector:
    matchLabels:
      {{- include "middleware.selectorLabels" . | nindent 6 }}
  policyTypes: [Ingress]
  ingress:
    # Clients: the namespace's own pods where nobody else is named.
    - from:
        {{- include "mariadb.peers" (.Values.networkPolicy.allowFrom | default (list (dict "podSelector" dict))) | nindent 8 }}
      ports:
        - port: mariadb
    # The group's own pods.
    - from:
        - podSelector:
            matchLabels:
              app.kubernetes.io/name: mariadb
              middleware.io/group: {{ .Values.group }}
      ports:
        - port: mariadb
    {{- if and .Values.exporter.enabled .Values.networkPolicy.metricsFrom }}
    - from:
        {{- include "mariadb.peers" .Values.networkPolicy.metricsFrom | nindent 8 }}
      ports:
        - port: metrics
    {{- end }}
