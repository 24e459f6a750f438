{{- if le (int .Values.terminationGracePeriodSeconds) (int .Values.lameDuckSeconds) }}
{{- fail (printf "terminationGracePeriodSeconds (%v) must be more than lameDuckSeconds (%v), or clients are cut off" .Values.terminationGracePeriodSeconds .Values.lameDuckSeconds) }}
{{- end -}}
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: {{ .Values.name }}
  namespace: {{ .Values.namespace }}
  labels:
    {{- include "nats.labels" . | nindent 4 }}
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
        {{- include "nats.labels" . | nindent 8 }}
    spec:
      {{- include "nats.pod" . | nindent 6 }}
      containers:
        - name: nats
          image: {{ .Values.image }}
          command: [nats-server, --config, /etc/nats/nats.conf]
          env:
            {{- include "nats.env" . | nindent 12 }}
            - name: GOMEMLIMIT
              valueFrom:
                resourceFieldRef:
                  resource: limits.memory
          ports:
            - name: client
              containerPort: {{ .Values.port }}
            - name: routes
              containerPort: {{ .Values.network.routesPort }}
            - name: monitor
              containerPort: {{ .Values.network.monitorPort }}
          # Started: its streams are read again, and have caught up with the other servers', so that an update takes no
          # second server before. That may take a while.
          startupProbe:
            httpGet:
              path: /healthz
              port: monitor
            periodSeconds: 10
            timeoutSeconds: 5
            failureThreshold: 90
          # Ready: in the cluster. What becomes of single streams is no reason to turn clients away, or to restart.
          readinessProbe:
            httpGet:
              path: /healthz?js-server-only=true
              port: monitor
            periodSeconds: 5
            timeoutSeconds: 5
          livenessProbe:
            httpGet:
              path: /healthz?js-enabled-only=true
              port: monitor
            periodSeconds: 30
            timeoutSeconds: 5
            failureThreshold: 3
          lifecycle:
            preStop:
              exec:
                # Clients are sent elsewhere, little by little; the signal that follows does not cut that short, once
                # the server has begun with it: hence the pause.
                command: [/bin/sh, -c, "nats-server --signal ldm=/run/nats/nats.pid && sleep 1"]
          resources:
            {{- toYaml .Values.resources | nindent 12 }}
          securityContext:
            {{- include "nats.containerSecurity" . | nindent 12 }}
          volumeMounts:
            {{- include "nats.mounts" . | nindent 12 }}
            - name: tools
              mountPath: /tools
            {{- if .Values.jetstream.enabled }}
            - name: data
              mountPath: {{ .Values.dataPath }}
            {{- end }}
        - name: reload
          image: {{ .Values.image }}
          command: [/bin/sh, /scripts/reload.sh]
          env:
            {{- include "nats.env" . | nindent 12 }}
          resources:
            requests: {cpu: 5m, memory: 16Mi}
            limits: {memory: 64Mi}
          securityContext:
            {{- include "nats.containerSecurity" . | nindent 12 }}
          volumeMounts:
            {{- include "nats.mounts" . | nindent 12 }}
            - name: scripts
              mountPath: /scripts
        {{- if .Values.exporter.enabled }}
        - name: exporter
          image: {{ .Values.containerImages.exporter }}
          args:
            - -port={{ .Values.exporter.port }}
            - -varz
            - -jsz=all
            - http://localhost:{{ .Values.network.monitorPort }}
          ports:
            - name: metrics
              containerPort: {{ .Values.exporter.port }}
          resources:
            {{- toYaml .Values.exporter.resources | nindent 12 }}
          securityContext:
            {{- include "nats.containerSecurity" . | nindent 12 }}
        {{- end }}
      volumes:
        - name: config
          projected:
            sources:
              - configMap:
                  name: {{ .Values.name }}-config
              {{- if .Values.auth.enabled }}
              {{- $secret := dig "auth" dict (default dict .Values.secrets) }}
              - secret:
                  name: {{ required "secrets.auth.existingSecret must name the Secret that holds users and accounts as lines of nats.conf (or set auth.enabled to false)" $secret.existingSecret }}
                  items:
                    - key: {{ $secret.key | default "auth.conf" }}
                      path: auth.conf
              {{- end }}
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
        {{- if and .Values.jetstream.enabled (not .Values.storage.enabled) }}
        - name: data
          emptyDir:
            sizeLimit: {{ .Values.storageSize }}
        {{- end }}
  {{- if and .Values.jetstream.enabled .Values.storage.enabled }}
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

{{- define "nats.env" -}}
- name: POD_NAME
  valueFrom:
    fieldRef:
      fieldPath: metadata.name
{{- end }}

{{- define "nats.mounts" -}}
- name: config
  mountPath: /etc/nats
- name: run
  mountPath: /run/nats
{{- end }}
