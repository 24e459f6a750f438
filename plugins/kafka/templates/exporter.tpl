apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ .Values.name }}
  namespace: {{ .Values.namespace }}
  labels:
    {{- include "kafka.labels" . | nindent 4 }}
spec:
  replicas: 1
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
        - name: exporter
          image: {{ .Values.containerImages.exporter }}
          args:
            - --kafka.server={{ .Components.broker.name }}:{{ .Values.port }}
            - --web.listen-address=:{{ .Values.exporter.port }}
          ports:
            - name: metrics
              containerPort: {{ .Values.exporter.port }}
          livenessProbe:
            httpGet:
              path: /healthz
              port: metrics
          readinessProbe:
            httpGet:
              path: /healthz
              port: metrics
          resources:
            {{- toYaml .Values.exporter.resources | nindent 12 }}
          securityContext:
            {{- include "kafka.containerSecurity" . | nindent 12 }}
