apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ .Values.name }}-config
  namespace: {{ .Values.namespace }}
  labels:
    {{- include "mongodb.labels" . | nindent 4 }}
data:
  mongod.conf: |
    {{- $own := dict "net" (dict "bindIp" .Values.network.bindAddress "port" (int .Values.port)) "storage" (dict "dbPath" (printf "%s/db" .Values.dataPath)) "replication" (dict "replSetName" .Values.replicaSet) }}
    {{- if .Values.auth.enabled }}
    {{- $own = merge $own (dict "security" (dict "authorization" "enabled" "keyFile" "/tmp/keyfile")) }}
    {{- end }}
    {{- mergeOverwrite (deepCopy .Values.mongodConfig) $own | toYaml | nindent 4 }}
