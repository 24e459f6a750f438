apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: {{ .Values.name }}
  namespace: {{ .Values.namespace }}
  labels:
    {{- include "opensearch.labels" . | nindent 4 }}
spec:
  serviceName: {{ .Values.name }}-headless
  replicas: {{ .Values.replicas }}
  # All at once at the start: no manager is elected before most of them are there.
  podManagementPolicy: Parallel
  selector:
    matchLabels:
      {{- include "middleware.selectorLabels" . | nindent 6 }}
  template:
    metadata:
      labels:
        {{- include "opensearch.labels" . | nindent 8 }}
    spec:
      {{- include "opensearch.pod" . | nindent 6 }}
      # The program writes a keystore beside its configuration, and the file system is read-only.
      initContainers:
        - name: configure
          image: {{ .Values.image }}
          command: [/bin/bash, -ec, "cp -R /usr/share/opensearch/config/. /config/ && cp /configured/opensearch.yml /config/"]
          resources:
            requests: {cpu: 50m, memory: 64Mi}
            limits: {memory: 128Mi}
          securityContext:
            {{- include "opensearch.containerSecurity" . | nindent 12 }}
          volumeMounts:
            - name: config
              mountPath: /config
            - name: configured
              mountPath: /configured
              readOnly: true
      containers:
        - name: opensearch
          image: {{ .Values.image }}
          env:
            - name: NODE_NAME
              valueFrom:
                fieldRef:
                  fieldPath: metadata.name
            - name: POD_IP
              valueFrom:
                fieldRef:
                  fieldPath: status.podIP
            - name: OPENSEARCH_JAVA_OPTS
              value: {{ .Values.heap | quote }}
            - name: DISABLE_INSTALL_DEMO_CONFIG
              value: "true"
            - name: DISABLE_PERFORMANCE_ANALYZER_AGENT_CLI
              value: "true"
          ports:
            - name: http
              containerPort: {{ .Values.port }}
            - name: transport
              containerPort: {{ .Values.network.transportPort }}
          startupProbe:
            tcpSocket:
              port: transport
            periodSeconds: 10
            failureThreshold: 60
          livenessProbe:
            tcpSocket:
              port: transport
            periodSeconds: 10
            failureThreshold: 6
          # An update takes the next node when this one is ready: not before it has its shards again.
          readinessProbe:
            exec:
              command: [/bin/bash, /configured/ready.sh]
            periodSeconds: 10
            timeoutSeconds: 10
          resources:
            {{- toYaml .Values.resources | nindent 12 }}
          securityContext:
            {{- include "opensearch.containerSecurity" . | nindent 12 }}
          volumeMounts:
            - name: data
              mountPath: {{ .Values.dataPath }}
            - name: config
              mountPath: /usr/share/opensearch/config
            - name: configured
              mountPath: /configured
              readOnly: true
            - name: logs
              mountPath: /usr/share/opensearch/logs
            - name: tmp
              mountPath: /tmp
      volumes:
        - name: configured
          configMap:
            name: {{ .Values.name }}-config
        - name: config
          emptyDir:
            sizeLimit: 16Mi
        - name: logs
          emptyDir:
            sizeLimit: 512Mi
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
