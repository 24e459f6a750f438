apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ .Values.name }}
  namespace: {{ .Values.namespace }}
  labels:
    {{- include "opensearch.labels" . | nindent 4 }}
spec:
  replicas: 1
  selector:
    matchLabels:
      {{- include "middleware.selectorLabels" . | nindent 6 }}
  template:
    metadata:
      labels:
        {{- include "opensearch.labels" . | nindent 8 }}
    spec:
      {{- include "opensearch.pod" . | nindent 6 }}
      containers:
        - name: exporter
          image: {{ .Values.containerImages.exporter }}
          args:
            - --es.uri=http://{{ .Components.data.name }}:{{ .Values.port }}
            - --es.all
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
            {{- include "opensearch.containerSecurity" . | nindent 12 }}
