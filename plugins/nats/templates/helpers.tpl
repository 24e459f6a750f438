{{/* Labels of every object. */}}
{{- define "nats.labels" -}}
{{ include "middleware.labels" . }}
app.kubernetes.io/component: {{ .Values.component }}
middleware.io/group: {{ .Values.group }}
{{- end }}

{{/* The domain below which the members have their names. */}}
{{- define "nats.domain" -}}
{{ .Values.name }}-headless.{{ .Values.namespace }}.svc
{{- end }}

{{/* Where the others' routes end. */}}
{{- define "nats.routes" -}}
{{- range $ordinal := until (int .Values.replicas) -}}
{{- if $ordinal }}, {{ end }}"nats://{{ $.Values.name }}-{{ $ordinal }}.{{ include "nats.domain" $ }}:{{ $.Values.network.routesPort }}"
{{- end -}}
{{- end }}

{{/* What the StatefulSet says about its pods, besides containers and volumes. */}}
{{- define "nats.pod" -}}
serviceAccountName: {{ .Values.name }}
automountServiceAccountToken: false
# So that the container `reload` reaches the server with a signal.
shareProcessNamespace: true
terminationGracePeriodSeconds: {{ .Values.terminationGracePeriodSeconds }}
{{- with .Values.imagePullSecrets }}
imagePullSecrets:
{{- range . }}
  - name: {{ . }}
{{- end }}
{{- end }}
{{- with .Values.priorityClassName }}
priorityClassName: {{ . }}
{{- end }}
{{- with .Values.nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.topologySpreadConstraints }}
topologySpreadConstraints:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- if .Values.affinity }}
affinity:
  {{- toYaml .Values.affinity | nindent 2 }}
{{- else if ne .Values.podAntiAffinity "none" }}
affinity:
  podAntiAffinity:
    {{- $term := dict "topologyKey" "kubernetes.io/hostname" "labelSelector" (dict "matchLabels" (include "middleware.selectorLabels" . | fromYaml)) }}
    {{- if eq .Values.podAntiAffinity "hard" }}
    requiredDuringSchedulingIgnoredDuringExecution:
      {{- list $term | toYaml | nindent 6 }}
    {{- else }}
    preferredDuringSchedulingIgnoredDuringExecution:
      {{- list (dict "weight" 100 "podAffinityTerm" $term) | toYaml | nindent 6 }}
    {{- end }}
{{- end }}
# The image names no user; this one owns nothing in it.
securityContext:
  runAsNonRoot: true
  runAsUser: 1000
  runAsGroup: 1000
  fsGroup: 1000
  fsGroupChangePolicy: OnRootMismatch
  seccompProfile:
    type: RuntimeDefault
{{- end }}

{{/* The security context of a container. */}}
{{- define "nats.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop: [ALL]
{{- end }}

{{/* The peers of a NetworkPolicy rule: namespaces by name, or selectors as Kubernetes writes them. */}}
{{- define "nats.peers" -}}
{{- range . }}
{{- if .namespace }}
- namespaceSelector:
    matchLabels:
      kubernetes.io/metadata.name: {{ .namespace }}
{{- else }}
- {{ toYaml . | nindent 2 | trim }}
{{- end }}
{{- end }}
{{- end }}
