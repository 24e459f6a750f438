apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ .Values.name }}-scripts
  namespace: {{ .Values.namespace }}
  labels:
    {{- include "nats.labels" . | nindent 4 }}
data:
  reload.sh: |
    #!/bin/sh
    # Tells the server to read its configuration again when the mounted files have changed, and are sound.
    set -u
    trap 'exit 0' TERM
    sum() { cat /etc/nats/* | sha256sum; }
    applied=$(sum)
    while true; do
      sleep "${RELOAD_SECONDS:-10}" & wait $!
      now=$(sum)
      [ "$now" != "$applied" ] || continue
      [ -s /run/nats/nats.pid ] || continue
      if nats-server -c /etc/nats/nats.conf -t && nats-server --signal reload=/run/nats/nats.pid; then
        echo "told the server"
      fi
      # What is not sound will not be so by trying again: the next change counts.
      applied=$now
    done
