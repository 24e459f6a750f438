apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ .Values.name }}-scripts
  namespace: {{ .Values.namespace }}
  labels:
    {{- include "kafka.labels" . | nindent 4 }}
data:
  start.sh: |
    #!/bin/sh
    # The number of this pod is the node's; brokers count from 100, so that they never meet a controller's.
    set -eu
    ordinal=${POD_NAME##*-}
    cp /etc/kafka-config/server.properties /tmp/server.properties
    {{- if eq .Values.component "broker" }}
    address="$POD_NAME.{{ include "kafka.domain" . }}"
    cat >> /tmp/server.properties <<EOF
    node.id=$((ordinal + 100))
    advertised.listeners=CLIENT://$address:{{ .Values.port }},INTERNAL://$address:{{ .Values.network.internalPort }}
    EOF
    {{- else }}
    echo "node.id=$ordinal" >> /tmp/server.properties
    {{- end }}
    /opt/kafka/bin/kafka-storage.sh format --ignore-formatted \
      --cluster-id {{ include "kafka.clusterId" . }} --config /tmp/server.properties
    exec /opt/kafka/bin/kafka-server-start.sh /tmp/server.properties
