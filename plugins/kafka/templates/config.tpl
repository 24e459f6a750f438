{{- /* What is the same for every node; its number and its address are added where it starts. */ -}}
{{- $broker := eq .Values.component "broker" -}}
apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ .Values.name }}-config
  namespace: {{ .Values.namespace }}
  labels:
    {{- include "kafka.labels" . | nindent 4 }}
data:
  server.properties: |
    process.roles={{ .Values.component }}
    controller.quorum.voters={{ include "kafka.controllers" . }}
    controller.listener.names=CONTROLLER
    listener.security.protocol.map=CONTROLLER:PLAINTEXT,CLIENT:PLAINTEXT,INTERNAL:PLAINTEXT
    {{- if $broker }}
    listeners=CLIENT://{{ .Values.network.bindAddress }}:{{ .Values.port }},INTERNAL://{{ .Values.network.bindAddress }}:{{ .Values.network.internalPort }}
    inter.broker.listener.name=INTERNAL
    {{- else }}
    listeners=CONTROLLER://{{ .Values.network.bindAddress }}:{{ .Values.network.controllerPort }}
    {{- end }}
    log.dirs={{ .Values.dataPath }}/kafka
    {{- range $key, $value := .Values.kafkaConfig }}
    {{ $key }}={{ $value }}
    {{- end }}
