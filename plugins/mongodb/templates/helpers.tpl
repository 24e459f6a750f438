{{/* Labels of every object. */}}
{{- define "mongodb.labels" -}}
{{ include "middleware.labels" . }}
app.kubernetes.io/component: {{ .Values.component }}
middleware.io/group: {{ .Values.group }}
{{- end }}

{{/* The domain below which the pods have their names. */}}
{{- define "mongodb.domain" -}}
{{ .Values.name }}-headless.{{ .Values.namespace }}.svc
{{- end }}

{{/* What the StatefulSet says about its pods, besides containers and volumes. */}}
{{- define "mongodb.pod" -}}
serviceAccountName: {{ .Components.server.name }}
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
# The image's own user, by number.
securityContext:
  runAsNonRoot: true
  runAsUser: 999
  runAsGroup: 999
  fsGroup: 999
  fsGroupChangePolicy: OnRootMismatch
  seccompProfile:
    type: RuntimeDefault
{{- end }}

{{/* The root user, who is made when the data are. */}}
{{- define "mongodb.root" -}}
- name: MONGO_INITDB_ROOT_USERNAME
  value: {{ .Values.auth.rootUser }}
- name: MONGO_INITDB_ROOT_PASSWORD
  valueFrom:
    secretKeyRef:
      name: {{ .Values.secrets.root.existingSecret }}
      key: {{ .Values.secrets.root.key }}
{{- end }}

{{/* The security context of a container. */}}
{{- define "mongodb.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop: [ALL]
{{- end }}

{{/* The peers of a NetworkPolicy rule: namespaces by name, or selectors as Kubernetes writes them. */}}
{{- define "mongodb.peers" -}}
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
