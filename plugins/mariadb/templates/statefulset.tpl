{{- $replica := eq .Values.component "replica" -}}
{{- if $replica }}
{{- $_ := required "a replica needs secrets.replication.existingSecret, the password of the account `replicator`" (dig "replication" "existingSecret" "" (default dict .Values.secrets)) }}
{{- end -}}
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: {{ .Values.name }}
  namespace: {{ .Values.namespace }}
  labels:
    {{- include "mariadb.labels" . | nindent 4 }}
spec:
  serviceName: {{ .Values.name }}-headless
  replicas: {{ $replica | ternary .Values.replicas 1 }}
  selector:
    matchLabels:
      {{- include "middleware.selectorLabels" . | nindent 6 }}
  template:
    metadata:
      labels:
        {{- include "mariadb.labels" . | nindent 8 }}
    spec:
      {{- include "mariadb.pod" . | nindent 6 }}
      {{- if $replica }}
      initContainers:
        - name: clone
          image: {{ .Values.image }}
          command: [/bin/bash, /etc/mariadb/clone.sh]
          env:
            {{- include "mariadb.env" . | nindent 12 }}
          resources:
            {{- toYaml .Values.resources | nindent 12 }}
          securityContext:
            {{- include "mariadb.containerSecurity" . | nindent 12 }}
          volumeMounts:
            {{- include "mariadb.mounts" . | nindent 12 }}
      {{- end }}
      containers:
        - name: mariadb
          image: {{ .Values.image }}
          command: [/bin/bash, /etc/mariadb/start.sh]
          env:
            {{- include "mariadb.env" . | nindent 12 }}
          ports:
            - name: mariadb
              containerPort: {{ .Values.port }}
          # Recovery after a crash may take its time; only then does liveness count.
          startupProbe:
            {{- include "mariadb.probe" . | nindent 12 }}
            periodSeconds: 10
            failureThreshold: 180
          livenessProbe:
            {{- include "mariadb.probe" . | nindent 12 }}
            periodSeconds: 10
            timeoutSeconds: 5
            failureThreshold: 6
          readinessProbe:
            {{- include "mariadb.probe" . | nindent 12 }}
            periodSeconds: 5
            timeoutSeconds: 5
          resources:
            {{- toYaml .Values.resources | nindent 12 }}
          securityContext:
            {{- include "mariadb.containerSecurity" . | nindent 12 }}
          volumeMounts:
            {{- include "mariadb.mounts" . | nindent 12 }}
        {{- if .Values.exporter.enabled }}
        - name: exporter
          image: {{ .Values.containerImages.exporter }}
          args:
            - --config.my-cnf=/etc/mariadb/exporter.cnf
            - --web.listen-address=:{{ .Values.exporter.port }}
          ports:
            - name: metrics
              containerPort: {{ .Values.exporter.port }}
          resources:
            {{- toYaml .Values.exporter.resources | nindent 12 }}
          securityContext:
            {{- include "mariadb.containerSecurity" . | nindent 12 }}
          volumeMounts:
            - name: config
              mountPath: /etc/mariadb
        {{- end }}
      volumes:
        - name: config
          configMap:
            name: {{ .Values.name }}-config
        # Roles: mwgen makes it of the plugin's highAvailability.
        - name: tools
          configMap:
            name: {{ .Values.name }}-tool-scripts
        - name: run
          emptyDir:
            medium: Memory
            sizeLimit: 1Mi
        - name: tmp
          emptyDir: {}
        {{- if not .Values.storage.enabled }}
        - name: data
          emptyDir:
            sizeLimit: {{ .Values.storageSize }}
        {{- end }}
  {{- if .Values.storage.enabled }}
  volumeClaimTemplates:
    - metadata:
        name: data
        labels:
          {{- include "middleware.selectorLabels" . | nindent 10 }}
      spec:
        accessModes: [ReadWriteOnce]
        {{- with .Values.storageClass }}
        storageClassName: {{ . }}
        {{- end }}
        resources:
          requests:
            storage: {{ .Values.storageSize }}
  {{- end }}

{{- define "mariadb.probe" -}}
exec:
  command: [/bin/bash, -c, 'MYSQL_PWD="$ROOT_PASSWORD" mariadb-admin --defaults-file=/etc/mariadb/my.cnf -u root status']
{{- end }}
