apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ .Values.name }}-config
  namespace: {{ .Values.namespace }}
  labels:
    {{- include "zookeeper.labels" . | nindent 4 }}
data:
  zoo.cfg: |
    dataDir={{ .Values.dataPath }}
    clientPort={{ .Values.port }}
    clientPortAddress={{ .Values.network.bindAddress }}
    quorumListenOnAllIPs={{ eq .Values.network.bindAddress "0.0.0.0" }}
    admin.enableServer=false
    4lw.commands.whitelist=conf,mntr,ruok,srvr
    {{- if .Values.exporter.enabled }}
    metricsProvider.className=org.apache.zookeeper.metrics.prometheus.PrometheusMetricsProvider
    metricsProvider.httpHost={{ .Values.network.bindAddress }}
    metricsProvider.httpPort={{ .Values.exporter.port }}
    {{- end }}
    {{- range $key, $value := .Values.zookeeperConfig }}
    {{ $key }}={{ $value }}
    {{- end }}
    {{- if gt (int .Values.replicas) 1 }}
    {{- range $ordinal := until (int .Values.replicas) }}
    server.{{ add1 $ordinal }}={{ $.Values.name }}-{{ $ordinal }}.{{ include "zookeeper.domain" $ }}:{{ $.Values.network.peerPort }}:{{ $.Values.network.electionPort }}
    {{- end }}
    {{- end }}
  logback.xml: |
    <configuration>
      <appender name="CONSOLE" class="ch.qos.logback.core.ConsoleAppender">
        <encoder><pattern>%d{ISO8601} %-5p [%t:%c{0}] %m%n</pattern></encoder>
      </appender>
      <root level="{{ .Values.logLevel }}"><appender-ref ref="CONSOLE"/></root>
    </configuration>
  start.sh: |
    #!/bin/bash
    # Writes down which of the servers this one is, then becomes it.
    set -euo pipefail
    echo $((${POD_NAME##*-} + 1)) > {{ .Values.dataPath }}/myid
    exec zkServer.sh start-foreground /etc/zookeeper/zoo.cfg
  ask.sh: |
    #!/bin/bash
    # What the server answers to a word of four letters; one that has just started may take it and say nothing.
    set -euo pipefail
    exec 3<> "/dev/tcp/${ZOO_HOST:-localhost}/{{ .Values.port }}"
    printf '%s' "$1" >&3
    timeout 5 cat <&3
