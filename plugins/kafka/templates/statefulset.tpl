{{- $broker := eq .Values.component "broker" -}}
{{- $port := ternary "client" "controller" $broker -}}
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: {{ .Values.name }}
  namespace: {{ .Values.namespace }}
  labels:
    {{- include "kafka.labels" . | nindent 4 }}
spec:
  serviceName: {{ .Values.name }}-headless
  replicas: {{ .Values.replicas }}
  {{- if $broker }}
  # Before an update takes the next broker, this one's copies have a minute to catch up.
  minReadySeconds: 60
  {{- end }}
  # All at once at the start: no controller is ready before most of them are there.
  podManagementPolicy: Parallel
  selector:
    matchLabels:
      {{- include "middleware.selectorLabels" . | nindent 6 }}
  template:
    metadata:
      labels:
        {{- include "kafka.labels" . | nindent 8 }}
    spec:
      {{- include "kafka.pod" . | nindent 6 }}
      containers:
        - name: kafka
          image: {{ .Values.image }}
          command: [/bin/sh, /scripts/start.sh]
          env:
            - name: POD_NAME
              valueFrom:
                fieldRef:
                  fieldPath: metadata.name
            - name: KAFKA_HEAP_OPTS
              value: {{ .Values.heap | quote }}
            - name: LOG_DIR
              value: /tmp/logs
          ports:
            {{- if $broker }}
            - name: client
              containerPort: {{ .Values.port }}
            - name: internal
              containerPort: {{ .Values.network.internalPort }}
            {{- else }}
            - name: controller
              containerPort: {{ .Values.network.controllerPort }}
            {{- end }}
          # A broker that was killed reads its logs again before it listens.
          startupProbe:
            tcpSocket:
              port: {{ $port }}
            periodSeconds: 10
            failureThreshold: 90
          livenessProbe:
            tcpSocket:
              port: {{ $port }}
            periodSeconds: 10
            failureThreshold: 6
          readinessProbe:
            tcpSocket:
              port: {{ $port }}
            periodSeconds: 5
          resources:
            {{- toYaml .Values.resources | nindent 12 }}
          securityContext:
            {{- include "kafka.containerSecurity" . | nindent 12 }}
          volumeMounts:
            - name: data
              mountPath: {{ .Values.dataPath }}
            - name: config
              mountPath: /etc/kafka-config
              readOnly: true
            - name: scripts
              mountPath: /scripts
              readOnly: true
            - name: tmp
              mountPath: /tmp
      volumes:
        - name: config
          configMap:
            name: {{ .Values.name }}-config
        - name: scripts
          configMap:
            name: {{ .Values.name }}-scripts
            defaultMode: 0555
        - name: tmp
          emptyDir:
            sizeLimit: 256Mi
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
