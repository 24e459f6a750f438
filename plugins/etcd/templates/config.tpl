{{- /*
Options as environment variables, the way etcd takes them where there is no file: with a file it would ignore the
variables that only a pod can know, its own name and addresses.
*/ -}}
apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ .Values.name }}-config
  namespace: {{ .Values.namespace }}
  labels:
    {{- include "etcd.labels" . | nindent 4 }}
data:
  ETCD_DATA_DIR: {{ .Values.dataPath }}/etcd
  ETCD_LISTEN_CLIENT_URLS: http://{{ .Values.network.bindAddress }}:{{ .Values.port }}
  ETCD_LISTEN_PEER_URLS: http://{{ .Values.network.bindAddress }}:{{ .Values.network.peerPort }}
  ETCD_LISTEN_METRICS_URLS: http://{{ .Values.network.bindAddress }}:{{ .Values.exporter.port }}
  ETCD_INITIAL_CLUSTER: {{ include "etcd.members" . }}
  ETCD_INITIAL_CLUSTER_STATE: {{ .Values.clusterState }}
  ETCD_INITIAL_CLUSTER_TOKEN: {{ .Values.namespace }}-{{ .Values.group }}
  {{- range $option, $value := .Values.etcdConfig }}
  ETCD_{{ $option | upper | replace "-" "_" }}: {{ $value | quote }}
  {{- end }}
