{{- $own := list (dict "podSelector" (dict "matchLabels" (dict "app.kubernetes.io/name" "kafka" "middleware.io/group" .Values.group))) -}}
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: {{ .Values.name }}
  namespace: {{ .Values.namespace }}
  labels:
    {{- include "kafka.labels" . | nindent 4 }}
spec:
  podSelector:
    matchLabels:
      {{- include "middleware.selectorLabels" . | nindent 6 }}
  policyTypes: [Ingress]
  ingress:
    {{- if eq .Values.component "broker" }}
    # Clients: the namespace's own pods where nobody else is named.
    - from:
        {{- include "kafka.peers" (.Values.networkPolicy.allowFrom | default (list (dict "podSelector" dict))) | nindent 8 }}
      ports:
        - port: client
    - from:
        {{- toYaml $own | nindent 8 }}
      ports:
        - port: client
        - port: internal
    {{- else if eq .Values.component "controller" }}
    - from:
        {{- toYaml $own | nindent 8 }}
      ports:
        - port: controller
    {{- else }}
    - from:
        {{- include "kafka.peers" (.Values.networkPolicy.metricsFrom | default (list (dict "podSelector" dict))) | nindent 8 }}
      ports:
        - port: metrics
    {{- end }}
