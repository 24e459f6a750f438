{{- if le (int .Values.terminationGracePeriodSeconds) (mul 2 (int .Values.drainSeconds) | int) }}
{{- fail (printf "terminationGracePeriodSeconds (%v) must be more than twice drainSeconds (%v), or a node is killed while it hands over" .Values.terminationGracePeriodSeconds .Values.drainSeconds) }}
{{- end -}}
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: {{ .Values.name }}
  namespace: {{ .Values.namespace }}
  labels:
    {{- include "rabbitmq.labels" . | nindent 4 }}
spec:
  serviceName: {{ .Values.name }}-headless
  replicas: {{ .Values.replicas }}
  # All at once at the start: after all were away, none is ready before the one that went last is there.
  podManagementPolicy: Parallel
  selector:
    matchLabels:
      {{- include "middleware.selectorLabels" . | nindent 6 }}
  template:
    metadata:
      labels:
        {{- include "rabbitmq.labels" . | nindent 8 }}
    spec:
      {{- include "rabbitmq.pod" . | nindent 6 }}
      containers:
        - name: rabbitmq
          image: {{ .Values.image }}
          command: [/bin/bash, /etc/rabbitmq/start.sh]
          env:
            - name: POD_NAME
              valueFrom:
                fieldRef:
                  fieldPath: metadata.name
            - name: HOME
              value: /run/rabbitmq
            - name: RABBITMQ_USE_LONGNAME
              value: "true"
            - name: RABBITMQ_NODENAME
              value: rabbit@$(POD_NAME).{{ include "rabbitmq.domain" . }}
            - name: RABBITMQ_CONFIG_FILE
              value: /etc/rabbitmq/rabbitmq.conf
            - name: RABBITMQ_ENABLED_PLUGINS_FILE
              value: /etc/rabbitmq/enabled_plugins
            - name: RABBITMQ_DIST_PORT
              value: {{ .Values.network.distributionPort | quote }}
            - name: RABBITMQ_MNESIA_BASE
              value: {{ .Values.dataPath }}/mnesia
            # Logs go to the container's output; only what comes before them, or after a crash, is a file.
            - name: RABBITMQ_LOGS
              value: "-"
            - name: RABBITMQ_LOG_BASE
              value: /tmp
            {{- include "rabbitmq.secretEnv" (list . "cookie" "erlang-cookie" "ERLANG_COOKIE") | nindent 12 }}
            # The first user, made with the first start.
            - name: RABBITMQ_DEFAULT_USER
              value: {{ .Values.defaultUser }}
            {{- include "rabbitmq.secretEnv" (list . "auth" "password" "RABBITMQ_DEFAULT_PASS") | nindent 12 }}
          ports:
            - name: amqp
              containerPort: {{ .Values.port }}
            - name: management
              containerPort: {{ .Values.network.managementPort }}
            - name: metrics
              containerPort: {{ .Values.exporter.port }}
            - name: epmd
              containerPort: 4369
            - name: distribution
              containerPort: {{ .Values.network.distributionPort }}
          # A node that was away waits for the others, up to five minutes by itself, and reads its queues again.
          startupProbe:
            tcpSocket:
              port: amqp
            periodSeconds: 10
            failureThreshold: 120
          # The listeners are closed while the node is paused, or in maintenance.
          readinessProbe:
            tcpSocket:
              port: amqp
            periodSeconds: 10
            timeoutSeconds: 5
          livenessProbe:
            exec:
              command: [rabbitmq-diagnostics, -q, ping]
            periodSeconds: 60
            timeoutSeconds: 30
            failureThreshold: 5
          lifecycle:
            preStop:
              exec:
                command: [/bin/bash, /etc/rabbitmq/stop.sh]
          resources:
            {{- toYaml .Values.resources | nindent 12 }}
          securityContext:
            {{- include "rabbitmq.containerSecurity" . | nindent 12 }}
          volumeMounts:
            - name: data
              mountPath: {{ .Values.dataPath }}
            - name: config
              mountPath: /etc/rabbitmq
            - name: run
              mountPath: /run/rabbitmq
            - name: tmp
              mountPath: /tmp
      volumes:
        - name: config
          configMap:
            name: {{ .Values.name }}-config
        - name: run
          emptyDir:
            medium: Memory
            sizeLimit: 1Mi
        # Room for what a crash leaves behind.
        - name: tmp
          emptyDir:
            sizeLimit: 1Gi
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
