{{- if and .Values.cluster.enabled (lt (int .Values.replicas) (int (include "redis.clusterSize" .))) }}
{{- fail (printf "a cluster of %v shards with %v replicas each needs at least %s instances" .Values.cluster.shards .Values.cluster.replicasPerShard (include "redis.clusterSize" .)) }}
{{- else if and (gt (int .Values.replicas) 9) (not .Values.cluster.enabled) }}
{{- fail "more than 9 instances need `topology: cluster`" }}
{{- else if and (gt (int .Values.replicas) 1) (not .Values.replication.enabled) (not .Values.cluster.enabled) }}
{{- fail "several instances need `topology: replication` or `topology: cluster`: without it each would hold data of its own" }}
{{- end -}}
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: {{ .Values.name }}
  namespace: {{ .Values.namespace }}
  labels:
    {{- include "redis.labels" . | nindent 4 }}
spec:
  serviceName: {{ .Values.name }}-headless
  replicas: {{ .Values.replicas }}
  # All at once at the start; an update still goes one by one.
  podManagementPolicy: Parallel
  selector:
    matchLabels:
      {{- include "middleware.selectorLabels" . | nindent 6 }}
  template:
    metadata:
      labels:
        {{- include "redis.labels" . | nindent 8 }}
    spec:
      {{- include "redis.pod" . | nindent 6 }}
      terminationGracePeriodSeconds: {{ .Values.terminationGracePeriodSeconds }}
      containers:
        - name: redis
          image: {{ .Values.image }}
          command: [/bin/sh, /scripts/start.sh]
          env:
            {{- include "redis.instanceEnv" . | nindent 12 }}
          ports:
            - name: redis
              containerPort: {{ .Values.port }}
            {{- if .Values.cluster.enabled }}
            - name: bus
              containerPort: {{ add .Values.port 10000 }}
            {{- end }}
          livenessProbe:
            tcpSocket:
              port: redis
            initialDelaySeconds: 10
            periodSeconds: 10
            failureThreshold: 6
          readinessProbe:
            exec:
              command: [/bin/sh, /scripts/ready.sh]
            periodSeconds: 5
            timeoutSeconds: 5
          lifecycle:
            preStop:
              exec:
                command: [/bin/sh, /scripts/stop.sh]
          resources:
            {{- toYaml .Values.resources | nindent 12 }}
          securityContext:
            {{- include "redis.containerSecurity" . | nindent 12 }}
          volumeMounts:
            - name: data
              mountPath: {{ .Values.dataPath }}
            {{- include "redis.instanceMounts" . | nindent 12 }}
            - name: tools
              mountPath: /tools
        - name: reload
          image: {{ .Values.image }}
          command: [/bin/sh, /scripts/reload.sh]
          env:
            {{- include "redis.instanceEnv" . | nindent 12 }}
          resources:
            requests: {cpu: 5m, memory: 8Mi}
            limits: {memory: 32Mi}
          securityContext:
            {{- include "redis.containerSecurity" . | nindent 12 }}
          volumeMounts:
            {{- include "redis.instanceMounts" . | nindent 12 }}
        {{- if .Values.cluster.enabled }}
        - name: cluster
          image: {{ .Values.image }}
          command: [/bin/sh, /scripts/cluster.sh]
          env:
            {{- include "redis.instanceEnv" . | nindent 12 }}
            - name: CLUSTER_SIZE
              value: {{ include "redis.clusterSize" . | quote }}
            - name: CLUSTER_REPLICAS
              value: {{ .Values.cluster.replicasPerShard | quote }}
          resources:
            requests: {cpu: 5m, memory: 8Mi}
            limits: {memory: 32Mi}
          securityContext:
            {{- include "redis.containerSecurity" . | nindent 12 }}
          volumeMounts:
            - name: scripts
              mountPath: /scripts
        {{- end }}
        {{- if dig "exporter" "enabled" false .Components }}
        - name: exporter
          image: {{ .Values.containerImages.exporter }}
          env:
            - name: REDIS_ADDR
              value: redis://localhost:{{ .Values.port }}
            - name: REDIS_EXPORTER_WEB_LISTEN_ADDRESS
              value: 0.0.0.0:{{ .Values.exporter.port }}
            {{- include "redis.authEnv" . | replace "REDISCLI_AUTH" "REDIS_PASSWORD" | nindent 12 }}
          ports:
            - name: metrics
              containerPort: {{ .Values.exporter.port }}
          readinessProbe:
            httpGet:
              path: /health
              port: metrics
          resources:
            {{- toYaml .Values.exporter.resources | nindent 12 }}
          securityContext:
            {{- include "redis.containerSecurity" . | nindent 12 }}
        {{- end }}
      volumes:
        - name: config
          configMap:
            name: {{ .Values.name }}-config
        - name: scripts
          configMap:
            name: {{ .Values.name }}-scripts
        # Roles: mwgen makes it of the plugin's highAvailability.
        - name: tools
          configMap:
            name: {{ .Values.name }}-tool-scripts
        - name: run
          emptyDir:
            medium: Memory
            sizeLimit: 1Mi
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

{{- define "redis.instanceEnv" -}}
- name: POD_NAME
  valueFrom:
    fieldRef:
      fieldPath: metadata.name
- name: POD_IP
  valueFrom:
    fieldRef:
      fieldPath: status.podIP
- name: REDIS_NAME
  value: {{ .Values.name }}
- name: REDIS_DOMAIN
  value: {{ include "redis.domain" . }}
- name: REDIS_PORT
  value: {{ .Values.port | quote }}
- name: REDIS_DATA
  value: {{ .Values.dataPath }}
- name: REDIS_REPLICATION
  value: {{ .Values.replication.enabled | quote }}
- name: REDIS_CLUSTER
  value: {{ .Values.cluster.enabled | quote }}
{{- if include "redis.watched" . }}
{{ include "redis.sentinelEnv" . }}
{{- end }}
{{- with include "redis.authEnv" . }}
{{- . }}
{{- end }}
{{- end }}

{{- define "redis.instanceMounts" -}}
- name: config
  mountPath: /etc/redis
- name: scripts
  mountPath: /scripts
- name: run
  mountPath: /run/redis
{{- end }}
