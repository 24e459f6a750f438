{{/* Labels of every object. */}}
{{- define "mariadb.labels" -}}
{{ include "middleware.labels" . }}
app.kubernetes.io/component: {{ .Values.component }}
middleware.io/group: {{ .Values.group }}
{{- end }}

{{/* The domain below which the members have their names. */}}
{{- define "mariadb.domain" -}}
{{ .Values.name }}-headless.{{ .Values.namespace }}.svc
{{- end }}

{{/* An environment variable from a Secret of the group: (list root name-of-the-secret variable). */}}
{{- define "mariadb.secretEnv" -}}
{{- $root := index . 0 }}{{ $name := index . 1 }}
{{- $secret := dig $name dict (default dict $root.Values.secrets) }}
- name: {{ index . 2 }}
  valueFrom:
    secretKeyRef:
      name: {{ required (printf "secrets.%s.existingSecret must name the Secret that holds the password" $name) $secret.existingSecret }}
      key: {{ $secret.key | default "password" }}
{{- end }}

{{/* The environment of the scripts. */}}
{{- define "mariadb.env" -}}
- name: POD_NAME
  valueFrom:
    fieldRef:
      fieldPath: metadata.name
{{- include "mariadb.secretEnv" (list . "auth" "ROOT_PASSWORD") }}
{{- if dig "replication" false (default dict .Values.secrets) }}
{{- include "mariadb.secretEnv" (list . "replication" "REPLICATION_PASSWORD") }}
{{- end }}
{{- if eq .Values.component "replica" }}
- name: SOURCE_HOST
  value: {{ .Components.source.name }}
{{- end }}
{{- end }}

{{- define "mariadb.mounts" -}}
- name: data
  mountPath: {{ .Values.dataPath }}
- name: config
  mountPath: /etc/mariadb
- name: run
  mountPath: /run/mysqld
- name: tmp
  mountPath: /tmp
- name: tools
  mountPath: /tools
{{- end }}

{{/* What the StatefulSet says about its pods, besides containers and volumes. */}}
{{- define "mariadb.pod" -}}
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
# Away from every other instance of the group, the source included.
affinity:
  podAntiAffinity:
    {{- $term := dict "topologyKey" "kubernetes.io/hostname" "labelSelector" (dict "matchLabels" (dict "app.kubernetes.io/name" "mariadb" "middleware.io/group" .Values.group)) }}
    {{- if eq .Values.podAntiAffinity "hard" }}
    requiredDuringSchedulingIgnoredDuringExecution:
      {{- list $term | toYaml | nindent 6 }}
    {{- else }}
    preferredDuringSchedulingIgnoredDuringExecution:
      {{- list (dict "weight" 100 "podAffinityTerm" $term) | toYaml | nindent 6 }}
    {{- end }}
{{- end }}
# The image's own user.
securityContext:
  runAsNonRoot: true
  runAsUser: 999
  runAsGroup: 999
  fsGroup: 999
  fsGroupChangePolicy: OnRootMismatch
  seccompProfile:
    type: RuntimeDefault
{{- end }}

{{/* The security context of a container. */}}
{{- define "mariadb.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop: [ALL]
{{- end }}

{{/* The peers of a NetworkPolicy rule: namespaces by name, or selectors as Kubernetes writes them. */}}
{{- define "mariadb.peers" -}}
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
