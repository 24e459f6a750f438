{{/* Labels of every object. */}}
{{- define "redis.labels" -}}
{{ include "middleware.labels" . }}
app.kubernetes.io/component: {{ .Values.component }}
middleware.io/group: {{ .Values.group }}
{{- end }}

{{/* What selects the instances, whichever component asks. */}}
{{- define "redis.dataSelector" -}}
app.kubernetes.io/name: redis
app.kubernetes.io/instance: {{ .Components.data.name }}
app.kubernetes.io/component: data
{{- end }}

{{/* Not empty where sentinels watch over the instances. */}}
{{- define "redis.watched" -}}
{{- if and .Values.replication.enabled (dig "sentinel" "enabled" false .Components) }}true{{ end }}
{{- end }}

{{/* The domain below which the instances have their names. */}}
{{- define "redis.domain" -}}
{{ .Components.data.name }}-headless.{{ .Values.namespace }}.svc
{{- end }}

{{/* With how many instances a cluster begins. */}}
{{- define "redis.clusterSize" -}}
{{- mul (int .Values.cluster.shards) (add1 (int .Values.cluster.replicasPerShard)) -}}
{{- end }}

{{/* The password, for the server's scripts and for redis-cli. */}}
{{- define "redis.authEnv" -}}
{{- if .Values.auth.enabled }}
{{- $secret := required "secrets.auth.existingSecret must name the Secret that holds the password (or set auth.enabled to false)" (dig "auth" "existingSecret" "" (default dict .Values.secrets)) }}
- name: REDISCLI_AUTH
  valueFrom:
    secretKeyRef:
      name: {{ $secret }}
      key: {{ dig "auth" "key" "password" .Values.secrets }}
{{- end }}
{{- end }}

{{/* Where to find the sentinels. */}}
{{- define "redis.sentinelEnv" -}}
- name: SENTINEL_HOST
  value: {{ .Components.sentinel.name }}.{{ .Values.namespace }}.svc
- name: SENTINEL_PORT
  value: {{ .Values.sentinel.port | quote }}
- name: SENTINEL_MASTER
  value: {{ .Values.sentinel.masterName | quote }}
{{- end }}

{{/* The security context of a container. */}}
{{- define "redis.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop: [ALL]
{{- end }}

{{/* What both StatefulSets say about their pods. */}}
{{- define "redis.pod" -}}
serviceAccountName: {{ .Values.name }}
automountServiceAccountToken: false
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
{{- else if eq .Values.podAntiAffinity "hard" }}
affinity:
  podAntiAffinity:
    requiredDuringSchedulingIgnoredDuringExecution:
      - topologyKey: kubernetes.io/hostname
        labelSelector:
          matchLabels:
            {{- include "middleware.selectorLabels" . | nindent 12 }}
{{- else if eq .Values.podAntiAffinity "soft" }}
affinity:
  podAntiAffinity:
    preferredDuringSchedulingIgnoredDuringExecution:
      - weight: 100
        podAffinityTerm:
          topologyKey: kubernetes.io/hostname
          labelSelector:
            matchLabels:
              {{- include "middleware.selectorLabels" . | nindent 14 }}
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

{{/* The peers of a NetworkPolicy rule: namespaces by name, or selectors as Kubernetes writes them. */}}
{{- define "redis.peers" -}}
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
