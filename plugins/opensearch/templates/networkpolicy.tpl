{{- $own := list (dict "podSelector" (dict "matchLabels" (dict "app.kubernetes.io/name" "opensearch" "middleware.io/group" .Values.group))) -}}
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: {{ .Values.name }}
  namespace: {{ .Values.namespace }}
  labels:
    {{- include "opensearch.labels" . | nindent 4 }}
spec:
  podSelector:
    matchLabels:
      {{- include "middleware.selectorLabels" . | nindent 6 }}
  policyTypes: [Ingress]
  ingress:
    {{- if eq .Values.component "exporter" }}
    - from:
        {{- include "opensearch.peers" (.Values.networkPolicy.metricsFrom | default (list (dict "podSelector" dict))) | nindent 8 }}
      ports:
        - port: metrics
    {{- else }}
    - from:
        {{- toYaml $own | nindent 8 }}
      ports:
        - port: http
        - port: transport
    {{- if eq .Values.component "data" }}
    # Clients: the namespace's own pods where nobody else is named.
    - from:
        {{- include "opensearch.peers" (.Values.networkPolicy.allowFrom | default (list (dict "podSelector" dict))) | nindent 8 }}
      ports:
        - port: http
    {{- end }}
    {{- end }}
