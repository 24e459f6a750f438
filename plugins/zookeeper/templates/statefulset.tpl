apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: {{ .Values.name }}
  namespace: {{ .Values.namespace }}
  labels:
    {{- include "zookeeper.labels" . | nindent 4 }}
spec:
  serviceName: {{ .Values.name }}-headless
  replicas: {{ .Values.replicas }}
  # All at once at the start, since no server is ready before most of them are there; an update still goes one by one.
  podManagementPolicy: Parallel
  selector:
    matchLabels:
      {{- include "middleware.selectorLabels" . | nindent 6 }}
  template:
    metadata:
      labels:
        {{- include "zookeeper.labels" . | nindent 8 }}
    spec:
      {{- include "zookeeper.pod" . | nindent 6 }}
      containers:
        - name: zookeeper
          image: {{ .Values.image }}
          command: [/bin/bash, /etc/zookeeper/start.sh]
          env:
            - name: POD_NAME
              valueFrom:
                fieldRef:
                  fieldPath: metadata.name
            - name: ZOOCFGDIR
              value: /etc/zookeeper
            - name: ZOO_LOG_DIR
              value: /tmp
            - name: ZK_SERVER_HEAP
              value: {{ .Values.heapMegabytes | quote }}
            - name: JMXDISABLE
              value: "true"
          ports:
            - name: client
              containerPort: {{ .Values.port }}
            - name: peer
              containerPort: {{ .Values.network.peerPort }}
            - name: election
              containerPort: {{ .Values.network.electionPort }}
            {{- if .Values.exporter.enabled }}
            - name: metrics
              containerPort: {{ .Values.exporter.port }}
            {{- end }}
          # It answers nobody before it has read its snapshot and its log, which may take minutes.
          startupProbe:
            exec:
              command: [/bin/bash, -c, 'test "$(/bin/bash /etc/zookeeper/ask.sh ruok)" = imok']
            periodSeconds: 5
            timeoutSeconds: 5
            failureThreshold: 120
          # Alive: answers at all. Ready: has a role, and so serves.
          livenessProbe:
            exec:
              command: [/bin/bash, -c, 'test "$(/bin/bash /etc/zookeeper/ask.sh ruok)" = imok']
            periodSeconds: 10
            timeoutSeconds: 5
            failureThreshold: 6
          readinessProbe:
            exec:
              command: [/bin/bash, -c, '/bin/bash /etc/zookeeper/ask.sh srvr | grep -q ^Mode:']
            periodSeconds: 5
            timeoutSeconds: 5
          resources:
            {{- toYaml .Values.resources | nindent 12 }}
          securityContext:
            {{- include "zookeeper.containerSecurity" . | nindent 12 }}
          volumeMounts:
            - name: data
              mountPath: {{ .Values.dataPath }}
            - name: config
              mountPath: /etc/zookeeper
            - name: tmp
              mountPath: /tmp
            - name: tools
              mountPath: /tools
      volumes:
        - name: config
          configMap:
            name: {{ .Values.name }}-config
        # Roles: mwgen makes it of the plugin's highAvailability.
        - name: tools
          configMap:
            name: {{ .Values.name }}-tool-scripts
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
