apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: {{ .Values.name }}
  namespace: {{ .Values.namespace }}
  labels:
    {{- include "mongodb.labels" . | nindent 4 }}
spec:
  serviceName: {{ .Values.name }}-headless
  replicas: {{ .Values.replicas }}
  # A member that has just started does not know yet who leads.
  minReadySeconds: 30
  selector:
    matchLabels:
      {{- include "middleware.selectorLabels" . | nindent 6 }}
  template:
    metadata:
      labels:
        {{- include "mongodb.labels" . | nindent 8 }}
    spec:
      {{- include "mongodb.pod" . | nindent 6 }}
      containers:
        - name: mongod
          image: {{ .Values.image }}
          command: [/bin/bash, /scripts/start.sh]
          {{- if .Values.auth.enabled }}
          env:
            {{- include "mongodb.root" . | nindent 12 }}
          {{- end }}
          ports:
            - name: mongodb
              containerPort: {{ .Values.port }}
          # Recovery of a large journal may take minutes. It asks for no primary: there is none yet.
          startupProbe:
            exec:
              command: [mongosh, --quiet, --port, {{ .Values.port | quote }}, --eval, "db.adminCommand({ping: 1}).ok"]
            periodSeconds: 10
            timeoutSeconds: 10
            failureThreshold: 60
          livenessProbe:
            tcpSocket:
              port: mongodb
            periodSeconds: 10
            failureThreshold: 6
          # Ready: leads, or follows and has caught up, so that an update takes no second member before. Where nobody leads,
          # there is nothing to catch up with.
          readinessProbe:
            exec:
              command:
                - mongosh
                - --quiet
                - --port
                - {{ .Values.port | quote }}
                - --eval
                - "const it = db.hello(); if (it.primary && !it.isWritablePrimary && !it.secondary) throw new Error('catching up')"
            periodSeconds: 10
            timeoutSeconds: 10
          resources:
            {{- toYaml .Values.resources | nindent 12 }}
          securityContext:
            {{- include "mongodb.containerSecurity" . | nindent 12 }}
          volumeMounts:
            - name: data
              mountPath: {{ .Values.dataPath }}
            - name: config
              mountPath: /etc/mongod
              readOnly: true
            - name: scripts
              mountPath: /scripts
              readOnly: true
            - name: tmp
              mountPath: /tmp
            {{- if .Values.auth.enabled }}
            - name: keyfile
              mountPath: /secrets
              readOnly: true
            {{- end }}
        - name: exporter
          image: {{ .Values.containerImages.exporter }}
          args:
            - --web.listen-address=:{{ .Values.exporter.port }}
            - --collector.replicasetstatus
            - --collector.diagnosticdata
            - --compatible-mode
          env:
            {{- if .Values.auth.enabled }}
            - name: MONGODB_USER
              value: {{ .Values.auth.rootUser }}
            - name: MONGODB_PASSWORD
              valueFrom:
                secretKeyRef:
                  name: {{ .Values.secrets.root.existingSecret }}
                  key: {{ .Values.secrets.root.key }}
            {{- end }}
            - name: MONGODB_URI
              value: mongodb://localhost:{{ .Values.port }}/admin?directConnection=true
          ports:
            - name: metrics
              containerPort: {{ .Values.exporter.port }}
          resources:
            {{- toYaml .Values.exporter.resources | nindent 12 }}
          securityContext:
            {{- include "mongodb.containerSecurity" . | nindent 12 }}
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
            sizeLimit: 128Mi
        {{- if .Values.auth.enabled }}
        - name: keyfile
          secret:
            secretName: {{ .Values.secrets.keyfile.existingSecret }}
            defaultMode: 0440
            items:
              - key: {{ .Values.secrets.keyfile.key }}
                path: keyfile
        {{- end }}
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
