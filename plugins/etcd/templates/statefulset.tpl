apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: {{ .Values.name }}
  namespace: {{ .Values.namespace }}
  labels:
    {{- include "etcd.labels" . | nindent 4 }}
spec:
  serviceName: {{ .Values.name }}-headless
  replicas: {{ .Values.replicas }}
  # All at once at the start, since no member is ready before most of them are there; an update still goes one by one.
  podManagementPolicy: Parallel
  selector:
    matchLabels:
      {{- include "middleware.selectorLabels" . | nindent 6 }}
  template:
    metadata:
      labels:
        {{- include "etcd.labels" . | nindent 8 }}
    spec:
      {{- include "etcd.pod" . | nindent 6 }}
      containers:
        - name: etcd
          image: {{ .Values.image }}
          command: [etcd]
          envFrom:
            - configMapRef:
                name: {{ .Values.name }}-config
          env:
            - name: ETCD_NAME
              valueFrom:
                fieldRef:
                  fieldPath: metadata.name
            - name: ETCD_INITIAL_ADVERTISE_PEER_URLS
              value: http://$(ETCD_NAME).{{ include "etcd.domain" . }}:{{ .Values.network.peerPort }}
            - name: ETCD_ADVERTISE_CLIENT_URLS
              value: http://$(ETCD_NAME).{{ include "etcd.domain" . }}:{{ .Values.port }}
          ports:
            - name: client
              containerPort: {{ .Values.port }}
            - name: peer
              containerPort: {{ .Values.network.peerPort }}
            - name: metrics
              containerPort: {{ .Values.exporter.port }}
          # Reading its data again may take a while.
          startupProbe:
            httpGet:
              path: /health?serializable=true
              port: metrics
            periodSeconds: 5
            failureThreshold: 60
          # Alive: answers by itself. Ready: the cluster answers through it.
          livenessProbe:
            httpGet:
              path: /health?serializable=true
              port: metrics
            periodSeconds: 10
            timeoutSeconds: 5
            failureThreshold: 6
          readinessProbe:
            httpGet:
              path: /health
              port: metrics
            periodSeconds: 5
            timeoutSeconds: 5
          resources:
            {{- toYaml .Values.resources | nindent 12 }}
          securityContext:
            {{- include "etcd.containerSecurity" . | nindent 12 }}
          volumeMounts:
            - name: data
              mountPath: {{ .Values.dataPath }}
      {{- if not .Values.storage.enabled }}
      volumes:
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
