{{/* Labels of every object. */}}
{{- define "kafka.labels" -}}
{{ include "middleware.labels" . }}
app.kubernetes.io/component: {{ .Values.component }}
middleware.io/group: {{ .Values.group }}
{{- end }}

{{/* The domain below which the pods have their names. */}}
{{- define "kafka.domain" -}}
{{ .Values.name }}-headless.{{ .Values.namespace }}.svc
{{- end }}

{{/* What the StatefulSet says about its pods, besides containers and volumes. */}}
{{- define "kafka.pod" -}}
serviceAccountName: {{ .Values.name }}
automountServiceAccountToken: false
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
# The image's own user, by number: a name is not enough for runAsNonRoot.
securityContext:
  runAsNonRoot: true
  runAsUser: 1000
  runAsGroup: 1000
  fsGroup: 1000
  fsGroupChangePolicy: OnRootMismatch
  seccompProfile:
    type: RuntimeDefault
{{- end }}

{{/* The domain below which the controllers have their names, whichever component asks. */}}
{{- define "kafka.controllers" -}}
{{- $name := .Components.controller.name -}}
{{- range $ordinal := until (int .Components.controller.values.replicas) -}}
{{- if $ordinal }},{{ end }}{{ $ordinal }}@{{ $name }}-{{ $ordinal }}.{{ $name }}-headless.{{ $.Values.namespace }}.svc:{{ $.Values.network.controllerPort }}
{{- end -}}
{{- end }}

{{/* 16 bytes in base64 without padding, as Kafka wants them; the same for ever for this group and namespace. */}}
{{- define "kafka.clusterId" -}}
{{ printf "%s/%s" .Values.namespace .Values.group | sha256sum | trunc 16 | b64enc | trimSuffix "==" }}
{{- end }}

{{/* The security context of a container. */}}
{{- define "kafka.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop: [ALL]
{{- end }}

{{/* The peers of a NetworkPolicy rule: namespaces by name, or selectors as Kubernetes writes them. */}}
{{- define "kafka.peers" -}}
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
