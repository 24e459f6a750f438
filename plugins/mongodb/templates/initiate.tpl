{{- /* A Job cannot be changed: what it runs is part of its name, so that another one is another Job. */ -}}
{{- $name := printf "%s-initiate-%s" .Components.server.name (printf "%s %v %s" .Values.image .Components.server.values.replicas .Values.replicaSet | sha256sum | trunc 8) -}}
apiVersion: batch/v1
kind: Job
metadata:
  name: {{ $name }}
  namespace: {{ .Values.namespace }}
  labels:
    {{- include "mongodb.labels" . | nindent 4 }}
spec:
  backoffLimit: 6
  activeDeadlineSeconds: 900
  template:
    metadata:
      labels:
        {{- include "mongodb.labels" . | nindent 8 }}
    spec:
      restartPolicy: OnFailure
      {{- include "mongodb.pod" . | nindent 6 }}
      containers:
        - name: initiate
          image: {{ .Values.image }}
          command: [/bin/bash, /scripts/initiate.sh]
          env:
            # The shell keeps its settings there; the image's own folder for that is read-only here.
            - name: HOME
              value: /tmp
            {{- if .Values.auth.enabled }}
            {{- include "mongodb.root" . | nindent 12 }}
            {{- end }}
          resources:
            requests: {cpu: 50m, memory: 128Mi}
            limits: {memory: 256Mi}
          securityContext:
            {{- include "mongodb.containerSecurity" . | nindent 12 }}
          volumeMounts:
            - name: scripts
              mountPath: /scripts
              readOnly: true
            - name: tmp
              mountPath: /tmp
      volumes:
        - name: scripts
          configMap:
            name: {{ .Components.server.name }}-scripts
            defaultMode: 0555
        - name: tmp
          emptyDir:
            sizeLimit: 64Mi
