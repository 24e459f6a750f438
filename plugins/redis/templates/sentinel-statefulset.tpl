apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: {{ .Values.name }}
  namespace: {{ .Values.namespace }}
  labels:
    {{- include "redis.labels" . | nindent 4 }}
spec:
  serviceName: {{ .Values.name }}-headless
  replicas: {{ .Values.sentinel.replicas }}
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
      containers:
        - name: sentinel
          image: {{ .Values.image }}
          command: [/bin/sh, /etc/sentinel/start.sh]
          env:
            - name: POD_NAME
              valueFrom:
                fieldRef:
                  fieldPath: metadata.name
            - name: SENTINEL_DOMAIN
              value: {{ .Values.name }}-headless.{{ .Values.namespace }}.svc
            - name: SENTINEL_QUORUM
              value: {{ .Values.quorum | default (add1 (div (int .Values.sentinel.replicas) 2)) | quote }}
            - name: REDIS_NAME
              value: {{ .Components.data.name }}
            - name: REDIS_DOMAIN
              value: {{ include "redis.domain" . }}
            - name: REDIS_PORT
              value: {{ .Values.port | quote }}
            {{- include "redis.sentinelEnv" . | nindent 12 }}
            {{- with include "redis.authEnv" . }}
            {{- . | nindent 12 }}
            {{- end }}
          ports:
            - name: sentinel
              containerPort: {{ .Values.sentinel.port }}
          livenessProbe:
            tcpSocket:
              port: sentinel
            initialDelaySeconds: 10
            periodSeconds: 10
            failureThreshold: 6
          readinessProbe:
            exec:
              command: [/bin/sh, -c, 'test "$(redis-cli -p "$SENTINEL_PORT" ping)" = PONG']
            periodSeconds: 5
            timeoutSeconds: 5
          resources:
            {{- toYaml .Values.sentinel.resources | nindent 12 }}
          securityContext:
            {{- include "redis.containerSecurity" . | nindent 12 }}
          volumeMounts:
            - name: config
              mountPath: /etc/sentinel
            - name: run
              mountPath: /run/sentinel
      volumes:
        - name: config
          configMap:
            name: {{ .Values.name }}-config
        - name: run
          emptyDir:
            medium: Memory
            sizeLimit: 4Mi
