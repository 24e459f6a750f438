{{- define "PLUGIN.labels" -}}
{{ include "middleware.labels" . }}
app.kubernetes.io/component: {{ .Values.component }}
app.kubernetes.io/part-of: {{ .Values.partOf | default .Values.group }}
middleware.io/group: {{ .Values.group }}
{{- end }}

{{- define "PLUGIN.annotations" -}}
{{- with .Values.annotations }}
annotations:
  {{- range $key, $value := . }}
  {{ $key }}: {{ $value | quote }}
  {{- end }}
{{- end }}
{{- end }}

{{- define "PLUGIN.env" -}}
- name: POD_NAME
  valueFrom:
    fieldRef:
      fieldPath: metadata.name
- name: POD_IP
  valueFrom:
    fieldRef:
      fieldPath: status.podIP
- name: SERVICE_DOMAIN
  value: {{ printf "%s-headless.%s.svc" .Values.name .Values.namespace }}
- name: CLUSTER_SIZE
  value: {{ .Values.replicas | quote }}
{{- range $key, $value := .Values.env }}
- name: {{ $key | upper | replace "-" "_" }}
  value: {{ VALUE | quote }}
{{- end }}
{{- with .Values.secrets.auth }}
- name: AUTH_PASSWORD
  valueFrom:
    secretKeyRef:
      name: {{ required "secrets.auth.existingSecret names the Secret" .existingSecret }}
      key: {{ .key | default "password" }}
{{- end }}
{{- end }}

{{- define "PLUGIN.probe" -}}
{{- $port := index . 0 }}{{- $probe := index . 1 -}}
tcpSocket:
  port: {{ $port }}
initialDelaySeconds: {{ $probe.initialDelaySeconds | default 5 }}
periodSeconds: {{ $probe.periodSeconds | default 10 }}
timeoutSeconds: {{ $probe.timeoutSeconds | default 3 }}
failureThreshold: {{ $probe.failureThreshold | default 3 }}
{{- end }}

{{- define "PLUGIN.pod" -}}
metadata:
  labels:
    {{- include "PLUGIN.labels" . | nindent 4 }}
  annotations:
    prometheus.io/scrape: {{ .Values.metrics.enabled | quote }}
    {{- if .Values.metrics.enabled }}
    prometheus.io/port: {{ .Values.metrics.port | quote }}
    {{- end }}
spec:
  serviceAccountName: {{ .Values.name }}
  automountServiceAccountToken: false
  terminationGracePeriodSeconds: {{ .Values.terminationGracePeriodSeconds }}
  {{- with .Values.priorityClassName }}
  priorityClassName: {{ . }}
  {{- end }}
  {{- with .Values.nodeSelector }}
  nodeSelector:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with .Values.tolerations }}
  tolerations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- if .Values.affinity }}
  affinity:
    {{- toYaml .Values.affinity | nindent 4 }}
  {{- else if gt (int .Values.replicas) 1 }}
  affinity:
    podAntiAffinity:
      preferredDuringSchedulingIgnoredDuringExecution:
        - weight: 100
          podAffinityTerm:
            topologyKey: kubernetes.io/hostname
            labelSelector:
              matchLabels:
                {{- include "middleware.selectorLabels" . | nindent 16 }}
  {{- end }}
  securityContext:
    {{- toYaml .Values.podSecurityContext | nindent 4 }}
  containers:
    - name: {{ .Values.runtime.name }}
      image: {{ .Values.image }}
      imagePullPolicy: {{ ternary "Always" "IfNotPresent" (hasSuffix ":latest" .Values.image) }}
      {{- with .Values.args }}
      args:
        {{- range . }}
        - {{ . | quote }}
        {{- end }}
      {{- end }}
      env:
        {{- include "PLUGIN.env" . | nindent 8 }}
      ports:
        - name: client
          containerPort: {{ .Values.port }}
        {{- range $name, $port := .Values.extraPorts }}
        - name: {{ $name }}
          containerPort: {{ $port }}
        {{- end }}
      livenessProbe:
        {{- include "PLUGIN.probe" (list "client" .Values.livenessProbe) | nindent 8 }}
      readinessProbe:
        {{- include "PLUGIN.probe" (list "client" .Values.readinessProbe) | nindent 8 }}
      resources:
        {{- toYaml .Values.resources | nindent 8 }}
      securityContext:
        {{- toYaml .Values.containerSecurityContext | nindent 8 }}
      volumeMounts:
        - name: config
          mountPath: /etc/{{ .Values.runtime.name }}
          readOnly: true
        - name: data
          mountPath: {{ .Values.dataPath }}
    {{- if .Values.metrics.enabled }}
    - name: exporter
      image: {{ .Values.containerImages.exporter }}
      args:
        - --target=localhost:{{ .Values.port }}
        - --listen=:{{ .Values.metrics.port }}
      ports:
        - name: metrics
          containerPort: {{ .Values.metrics.port }}
      resources:
        {{- toYaml .Values.metrics.resources | nindent 8 }}
      securityContext:
        {{- toYaml .Values.containerSecurityContext | nindent 8 }}
    {{- end }}
  volumes:
    - name: config
      configMap:
        name: {{ .Values.name }}-config
    {{- if or .Values.ephemeral (not .Values.storage.enabled) }}
    - name: data
      emptyDir:
        sizeLimit: {{ .Values.storageSize | default "1Gi" }}
    {{- else if .Values.ownClaim }}
    - name: data
      persistentVolumeClaim:
        claimName: {{ .Values.name }}-data
    {{- end }}
{{- end }}
